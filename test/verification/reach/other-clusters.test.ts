import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/ops:1';
const TRUSTS_LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const appliedTo = (name: string, ...manifests: object[]) => {
  const applied = objects(...manifests);
  return { ...applied, Properties: { ...applied.Properties, ClusterName: { Ref: name } } };
};
const associated = (RoleArn: object, ServiceAccount: string) => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: { Ref: 'Spoke' }, Namespace: 'ops', ServiceAccount, RoleArn },
});
const SPOKE = {
  Spoke: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'spoke' } },
  SpokeAgent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Spoke' }, AddonName: 'eks-pod-identity-agent' } },
  Admin: role({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }, allow(LIST)),
  Association: associated(arnOf('Admin'), 'admin'),
};
const entry = (PrincipalArn: object, ClusterName: object = { Ref: 'Spoke' }) =>
  ({ Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName, PrincipalArn } } });
const decisionOf = (resources: object, ...statements: object[]) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...SPOKE, ...resources, Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(LIST);
const onCluster = (name: string) => `arn:aws:eks:us-west-2:111122223333:cluster/${name}`;

test.each<[string, object, object[]]>([
  ['whose role has an access entry there', entry(arnOf('Role')), []],
  ['that starts a function with an access entry there', {
    ...entry(arnOf('Runner')), Runner: role(TRUSTS_LAMBDA), Run: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner') } },
  }, [allow('lambda:InvokeFunction')]],
  ['that may give itself an access entry there', {}, [allow('eks:CreateAccessEntry', onCluster('spoke'))]],
  ['that may change associations of any cluster', {}, [allow('eks:UpdatePodIdentityAssociation')]],
])('a pod of one cluster %s might get the credentials of pods of another one', (_, resources, statements) => {
  const { outcome, missing } = decisionOf(resources, ...statements);
  expect([outcome, missing.some((what) => what.endsWith('and with them the credentials of role Admin'))]).toEqual(['UNKNOWN', true]);
});

test.each<[string, object, object[]]>([
  ['has an access entry in its own cluster', entry(arnOf('Role'), { Ref: 'Cluster' }), []],
  ['may give itself an access entry in its own cluster', {}, [allow('eks:CreateAccessEntry', onCluster('prod'))]],
  ['may change associations of its own cluster', {}, [allow('eks:UpdatePodIdentityAssociation', 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/prod/*')]],
])('a pod whose role %s does not get the credentials of pods of another one', (_, resources, statements) => {
  expect(decisionOf(resources, ...statements).outcome).toBe('DENIED');
});

test.each<[string, object, object, string]>([
  ['and it has nodes that the templates do not show', {}, {}, 'UNKNOWN'],
  ['and it is assumed to have no others', {}, { noOtherNodes: true }, 'DENIED'],
  ['and the templates show its nodes', {
    Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Spoke' }, NodeRole: arnOf('NodeRole') } },
  }, {}, 'DENIED'],
])('a pod that acts in another cluster might get the role of its nodes: %s', (_, resources, assumptions, expected) => {
  const { outcome, missing } = verification.PodAccess.fromTemplates(clusterTemplate({
    ...SPOKE,
    ...entry(arnOf('Role')),
    ...resources,
    Role: accountRole('default:app'),
    Objects: objects(account('app', 'Role')),
    Own: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('NodeRole') } },
  })).assume(assumptions).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide('s3:DeleteBucket');
  expect([outcome, missing.some((what) => what.includes('the role of nodes of cluster spoke that the templates do not show'))]).toEqual([expected, expected === 'UNKNOWN']);
});

test('a pod that changes the image of a pod of another cluster might do what that pod can do', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ops' }, spec: { serviceAccountName: 'admin', containers: [{ image: IMAGE }] } };
  expect(decisionOf({ Other: appliedTo('Spoke', pod) }, allow('ecr:PutImage')).outcome).toBe('UNKNOWN');
});

const application = (destination?: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'plat', namespace: 'argocd' },
  spec: { source: { repoURL: '111122223333.dkr.ecr.us-west-2.amazonaws.com', chart: 'plat' }, destination },
});
const flux = (kind: string, group: string, spec: object) => ({ apiVersion: `${group}.toolkit.fluxcd.io/v1`, kind, metadata: { name: 'plat' }, spec });
const BUCKET = flux('Bucket', 'source', { bucketName: 'objects' });

test.each<[string, object[], string]>([
  ['of Argo CD for another cluster', [application({ server: onCluster('spoke') })], 'UNKNOWN'],
  ['of Argo CD for a cluster by its name', [application({ name: 'spoke' })], 'UNKNOWN'],
  ['of Argo CD for its own cluster', [application({ server: 'https://kubernetes.default.svc' })], 'DENIED'],
  ['of Argo CD for its own cluster by its name', [application({ name: 'in-cluster' })], 'DENIED'],
  ['of Flux for another cluster', [BUCKET, flux('Kustomization', 'kustomize', { kubeConfig: { secretRef: { name: 'spoke' } } })], 'UNKNOWN'],
  ['of Flux for its own cluster', [BUCKET, flux('Kustomization', 'kustomize', { path: './' })], 'DENIED'],
])('a pod that changes what comes from a source %s might act there, or not', (_, sources, expected) => {
  expect(decisionOf({ Sources: appliedTo('Cluster', ...sources) }, allow(['ecr:PutImage', 's3:PutObject'])).outcome).toBe(expected);
});

const HOST = { hostNetwork: true, serviceAccountName: 'mon' };
const ofArgo = (destination: object) => {
  const { spec, ...rest } = application({ namespace: 'ops', ...destination });
  return { ...rest, spec: { ...spec, source: { ...spec.source, helm: { valuesObject: HOST } } } };
};
const ofFlux = (spec: object) => flux('HelmRelease', 'helm', { targetNamespace: 'ops', values: HOST, ...spec });
const KUBECONFIG = { kubeConfig: { secretRef: { name: 'spoke' } } };

test.each<[string, object, string, string]>([
  ['of Argo CD for another cluster', ofArgo({ server: onCluster('spoke') }), 'DENIED', 'UNKNOWN'],
  ['of Argo CD for another cluster of the templates', ofArgo({ server: '${Spoke.Arn}' }), 'DENIED', 'UNKNOWN'],
  ['of Argo CD for a cluster by its name', ofArgo({ name: 'spoke' }), 'UNKNOWN', 'UNKNOWN'],
  ['of Argo CD for its own cluster', ofArgo({ name: 'in-cluster' }), 'UNKNOWN', 'DENIED'],
  ['of Flux for another cluster', ofFlux(KUBECONFIG), 'UNKNOWN', 'UNKNOWN'],
  ['of Flux for its own cluster', ofFlux({}), 'UNKNOWN', 'DENIED'],
])('pods might reach the role of their nodes by the values of a release %s, or not', (_, release, inHub, inSpoke) => {
  const nodes = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Spoke' }, NodegroupName: 'spoke', NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD' } };
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    ...SPOKE,
    Nodes: { ...nodes, Properties: { ...nodes.Properties, ClusterName: { Ref: 'Cluster' } } },
    SpokeNodes: nodes,
    Releases: appliedTo('Cluster', release),
    Association: associated(arnOf('Admin'), 'mon'),
    Own: appliedTo('Cluster', account('mon', 'Admin', 'ops')),
  })).assume({ noOtherNodes: true });
  const [hub, spoke] = ['prod', 'spoke'].map((cluster) => access.pod({ namespace: 'ops', serviceAccountName: 'mon', cluster }).decide('sqs:ListQueues'));
  expect([hub.outcome, spoke.outcome]).toEqual([inHub, inSpoke]);
});

test.each<[string, string, string[]]>([
  ['Karpenter', 'karpenter', ['DENIED', 'UNKNOWN']],
  ['kiam', 'kiam', ['DENIED', 'UNKNOWN']],
  ['a chart of something else', 'reports', ['DENIED', 'DENIED']],
])('%s that a release of Argo CD installs is in the cluster of its destination', (_, chart, expected) => {
  const { spec, ...rest } = application({ server: onCluster('spoke') });
  const nodes = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Spoke' }, NodegroupName: 'spoke', NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD' } };
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    ...SPOKE, SpokeNodes: nodes, Releases: appliedTo('Cluster', account('admin', 'Admin', 'ops'), { ...rest, spec: { ...spec, source: { repoURL: 'https://charts.example.com', chart } } }),
  }));
  const decided = ['prod', 'spoke'].map((cluster) => access.pod({ namespace: 'ops', serviceAccountName: 'admin', cluster }).decide('sqs:SendMessage').outcome);
  expect(decided).toEqual(expected);
});

test('a pod that pushes an image that Flux deploys might do what the pods of the cluster can do', () => {
  const image = flux('ImageRepository', 'image', { image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/ops' });
  const push = allow('ecr:PutImage', 'arn:aws:ecr:us-west-2:111122223333:repository/ops');
  expect(decisionOf({ Images: appliedTo('Spoke', image) }, push).missing.join()).toContain('change the objects of ImageRepository plat');
});

test('a pod that gets the role of nodes of two clusters might act as a node of both', () => {
  const nodes = (name: string) => ({
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: name }, NodegroupName: name, NodeRole: arnOf('NodeRole'), AmiType: 'AL2_x86_64' },
  });
  expect(decisionOf({ Nodes: nodes('Cluster'), SpokeNodes: nodes('Spoke') }).missing.join()).toContain('and with them the credentials of role Admin');
});
