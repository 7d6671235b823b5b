import { CLUSTER, manifest, modelOf, role, shown } from '../models';

const NODEGROUP = {
  Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] }, AmiType: 'AL2023_x86_64_STANDARD' },
};
const CHART = { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Chart: 'oci://public.ecr.aws/karpenter/karpenter' } };
const NODE_ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/karpenter';

const nodeClass = (spec: object = {}, version = 'v1', name = 'default') =>
  ({ apiVersion: `karpenter.k8s.aws/${version}`, kind: 'EC2NodeClass', metadata: { name }, spec: { role: 'karpenter', ...spec } });
const nodePool = (name = 'default', kind = 'EC2NodeClass') =>
  ({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'pool' }, spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind, name } } } } });

const read = (resources: Parameters<typeof modelOf>[0]) => modelOf({
  Cluster: CLUSTER,
  Role: role(),
  NodeRole: role({ RoleName: 'karpenter' }),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'karpenter-nodes', Roles: [{ Ref: 'NodeRole' }] } },
  ...resources,
});
const nodesOf = (...objects: object[]) => shown(read({ Objects: manifest(...objects) }).nodegroups);
const otherNodes = (...objects: object[]) => read({ Nodes: NODEGROUP, Chart: CHART, Objects: manifest(...objects) }).clusters[0].otherNodes;

test.each<[string, object]>([
  ['its role', {}],
  ['its instance profile', { role: undefined, instanceProfile: 'karpenter-nodes' }],
])('a node class has the nodes of a node pool, with %s', (_, spec) => {
  const nodes = nodesOf(nodeClass(spec), nodePool());
  expect(nodes).toMatchObject([{ cluster: 'prod', label: 'EC2NodeClass default', name: 'default', roleArn: NODE_ROLE, place: { logicalId: 'Objects' } }]);
  expect(nodes[0]).not.toHaveProperty('mayBeMissing');
});

test.each<[string, object, string]>([
  ['a role outside the templates', { role: 'elsewhere' }, '${elsewhere role of nodes}'],
  ['an instance profile outside the templates', { role: undefined, instanceProfile: 'elsewhere' }, '${elsewhere role of the instance profile}'],
  ['neither', { role: undefined }, '${default role of the node class}'],
])('with %s, the role is unknown', (_, spec, roleArn) => {
  expect(nodesOf(nodeClass(spec), nodePool())).toMatchObject([{ roleArn }]);
});

test.each<[string, object, string, string, string]>([
  ['by default', {}, 'v1', 'no', 'the hop limit is 1 in EC2NodeClass default, and IMDSv2 is required'],
  ['by default of v1beta1', {}, 'v1beta1', 'yes', 'the hop limit is 2 in EC2NodeClass default'],
  ['by default of a version that is not known', {}, 'v2', 'unknown', 'the metadata options of EC2NodeClass default cannot be read'],
  ['with a hop limit of 2', { httpPutResponseHopLimit: 2 }, 'v1', 'yes', 'the hop limit is 2 in EC2NodeClass default'],
  ['with a hop limit of 1', { httpPutResponseHopLimit: 1 }, 'v1beta1', 'no', 'the hop limit is 1 in EC2NodeClass default, and IMDSv2 is required'],
  ['with IMDSv1', { httpTokens: 'optional' }, 'v1', 'yes', 'IMDSv1 is allowed in EC2NodeClass default, and the hop limit does not apply to it'],
  ['without instance metadata', { httpEndpoint: 'disabled' }, 'v1', 'no', 'the instance metadata is disabled in EC2NodeClass default'],
])('pods reach the instance metadata: %s', (_, options, version, podsReachMetadata, why) => {
  const metadataOptions = Object.keys(options).length > 0 ? options : undefined;
  expect(nodesOf(nodeClass({ metadataOptions }, version), nodePool())).toMatchObject([{ podsReachMetadata, why }]);
});

test('a node pool whose node class is there has no other nodes, also with the chart', () => {
  expect(otherNodes(nodeClass(), nodePool())).toBeUndefined();
});

test.each<[string, object[], string]>([
  ['a node pool whose node class is elsewhere', [nodeClass(), nodePool('other')], 'EC2NodeClass default lets Karpenter create nodes'],
  ['a node pool without a node class', [nodePool()], 'NodePool pool lets Karpenter create nodes'],
  ['a node pool with a node class of another kind', [nodePool('default', 'Other')], 'NodePool pool lets Karpenter create nodes'],
  ['a node class without a node pool', [nodeClass()], 'EC2NodeClass default lets Karpenter create nodes'],
  ['another object of Karpenter', [nodeClass(), nodePool(), { apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim', metadata: { name: 'one' } }], 'NodeClaim one lets Karpenter create nodes'],
  ['the chart alone', [], 'the Helm chart Chart installs Karpenter, which creates nodes'],
])('%s has other nodes', (_, objects, why) => {
  expect(otherNodes(...objects)).toBe(why);
});

test('only the deployment knows whether there are nodes of a node class without a node pool', () => {
  expect(nodesOf(nodeClass())).toMatchObject([{ mayBeMissing: true }]);
});

test('Karpenter itself runs on other nodes', () => {
  expect(read({ Objects: manifest(nodeClass(), nodePool()) }).clusters[0].otherNodes).toBe('the templates have no nodes for it, and its pods must run somewhere');
});
