import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const OTHER_PODS = 'sns:ListTopics';
const HOST = '111122223333.dkr.ecr.us-west-2.amazonaws.com';
const DIGEST = `sha256:${'0'.repeat(64)}`;
const NAME = '[a-z0-9.\\/:-]+';
const repository = { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'ops' } };
const chart = (values: unknown, more: object = {}) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Chart: 'web', Namespace: 'ops', Values: typeof values === 'string' ? values : JSON.stringify(values), ...more } },
});
const inNamespace = (document: any, namespace: string) => ({ ...document, metadata: { ...document.metadata, namespace } });
const access = (resources: object, statement: object = allow('ecr:PutImage', arnOf('Images')), ...documents: object[]) => accessTo(clusterTemplate({
  Images: repository,
  Own: accountRole('default:app', statement),
  Reader: accountRole('ops:reader', allow(LIST)),
  Other: accountRole('other:other', allow(OTHER_PODS)),
  ...resources,
  Objects: objects(account('app', 'Own'), account('reader', 'Reader', 'ops'), account('other', 'Other', 'other'), ...documents),
}, { Parameters: { Registry: { Type: 'String', AllowedPattern: NAME }, Image: { Type: 'String', AllowedPattern: NAME }, Any: { Type: 'String' } } }));
const decide = (resources: object, action = LIST, ...rest: object[]) => access(resources, undefined, ...rest).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(action);
const outcomes = (resources: object, ...documents: object[]) => [LIST, OTHER_PODS].map((action) => decide(resources, action, ...documents).outcome);

test.each<[string, unknown]>([
  ['as a text', { image: `${HOST}/ops:latest` }],
  ['as repository and tag', { image: { repository: `${HOST}/ops`, tag: 'latest' } }],
  ['as registry, repository and tag', { image: { registry: HOST, repository: 'ops' } }],
  ['in an environment', { env: [{ name: 'RELATED_IMAGE', value: `${HOST}/ops:1` }] }],
  ['in a text of YAML', { config: `sidecars:\n- image: ${HOST}/ops:1\n  name: a` }],
  ['in an argument', { args: [`--image=${HOST}/ops:1`] }],
  ['by a registry for all images', { global: { imageRegistry: HOST } }],
  ['in a text that is no JSON', `image: ${HOST}/ops:1`],
])('a pod that may push an image that the values of a chart name %s might be any pod, because the pods of the chart might take over their node', (_, values) => {
  expect(outcomes(chart(values))).toEqual([UNKNOWN, UNKNOWN]);
});

const withValues = (Values: unknown) => chart('', { Values });

test.each<[string, object]>([
  ['by a repository of the templates', withValues({ 'Fn::Sub': '{"image":{"repository":"${Images.RepositoryUri}"}}' })],
  ['by a parameter', withValues({ 'Fn::Sub': '{"image":{"repository":"${Image}"}}' })],
  ['in values that may be anything', withValues({ 'Fn::Sub': '{"a":"${Any}"}' })],
  ['with a registry that is a parameter', withValues({ 'Fn::Sub': '{"image":"${Registry}/ops:1"}' })],
])('the same is true of an image %s', (_, resources) => expect(outcomes(resources)).toEqual([UNKNOWN, UNKNOWN]));

const custom = (spec: object, namespace?: string) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'CronWorkflow', metadata: { name: 'w', namespace }, spec });
const WORKFLOW = { workflowSpec: { serviceAccountName: 'reader', templates: [{ name: 'a', container: { image: `${HOST}/ops:latest` } }] } };
const operator = (spec: object) => inNamespace(job('operator', 'operator', spec), 'system');

test.each<[string, object, object[], string[]]>([
  ['a kind without a template of pods', {}, [custom(WORKFLOW, 'ops')], [UNKNOWN, UNKNOWN]],
  ['a kind without a namespace', {}, [custom(WORKFLOW)], [UNKNOWN, UNKNOWN]],
  ['an argument of a controller', {}, [operator({ containers: [{ name: 'a', image: 'busybox', args: [`--reloader=${HOST}/ops:1`] }] })], [UNKNOWN, UNKNOWN]],
  ['a release of Flux', {}, [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'r', namespace: 'flux' }, spec: { values: { image: { repository: '${Image}' } } } }], [UNKNOWN, UNKNOWN]],
  ['a ConfigMap', {}, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'x' }, data: { image: `${HOST}/ops:1` } }], [UNKNOWN, UNKNOWN]],
  ['a patch', { Patch: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' }, ApplyPatchJson: JSON.stringify({ spec: { image: `${HOST}/ops:1` } }) } } }, [], [UNKNOWN, UNKNOWN]],
  ['an add-on', { Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'vendor_addon', ConfigurationValues: JSON.stringify({ image: `${HOST}/ops` }) } } }, [], [UNKNOWN, UNKNOWN]],
  ['a chart that is in the registry', chart({}, { Chart: `oci://${HOST}/ops` }), [], [UNKNOWN, UNKNOWN]],
  ['a job of AWS Batch', {
    Environment: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { EksConfiguration: { EksClusterArn: arnOf('Cluster'), KubernetesNamespace: 'jobs' } } },
    Job: { Type: 'AWS::Batch::JobDefinition', Properties: { EksProperties: { PodProperties: { ServiceAccountName: 'other', Containers: [{ Image: `${HOST}/ops` }] } } } },
  }, [], [UNKNOWN, UNKNOWN]],
])('a pod that may push an image that %s names might do what other pods do', (_, resources, documents, expected) => expect(outcomes(resources, ...documents)).toEqual(expected));

const builder = job('builder', 'app', { containers: [{ name: 'a', image: 'kaniko', args: [`--destination=${HOST}/ops:1`], env: [{ name: 'REGISTRY', value: HOST }] }] });

test.each<[string, object, ...object[]]>([
  ['another repository', chart({ image: `${HOST}/others:1` })],
  ['another repository in a registry', chart({ image: { registry: HOST, repository: 'others' } })],
  ['a digest', chart({ image: `${HOST}/ops@${DIGEST}` })],
  ['a repository and a digest', chart({ image: { repository: `${HOST}/ops`, tag: '1', digest: DIGEST } })],
  ['a registry of others', chart({ image: { registry: 'ghcr.io', repository: 'ops' } })],
  ['an unknown tag of another image', withValues({ 'Fn::Sub': '{"image":{"repository":"ghcr.io/ops","tag":"${Image}"}}' })],
  ['all images that a policy allows', {}, { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: { rules: [{ validate: { pattern: { image: `${HOST}/*` } } }] } }],
  ['what the pod itself pushes', {}, builder],
])('%s changes no pods', (_, resources, ...documents) => expect(outcomes(resources, ...documents)).toEqual([DENIED, DENIED]));

const IMMUTABLE = `${HOST}/\${Images}`;
const immutable = (more: object = {}) => ({ Images: { Type: 'AWS::ECR::Repository', Properties: { ImageTagMutability: 'IMMUTABLE', ...more } } });
const expiring = (...selections: object[]) =>
  immutable({ LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules: selections.map((selection) => ({ selection, action: { type: 'expire' } })) }) } });
const of = (apiVersion: string, kind: string, spec: object, annotations: object = {}) => ({ apiVersion, kind, metadata: { name: 'u', namespace: 'x', annotations }, spec });
const listed = (image: string) => of('argoproj.io/v1alpha1', 'Rollouts', {}, { 'argocd-image-updater.argoproj.io/image-list': `app=${image}` });
const reader = (annotations: object = {}) => {
  const pods = inNamespace(job('w', 'reader', { containers: [{ name: 'a', image: `${IMMUTABLE}:1` }] }), 'ops');
  return { ...pods, metadata: { ...pods.metadata, annotations } };
};

test.each<[string, string, object, object]>([
  ['an ImageRepository of Flux', UNKNOWN, immutable(), of('image.toolkit.fluxcd.io/v1beta2', 'ImageRepository', { image: IMMUTABLE })],
  ['an annotation for Argo CD Image Updater', UNKNOWN, immutable(), listed(IMMUTABLE)],
  ['a constraint with a wildcard', UNKNOWN, immutable(), listed(`${IMMUTABLE}:1.*`)],
  ['a constraint with any last part', UNKNOWN, immutable(), listed(`${IMMUTABLE}:1.x`)],
  ['a Warehouse of Kargo', UNKNOWN, immutable(), of('kargo.akuity.io/v1alpha1', 'Warehouse', { subscriptions: [{ image: { repoURL: IMMUTABLE, semverConstraint: '^1.0.0' } }] })],
  ['a workload that Keel updates', UNKNOWN, immutable(), reader({ 'keel.sh/policy': 'minor' })],
  ['a workload, if images expire', UNKNOWN, expiring({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 10 }), reader()],
  ['a workload, if only the deployment knows which images expire', UNKNOWN, immutable({ LifecyclePolicy: { 'Fn::ImportValue': 'Policy' } }), reader()],
  ['a workload, if images without tags expire', DENIED, expiring({ tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 1 }), reader()],
  ['a workload', DENIED, immutable(), reader()],
  ['a ConfigMap, with its tag', DENIED, immutable(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'x' }, data: { image: `${IMMUTABLE}:v1.2.3-rc.1` } }],
  ['an object, with its tag in another property', DENIED, immutable(), of('x.example.com/v1', 'X', { image: { repository: IMMUTABLE, tag: '1' } })],
  ['an object, with its registry and its tag in other properties', DENIED, immutable(), of('x.example.com/v1', 'X', { image: { registry: HOST, repository: '${Images}', tag: '1' } })],
])('who may push to a repository with immutable tags that %s names: %s', (_, expected, resources, document) => expect(decide(resources, LIST, document).outcome).toBe(expected));

test('the answer says what names the image, and a user can state that pods do not use it', () => {
  const named = access(chart({ image: `${HOST}/ops:1` }));
  const decided = (one: typeof named) => one.pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);
  expect(decided(named).missing).toEqual(['whether pods change an image that Chart names with role Own, run pods or get tokens of other pods, and with them the credentials of role Reader']);
  expect(decided(named.assume({ noOtherCredentials: true })).outcome).toBe(DENIED);
});
