import { accessTo, ALLOWED, DENIED, reader, UNKNOWN } from './questions';
import { allow, clusterTemplate, objects } from '../../templates';

const READ = 's3:ListAllMyBuckets';
const NODE = 'sqs:ListQueues';
const access = (resources: object) => accessTo(clusterTemplate({ ...reader([allow(READ)]), ...resources }));
const outcomes = (resources: object) => [READ, NODE].map((action) => access(resources).pod({ serviceAccountName: 'app' }).decide(action).outcome);

const object = (apiVersion: string, kind: string, more: object) => ({ Mutator: objects({ apiVersion, kind, metadata: { name: 'mutator' }, ...more }) });
const webhook = (...rules: object[]) => object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { webhooks: [{ name: 'a.example.com', rules }] });
const rule = (group: string, ...resources: string[]) => ({ apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE'], resources });
const kyverno = (mutate: object) => object('kyverno.io/v1', 'ClusterPolicy', { spec: { rules: [{ name: 'r', match: { any: [{ resources: { kinds: ['Pod'] } }] }, mutate }] } });
const merge = (patchStrategicMerge: object) => kyverno({ patchStrategicMerge });
const admission = (mutation: object) => object('admissionregistration.k8s.io/v1beta1', 'MutatingAdmissionPolicy', { spec: { mutations: [mutation] } });
const assign = (location: string, value: unknown) => object('mutations.gatekeeper.sh/v1', 'Assign', { spec: { location, parameters: { assign: { value } } } });
const kubewarden = (mutating: boolean) =>
  object('policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', { spec: { module: 'registry://a', mutating, rules: [rule('', 'pods')] } });
const patch = (ApplyPatchJson: unknown) => ({
  Mutator: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' }, ResourceName: 'deployment/app', ResourceNamespace: 'default', ApplyPatchJson } },
});

test.each<[string, object]>([
  ['a webhook for pods', webhook(rule('', 'pods'))],
  ['a webhook for workloads', webhook(rule('example.com', 'apps'), rule('apps', 'deployments'))],
  ['a webhook for service accounts', webhook(rule('', 'serviceaccounts'))],
  ['a webhook for claims', webhook(rule('', 'persistentvolumeclaims'))],
  ['a webhook for everything', webhook(rule('*', '*'))],
  ['a webhook for what only the deployment knows', webhook(rule('${Group}', 'pods'))],
  ['a policy of Kyverno for the network of nodes', merge({ spec: { '+(hostNetwork)': true } })],
  ['a policy of Kyverno for service accounts', merge({ spec: { serviceAccountName: 'other' } })],
  ['a policy of Kyverno for annotations of service accounts', merge({ metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/a' } } })],
  ['a policy of Kyverno with a patch', kyverno({ patchesJson6902: '- op: add\n  path: /spec/hostPID\n  value: true' })],
  ['a policy of Kyverno with the value of a variable', merge({ spec: '{{ settings.data.spec }}' })],
  ['a mutating policy of Kyverno', object('policies.kyverno.io/v1', 'MutatingPolicy', { spec: { mutations: [{ jsonPatch: { expression: '[JSONPatch{op: "add", path: "/spec/hostNetwork", value: true}]' } }] } })],
  ['an admission policy', admission({ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{spec: Object.spec{serviceAccountName: "other"}}' } })],
  ['an admission policy with parameters', admission({ patchType: 'JSONPatch', jsonPatch: { expression: '[JSONPatch{op: "add", path: "/spec", value: params.spec}]' } })],
  ['an assignment of Gatekeeper', assign('spec.hostNetwork', true)],
  ['an assignment of Gatekeeper of a volume', assign('spec.volumes[name: v]', { name: 'v', hostPath: { path: '/' } })],
  ['a mutating policy of Kubewarden', kubewarden(true)],
  ['a default of Kubeflow', object('kubeflow.org/v1alpha1', 'PodDefault', { spec: { selector: {}, serviceAccountName: 'other' } })],
  ['a patch with the network of nodes', patch('{"spec":{"template":{"spec":{"hostNetwork":true}}}}')],
  ['a patch of the annotation of a service account', patch({ 'Fn::Sub': '{"metadata":{"annotations":{"eks.amazonaws.com/role-arn":"${Reader.Arn}"}}}' })],
  ['a JSON patch with a service account', patch('[{"op":"replace","path":"/spec/template/spec/serviceAccountName","value":"other"}]')],
  ['a patch that names the node of pods', patch('{"spec":{"template":{"spec":{"nodeName":"ip-10-0-0-1"}}}}')],
  ['a patch that names the scheduler of pods', patch('{"spec":{"template":{"spec":{"schedulerName":"other"}}}}')],
  ['a patch that moves pods off Fargate', patch('{"spec":{"template":{"metadata":{"annotations":{"eks.amazonaws.com/compute-type":"ec2"}}}}}')],
  ['a patch with a privileged container', patch('{"spec":{"template":{"spec":{"containers":[{"name":"a","securityContext":{"privileged":true}}]}}}}')],
  ['a patch with a key that only the deployment knows', patch({ 'Fn::Sub': '{"spec":{"${Key}":"a"}}' })],
  ['a patch that cannot be read', patch({ 'Fn::Sub': '{"spec":${Value}}' })],
])('%s can change which credentials pods get', (_, resources) => {
  expect(outcomes(resources)).toEqual([UNKNOWN, UNKNOWN]);
});

test.each<[string, object]>([
  ['a webhook for objects of its own', webhook(rule('cert-manager.io', 'certificates'))],
  ['a webhook for services', webhook(rule('', 'services', 'services/status'))],
  ['a webhook without rules', webhook()],
  ['a webhook that validates', object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [{ rules: [rule('', 'pods')] }] })],
  ['a policy of Kyverno that validates', object('kyverno.io/v1', 'ClusterPolicy', { spec: { rules: [{ validate: { pattern: { spec: { hostNetwork: false } } } }] } })],
  ['a policy of Kyverno for labels', merge({ metadata: { labels: { team: '{{ request.object.metadata.namespace }}' } } })],
  ['a policy of Kyverno for the user', merge({ spec: { containers: [{ '(name)': '*', 'securityContext': { runAsNonRoot: true } }] } })],
  ['an admission policy for the priority', admission({ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{spec: Object.spec{priorityClassName: "high"}}' } })],
  ['an assignment of Gatekeeper of the image', assign('spec.containers[name: *].imagePullPolicy', 'Always')],
  ['a validating policy of Kubewarden', kubewarden(false)],
  ['a patch of replicas', patch('{"spec":{"replicas":3}}')],
  ['a patch with a value that only the deployment knows', patch({ 'Fn::Sub': '{"metadata":{"labels":{"team":"${Cluster}"}}}' })],
  ['a patch of the VPC CNI', patch('{"spec":{"template":{"spec":{"containers":[{"name":"aws-node","env":[{"name":"AWS_VPC_K8S_CNI_EXTERNALSNAT","value":"true"}]}]}}}}')],
  ['a patch that tells pods the name of their node', patch('{"spec":{"template":{"spec":{"containers":[{"name":"a","env":[{"name":"NODE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}}]}]}}}}')],
  ['the patch of aws-cdk for CoreDNS on Fargate', patch('{"spec":{"template":{"metadata":{"annotations":{"eks.amazonaws.com/compute-type":"fargate"}}}}}')],
])('%s changes nothing', (_, resources) => {
  expect(outcomes(resources)).toEqual([ALLOWED, DENIED]);
});

test('the answer names what changes pods, and a user can state that it changes nothing', () => {
  const resources = webhook(rule('', 'pods'));
  expect(access(resources).pod({ serviceAccountName: 'app' }).decide(NODE).missing.join()).toContain(
    'the MutatingWebhookConfiguration mutator of admissionregistration.k8s.io can change the credentials of pods after their manifests are applied');
  expect(access(resources).assume({ changesNothing: ['stack/Mutator'] }).pod({ serviceAccountName: 'app' }).decide(NODE).outcome).toBe(DENIED);
});

test('pods of other clusters are not concerned', () => {
  const Other = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } };
  const [id, resource] = Object.entries<any>(webhook(rule('', 'pods')))[0];
  const elsewhere = { Other, [id]: { ...resource, Properties: { ...resource.Properties, ClusterName: { Ref: 'Other' } } } };
  expect(access(elsewhere).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(NODE).outcome).toBe(DENIED);
});
