import { verification } from '../../../lib';
import { account, accountRole, allow, association, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const accessWith = (...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Objects: objects(account('app', 'Role'), ...documents),
  Other: accountRole('default:default', allow('sqs:SendMessage')),
  Role: accountRole('default:app', allow('sqs:SendMessage')),
})).assume({ noOtherNodes: true });
const decisions = (access: verification.PodAccess) =>
  ['sqs:SendMessage', 's3:ListAllMyBuckets', 's3:GetObject'].map((action) => access.pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(action));
const answers = (...documents: object[]) => decisions(accessWith(...documents)).map(({ outcome }) => outcome);

const CERTAIN = ['ALLOWED', 'DENIED', 'DENIED'];
const OF_QUEUES = ['UNKNOWN', 'DENIED', 'DENIED'];
const OF_BUCKETS = ['ALLOWED', 'DENIED', 'UNKNOWN']; // no policy of a bucket is about the list of all buckets
const UNKNOWN = ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'];

const named = (apiVersion: string, kind: string, spec: object = {}) => ({ apiVersion, kind, metadata: { name: 'x' }, spec });
const ack = (service: string, kind: string, spec: object = {}) => named(`${service}.services.k8s.aws/v1alpha1`, kind, spec);
const crossplane = (service: string, kind: string, forProvider: object = {}, domain = 'aws.upbound.io') =>
  named(`${service}.${domain}/v1beta1`, kind, { deletionPolicy: 'Orphan', managementPolicies: ['*'], forProvider, providerConfigRef: { name: 'default', policy: { resolve: 'Always' } } });

test.each<[string, object, string[]]>([
  ['a role of ACK', ack('iam', 'Role', { name: 'x' }), UNKNOWN],
  ['a policy of ACK', ack('iam', 'Policy'), UNKNOWN],
  ['an OIDC provider of ACK', ack('iam', 'OpenIDConnectProvider'), UNKNOWN],
  ['an instance profile of ACK', ack('iam', 'InstanceProfile'), UNKNOWN],
  ['Terraform of Flux', named('infra.contrib.fluxcd.io/v1alpha2', 'Terraform'), UNKNOWN],
  ['a workspace of Terraform', named('app.terraform.io/v1alpha2', 'Workspace'), UNKNOWN],
  ['a project of Terraform', named('app.terraform.io/v1alpha2', 'Project'), CERTAIN],
  ['a workspace of Terraform, of Crossplane', named('tf.upbound.io/v1beta1', 'Workspace'), UNKNOWN],
  ['a stack of Pulumi', named('pulumi.com/v1', 'Stack'), UNKNOWN],
  ['a stack of an operator for AWS CloudFormation', named('cloudformation.linki.space/v1alpha1', 'Stack'), UNKNOWN],
  ['a machine pool of Cluster API', named('infrastructure.cluster.x-k8s.io/v1beta2', 'AWSManagedMachinePool'), UNKNOWN],
  ['a machine of Cluster API that is not of AWS', named('infrastructure.cluster.x-k8s.io/v1beta1', 'DockerMachine'), CERTAIN],
  ['a role of Keiko', named('iammanager.keikoproj.io/v1alpha1', 'Iamrole'), UNKNOWN],
  ['a template of Terraform in an object of kro', named('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ id: 'a', template: named('pulumi.com/v1', 'Stack') }] }), UNKNOWN],
  ['an association of ACK in a policy of Kyverno', named('kyverno.io/v1', 'ClusterPolicy', {
    rules: [{ generate: { apiVersion: 'eks.services.k8s.aws/v1alpha1', kind: 'PodIdentityAssociation', name: 'x', data: { spec: { clusterName: 'prod' } } } }],
  }), UNKNOWN],
  ['an association of ACK in a set of resources', named('fluxcd.controlplane.io/v1', 'ResourceSet', { resources: [ack('eks', 'PodIdentityAssociation')] }), UNKNOWN],
  ['an association of ACK in the text of a workflow', named('argoproj.io/v1alpha1', 'Workflow', {
    templates: [{ resource: { action: 'create', manifest: 'apiVersion: eks.services.k8s.aws/v1alpha1\nkind: PodIdentityAssociation\n' } }],
  }), UNKNOWN],
  ['an association of ACK in the text of a workflow, in JSON', named('argoproj.io/v1alpha1', 'Workflow', {
    templates: [{ resource: { action: 'create', manifest: JSON.stringify(ack('eks', 'PodIdentityAssociation')) } }],
  }), UNKNOWN],
  ['an association of ACK in an expression', named('policies.kyverno.io/v1', 'GeneratingPolicy', {
    variables: [{ expression: '[{"kind": dyn("PodIdentityAssociation"), "apiVersion": dyn("eks.services.k8s.aws/v1alpha1")}]' }],
  }), UNKNOWN],
  ['a reference to a deployment', named('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } }), CERTAIN],
  ['a list of prefixes of Crossplane', crossplane('ec2', 'ManagedPrefixList', { name: 'x' }), CERTAIN],
  ['credentials of Zalando', named('zalando.org/v1', 'AWSIAMRole', { roleReference: 'x' }), UNKNOWN],
  ['credentials of AWS by Vault', named('secrets.hashicorp.com/v1beta1', 'VaultDynamicSecret', { mount: 'aws', path: 'creds/admin' }), UNKNOWN],
  ['credentials of a database by Vault', named('secrets.hashicorp.com/v1beta1', 'VaultDynamicSecret', { mount: 'database' }), CERTAIN],
  ['credentials of External Secrets', named('generators.external-secrets.io/v1alpha1', 'STSSessionToken'), UNKNOWN],
  ['a profile of Kubeflow with a role', named('kubeflow.org/v1', 'Profile', { plugins: [{ kind: 'AwsIamForServiceAccount', spec: { awsIamRole: 'arn:aws:iam::111122223333:role/ml' } }] }), UNKNOWN],
  ['a profile of Kubeflow without a role', named('kubeflow.org/v1', 'Profile', { owner: { kind: 'User', name: 'a' } }), CERTAIN],
  ['an object of another controller with a statement', named('irsa.example.com/v1', 'RoleServiceAccount', { policy: { statement: [{ action: ['s3:*'], resource: '*' }] } }), UNKNOWN],
  ['an object of another controller with actions', named('k8s.otterize.com/v2beta1', 'ClientIntents', { targets: [{ aws: { ARN: 'arn:aws:s3:::data/*', actions: ['s3:GetObject'] } }] }), UNKNOWN],
  ['an object of another controller with other actions', named('example.com/v1', 'Trigger', { actions: ['s3:ObjectCreated:*', 'create', 'redis:6379'], events: ['s3:Get'] }), CERTAIN],
  ['a policy of MinIO', named('sts.min.io/v1alpha1', 'PolicyBinding', { statements: [{ actions: ['s3:GetObject'] }] }), CERTAIN],
  ['a user of ACK', ack('iam', 'User', { policies: ['x'] }), CERTAIN],
  ['a service-linked role of ACK', ack('iam', 'ServiceLinkedRole'), CERTAIN],
  ['an association of ACK, with a reference', ack('eks', 'PodIdentityAssociation', { clusterRef: { from: { name: 'c' } } }), UNKNOWN],
  ['an association of ACK for the cluster', ack('eks', 'PodIdentityAssociation', { clusterName: 'prod' }), UNKNOWN],
  ['an association of ACK for another cluster', ack('eks', 'PodIdentityAssociation', { clusterName: 'other' }), CERTAIN],
  ['an access entry of ACK for the cluster', ack('eks', 'AccessEntry', { clusterName: 'prod' }), UNKNOWN],
  ['an identity provider of Crossplane for the cluster', crossplane('eks', 'IdentityProviderConfig', { clusterName: 'prod' }), UNKNOWN],
  ['a cluster of ACK', ack('eks', 'Cluster', { name: 'x' }), UNKNOWN],
  ['a bucket of ACK with a policy', ack('s3', 'Bucket', { policy: '{}' }), OF_BUCKETS],
  ['a bucket of ACK with a public ACL', ack('s3', 'Bucket', { acl: 'public-read' }), OF_BUCKETS],
  ['a bucket of ACK with a grant', ack('s3', 'Bucket', { logging: { loggingEnabled: { targetGrants: [] } } }), OF_BUCKETS],
  ['a bucket of ACK without a policy', ack('s3', 'Bucket', { name: 'x', versioning: { status: 'Enabled' } }), CERTAIN],
  ['a queue of ACK with a policy', ack('sqs', 'Queue', { policy: '{}' }), OF_QUEUES],
  ['a queue of ACK with a redrive policy', ack('sqs', 'Queue', { redrivePolicy: '{}' }), CERTAIN],
  ['a key of ACK with a policy', ack('kms', 'Key', { policy: '{}' }), UNKNOWN],
  ['a network ACL of ACK', ack('ec2', 'NetworkACL', { vpcID: 'x' }), CERTAIN],
  ['an object of ACK of a service that is not known', ack('future', 'Thing', { resourcePolicy: '{}' }), UNKNOWN],
  ['a file system of ACK', ack('efs', 'FileSystem', { policy: '{}' }), CERTAIN],
  ['a role of Crossplane', crossplane('iam', 'Role'), UNKNOWN],
  ['a role of a namespace of Crossplane', crossplane('iam', 'RolePolicyAttachment', {}, 'aws.m.upbound.io'), UNKNOWN],
  ['a role of an older Crossplane', crossplane('iam', 'Role', {}, 'aws.crossplane.io'), UNKNOWN],
  ['a role of the oldest Crossplane', crossplane('identity', 'IAMRole', {}, 'aws.crossplane.io'), UNKNOWN],
  ['an association of Crossplane for the cluster', crossplane('eks', 'PodIdentityAssociation', { clusterName: 'prod' }), UNKNOWN],
  ['an association of Crossplane for another cluster', crossplane('eks', 'PodIdentityAssociation', { clusterName: 'other' }), CERTAIN],
  ['the kubeconfig of a cluster of Crossplane', crossplane('eks', 'ClusterAuth', { clusterNameRef: { name: 'x' } }), CERTAIN],
  ['a bucket policy of Crossplane', crossplane('s3', 'BucketPolicy', { bucketRef: { name: 'x' } }), OF_BUCKETS],
  ['a permission of a queue of Crossplane', crossplane('sqs', 'QueuePolicy'), OF_QUEUES],
  ['a bucket of Crossplane', crossplane('s3', 'Bucket', { region: 'us-west-2' }), CERTAIN],
  ['a stack of Crossplane', crossplane('cloudformation', 'Stack', { name: 'x' }), UNKNOWN],
  ['the credentials of Crossplane', named('aws.upbound.io/v1beta1', 'ProviderConfig'), CERTAIN],
  ['a project of Argo CD', named('argoproj.io/v1alpha1', 'AppProject'), CERTAIN],
  ['a source of Flux', named('source.toolkit.fluxcd.io/v1', 'GitRepository'), CERTAIN],
  ['a graph of kro with a role', named('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ id: 'a', template: ack('iam', 'Role') }] }), UNKNOWN],
  ['a graph of kro with an association', named('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ template: ack('eks', 'PodIdentityAssociation', { clusterName: '{x}' }) }] }), UNKNOWN],
  ['a composition of Crossplane', named('apiextensions.crossplane.io/v1', 'Composition', { pipeline: [{ input: { resources: [{ base: crossplane('iam', 'Role') }] } }] }), UNKNOWN],
  ['an ingress', named('networking.k8s.io/v1', 'Ingress', { policy: 'x' }), CERTAIN],
])('what %s can change is unknown', (_, document, expected) => {
  expect(answers(document)).toEqual(expected);
});

const MUTATING = named('kyverno.io/v1', 'ClusterPolicy', { rules: [{ mutate: { patchStrategicMerge: { spec: { serviceAccountName: 'other' } } } }] });
const chart = (values: object) => ({ Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace: 'web', Values: JSON.stringify(values) } });
const addon = (values: object) => ({ Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'vendor_addon', ConfigurationValues: JSON.stringify(values) } });

test.each<[string, object, string[]]>([
  ['a chart with an association of ACK', chart({ extraObjects: [ack('eks', 'PodIdentityAssociation', { clusterName: 'prod' })] }), UNKNOWN],
  ['a chart with an association of ACK in YAML', chart({ extra: ['apiVersion: eks.services.k8s.aws/v1alpha1\nkind: PodIdentityAssociation\n'] }), UNKNOWN],
  ['a chart with a policy of Kyverno that changes pods', chart({ extraObjects: [MUTATING] }), UNKNOWN],
  ['an add-on with an association of ACK', addon({ extraObjects: [ack('eks', 'PodIdentityAssociation', { clusterName: 'prod' })] }), UNKNOWN],
  ['a chart with a bucket of ACK', chart({ extraObjects: [ack('s3', 'Bucket')] }), OF_BUCKETS],
  ['a chart with a ConfigMap', chart({ extraObjects: [named('v1', 'ConfigMap', { a: {} })] }), CERTAIN],
])('what %s in its values can change is unknown', (_, resource, expected) => {
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Values: resource,
    Objects: objects(account('app', 'Role')),
    Role: accountRole('default:app', allow('sqs:SendMessage')),
  })).assume({ noOtherNodes: true });
  expect(decisions(access).map(({ outcome }) => outcome)).toEqual(expected);
});

describe('an association of ACK', () => {
  const GRANTED = '${Granted.Arn}';
  const spec = { clusterName: 'prod', namespace: 'default', serviceAccount: 'app', roleARN: GRANTED };
  const associated = (more: object, metadata: object = {}) => ({ ...ack('eks', 'PodIdentityAssociation', { ...spec, ...more }), metadata: { name: 'x', namespace: 'ack', ...metadata } });
  const accessOf = (document: object, resources: object = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
    Objects: objects(account('app', 'Role'), document),
    ...resources,
    Role: accountRole('default:app', allow('sqs:SendMessage')),
    Other: accountRole('default:default', allow('sqs:SendMessage')),
    Granted: role(podIdentityTrust(), allow(['s3:ListAllMyBuckets', 'sts:AssumeRole', 'sts:TagSession'])),
    Target: role({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { AWS: { 'Fn::GetAtt': ['Granted', 'Arn'] } } }, allow('s3:GetObject')),
  })).assume({ noOtherNodes: true, noOtherCredentials: true });
  const decided = (document: object, serviceAccountName: string) => ['sqs:SendMessage', 's3:ListAllMyBuckets', 's3:GetObject'].map((action) =>
    accessOf(document).pod({ serviceAccountName, cluster: 'prod' }).decide(action));
  const outcomes = (document: object, name: string) => decided(document, name).map(({ outcome }) => outcome);
  const withAny = { clusterName: undefined, clusterRef: { from: { name: 'c' } } };

  test.each<[string, object, string[], string[]]>([
    ['gives its role, if a controller creates it', associated({}), ['ALLOWED', 'UNKNOWN', 'UNKNOWN'], ['UNKNOWN', 'UNKNOWN', 'DENIED']],
    ['can name its cluster by a reference', associated(withAny), ['ALLOWED', 'UNKNOWN', 'UNKNOWN'], ['UNKNOWN', 'UNKNOWN', 'DENIED']],
    ['can name its role by a reference', associated({ roleARN: undefined, roleRef: { from: { name: 'r' } } }), ['ALLOWED', 'UNKNOWN', 'UNKNOWN'], ['UNKNOWN', 'UNKNOWN', 'UNKNOWN']],
    ['can have a target role', associated({ targetRoleARN: '${Target.Arn}' }), ['ALLOWED', 'DENIED', 'UNKNOWN'], ['UNKNOWN', 'DENIED', 'UNKNOWN']],
    ['can disable session tags', associated({ disableSessionTags: true, tags: { team: 'red' } }), ['ALLOWED', 'UNKNOWN', 'UNKNOWN'], ['UNKNOWN', 'UNKNOWN', 'DENIED']],
    ['gives nothing of a role that does not trust it', associated({ roleARN: '${Other.Arn}' }), CERTAIN, ['UNKNOWN', 'DENIED', 'DENIED']],
    ['of another account changes nothing', associated({ serviceAccount: 'else' }), CERTAIN, CERTAIN],
    ['of another namespace changes nothing', associated({ namespace: 'else' }), CERTAIN, CERTAIN],
    ['of another cluster changes nothing', associated({ clusterName: 'else' }), CERTAIN, CERTAIN],
  ])('%s', (_, document, expected, byDefault) => {
    expect(outcomes(document, 'app')).toEqual(expected);
    expect(decided(document, 'app').map(({ outcomeByDefault }) => outcomeByDefault)).toEqual(byDefault);
    expect(outcomes(document, 'default')).toEqual(CERTAIN);
  });

  test.each<[string, object]>([
    ['that has no role', associated({ roleARN: undefined })],
    ['that has no account', associated({ serviceAccount: undefined })],
    ['that has a property which is not known', associated({ everywhere: true })],
    ['that has a list of accounts', associated({ serviceAccount: ['app'] })],
    ['that adopts another association', associated({}, { annotations: { 'services.k8s.aws/adoption-policy': 'adopt-or-create' } })],
    ['that may adopt another association', associated({}, { annotations: '${Nodes}' })],
  ])('%s can change what pods of the cluster get', (_, document) => {
    expect([outcomes(document, 'app'), outcomes(document, 'default')]).toEqual([UNKNOWN, UNKNOWN]);
  });

  test.each(['app', 'default', 'else'].flatMap((serviceAccount) => ['Granted', 'Target', 'Role', 'Other'].map((id): [string, string] => [serviceAccount, id])))(
    'of %s, with role %s, leaves certain what it would not change', (serviceAccount, id) => {
      const answersIn = (access: verification.PodAccess) => ['app', 'default'].flatMap((name) => ['sqs:SendMessage', 's3:ListAllMyBuckets', 's3:GetObject'].flatMap((action) => {
        const { outcome, outcomeByDefault } = access.pod({ serviceAccountName: name, cluster: 'prod' }).decide(action);
        return [outcome, outcomeByDefault];
      }));
      const perhaps = answersIn(accessOf(associated({ serviceAccount, roleARN: `\${${id}.Arn}` })));
      for (const actual of [{}, { Association: association(serviceAccount, id) }]) {
        const certain = answersIn(accessOf(account('unrelated'), actual)).map((outcome, i) => (perhaps[i] === 'UNKNOWN' ? 'UNKNOWN' : outcome));
        expect(certain).toEqual(perhaps);
      }
    },
  );

  test('says what is not known', () => {
    const [, { missing }] = decided(associated({}), 'app');
    expect(missing).toContain('whether this applies to these pods: the EKS Pod Identity association that a controller of ACK may create from PodIdentityAssociation x');
  });

  test('adds its account to the table, once in each cluster that it may be about', () => {
    const accounts = (more: object) => accessOf(associated(more)).principals.map(({ row: { kind, cluster, namespace, name } }) => [kind, cluster, namespace, name].join(' '));
    expect(accounts({}).filter((row) => row.startsWith('ServiceAccount'))).toEqual(['ServiceAccount prod default app', 'ServiceAccount prod default default']);
    expect(accounts({ serviceAccount: 'else' })).toContain('ServiceAccount prod default else');
    expect(accounts({ ...withAny, serviceAccount: 'else' })).toContain('ServiceAccount prod default else');
    expect(accounts({})).toContain('Role   Granted');
  });

  test('leaves trust policies certain', () => {
    expect(() => accessOf(associated({})).trustPolicyNamed('Role').assertAdmitsOnly({ serviceAccountName: 'app' })).not.toThrow();
  });
});

const argo = (source: object) => named('argoproj.io/v1alpha1', 'Application', { source });

test.each<[string, object]>([
  ['an application of Argo CD', named('argoproj.io/v1alpha1', 'Application')],
  ['an application set of Argo CD', named('argoproj.io/v1alpha1', 'ApplicationSet')],
  ['a Helm release of Flux', named('helm.toolkit.fluxcd.io/v2', 'HelmRelease')],
  ['a kustomization of Flux', named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization')],
  ['a graph of kro', named('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ id: 'a', template: named('v1', 'ConfigMap') }] })],
  ['an application of KubeVela', named('core.oam.dev/v1beta1', 'Application')],
  ['a Helm chart of Rancher', named('helm.cattle.io/v1', 'HelmChart')],
])('%s stands for objects that are not read, like a Helm chart of aws-cdk', (_, document) => {
  expect(answers(document)).toEqual(CERTAIN);
  const byDefault = (...documents: object[]) => accessWith(...documents).pod({ serviceAccountName: 'default' }).decide('sqs:SendMessage').outcomeByDefault;
  expect([byDefault(), byDefault(document)]).toEqual(['DENIED', 'UNKNOWN']);
  expect(accessWith(document).findings.filter(({ id }) => id === 'unread-objects')).toHaveLength(1);
});

test.each<[string, object, boolean]>([
  ['an application of Argo CD that installs Karpenter', argo({ chart: 'karpenter' }), true],
  ['a release of Flux that installs Karpenter', named('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'karpenter' } } }), true],
  ['another application', argo({ chart: 'app' }), false],
])('%s can create nodes', (_, document, canCreate) => {
  const { missing } = decisions(accessWith(document).assume({ noOtherNodes: false }))[1];
  expect(missing.join().includes('may have nodes that the templates do not show')).toBe(canCreate);
});

test('an object of an API that only the deployment knows can change everything', () => {
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Objects: {
      Type: 'Custom::AWSCDK-EKS-KubernetesResource',
      Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: [account('app'), { ...ack('iam', 'Role'), apiVersion: { Ref: 'Api' } }] },
    },
    Role: accountRole('default:app', allow('sqs:SendMessage')),
  }, { Parameters: { Api: { Type: 'String' } } })).assume({ noOtherNodes: true });
  expect(decisions(access).map(({ outcome }) => outcome)).toEqual(UNKNOWN);
});

test('what is not known says why, and how to state that it changes nothing', () => {
  const access = accessWith(ack('sqs', 'Queue', { policy: '{}' }));
  const [{ missing }] = decisions(access);
  expect(missing).toEqual(['the Queue x of sqs.services.k8s.aws is not read: a controller creates from it what can give access. It can change decisions about actions of sqs, and about what these actions lead to. '
    + 'If it changes nothing: changesNothing: ["stack/Objects"]']);
  expect(decisions(access.assume({ changesNothing: ['stack/Objects'] })).map(({ outcome }) => outcome)).toEqual(CERTAIN);
});
