import { changeStack } from './change-sets';
import { eksCluster } from './eks-clusters';
import { association, makeRole } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

const FAILURE = 'CREATE_FAILED Nodes: NodeCreationFailure: Instances failed to join the kubernetes cluster';
const CNI_POLICY = 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await Promise.all(['with-policy', 'without-policy'].map((role) => makeRole(aws, role)));
  await aws.ask('iam', 'attach-role-policy', '--role-name', 'with-policy', '--policy-arn', CNI_POLICY);
});
afterAll(() => aws?.stop());

let count = 0;
type Resources = (cluster: string) => object;

/** The failures of a stack with a cluster, other resources, and then a nodegroup. */
async function failuresOf(nodeRole: string, bootstrap: boolean, resources: Resources[]): Promise<string[]> {
  const name = `nodes-${++count}`;
  const { Type, Properties } = eksCluster(name);
  const others: object = Object.assign({}, ...resources.map((of) => of(name)));
  return (await changeStack(aws, name, {
    Resources: {
      Cluster: { Type, Properties: { ...Properties, ...(bootstrap ? {} : { BootstrapSelfManagedAddons: false }) } },
      ...Object.fromEntries(Object.entries(others).map(([id, resource]) => [id, { DependsOn: ['Cluster', ...resource.DependsOn ?? []], ...resource }])),
      Nodes: { Type: 'AWS::EKS::Nodegroup', DependsOn: ['Cluster', ...Object.keys(others)], Properties: { ClusterName: name, NodeRole: arnOf(nodeRole), Subnets: [] } },
    },
  })).failures;
}

const addon = (AddonName: string, properties: object = {}): Resources => (ClusterName) => ({
  [AddonName.replace(/\W/g, '')]: { Type: 'AWS::EKS::Addon', Properties: { ClusterName, AddonName, ...properties } },
});
const cni = (properties: object = {}) => addon('vpc-cni', properties);
const agent = addon('eks-pod-identity-agent');
const associated = (role: string): Resources => (cluster) => ({ Association: association(cluster, 'aws-node', role, { Namespace: 'kube-system' }) });
const owned = (role: string) => cni({ PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: arnOf(role) }] });

const ISSUER = { 'Fn::Select': [1, { 'Fn::Split': ['//', { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }] }] };
const provider: Resources = () => ({
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
});
/** A role for an account by IRSA, and the add-on with this role. */
const irsa = (account: string): Resources => (cluster) => {
  const condition = { StringEquals: { '${Issuer}:sub': `system:serviceaccount:kube-system:${account}`, '${Issuer}:aud': 'sts.amazonaws.com' } };
  const principal = { Federated: 'arn:aws:iam::123456789012:oidc-provider/${Issuer}' };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition }] };
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { 'Fn::Sub': [JSON.stringify(trust), { Issuer: ISSUER }] }, ManagedPolicyArns: [CNI_POLICY] },
    },
    ...cni({ ServiceAccountRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } })(cluster),
  };
};

test.each<[string, string, boolean, Resources[]]>([
  ['the self-managed plugin, if the node role has its policy', 'with-policy', true, []],
  ['the self-managed plugin, if its account has an association', 'without-policy', true, [agent, associated('with-policy')]],
  ['the add-on, if the node role has its policy', 'with-policy', false, [cni()]],
  ['the add-on with an association of its own', 'without-policy', false, [agent, owned('with-policy')]],
  ['the add-on with a role by IRSA', 'without-policy', false, [provider, irsa('aws-node')]],
])('nodes join a cluster with %s', async (_, nodeRole, bootstrap, resources) => {
  expect(await failuresOf(nodeRole, bootstrap, resources)).toEqual([]);
});

test.each<[string, string, boolean, Resources[]]>([
  ['without any network plugin', 'with-policy', false, []],
  ['with the self-managed plugin, if nothing has its policy', 'without-policy', true, []],
  ['with the add-on, if nothing has its policy', 'without-policy', false, [cni()]],
  ['with an association, but without the agent', 'without-policy', false, [owned('with-policy')]],
  ['with an association, but without the agent, even if the node role has the policy', 'with-policy', true, [associated('with-policy')]],
  ['with an association of a role without the policy', 'without-policy', false, [agent, owned('without-policy')]],
  ['with a role by IRSA, but without an OIDC provider', 'without-policy', false, [irsa('aws-node')]],
  ['with a role by IRSA that trusts another account', 'without-policy', false, [provider, irsa('other')]],
])('nodes do not join a cluster %s', async (_, nodeRole, bootstrap, resources) => {
  expect(await failuresOf(nodeRole, bootstrap, resources)).toEqual([FAILURE]);
});
