import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, OidcProvider, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployedTrust } from '../deployed';
import { blocksOf, read } from '../documents';
import { newCluster, newStack, version } from '../stacks';

const issuerUrl = 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const ENV = { account: '123456789012', region: 'eu-central-1' };
const CREDENTIALS = [PodCredentials.irsa(), PodCredentials.podIdentity(), PodCredentials.both()];

const existing = (stack: Stack, more = {}) => IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl, ...more });

function roleOf(stack: Stack, cluster: IIrsaCluster, credentials: PodCredentials, ...more: ServiceAccountSubject[]) {
  return new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader'), ...more], podCredentials: credentials });
}

function onNodesOf(stack: Stack, amiType: eks.NodegroupAmiType) {
  const theirs = new eks.Cluster(stack, 'Theirs', { version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
  new eks.Nodegroup(stack, 'Nodes', { cluster: theirs, amiType, nodeRole: iam.Role.fromRoleName(stack, 'Role', 'nodes') });
  return IrsaCluster.fromEksCluster(stack, 'Prod', theirs, { oidcProvider: OidcProvider.create() });
}

/** What users ask for, and how they would write it. */
const RULES: [what: string, write: (stack: Stack, credentials: PodCredentials) => unknown][] = [
  ['nodes of Linux nodegroups', (stack, credentials) => roleOf(stack, onNodesOf(stack, eks.NodegroupAmiType.AL2023_X86_64_STANDARD), credentials)],
  ['Auto Mode', (stack, podCredentials) => roleOf(stack, newCluster(stack, { autoMode: true, podCredentials }), podCredentials)],
  ['Windows nodes', (stack, credentials) => roleOf(stack, onNodesOf(stack, eks.NodegroupAmiType.WINDOWS_CORE_2022_X86_64), credentials)],
  ['AWS Fargate', (stack, credentials) => {
    new CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors: [{ namespace: 'reports' }] });
    return roleOf(stack, existing(stack), credentials);
  }],
  ['a pattern of service accounts', (stack, credentials) => roleOf(stack, existing(stack), credentials, ServiceAccountSubject.pattern('team-*', 'reader'))],
  ['several service accounts with one role', (stack, credentials) => roleOf(stack, existing(stack), credentials, ServiceAccountSubject.exact('audit', 'reader'))],
  ['several clusters with one role', (stack, credentials) => {
    const other = IrsaCluster.fromIrsaClusterAttributes(stack, 'Other', { clusterName: 'other', issuerUrl: issuerUrl.replace('EXAMPLED', 'EXAMPLEE') });
    roleOf(stack, existing(stack), credentials).addTrust(other, ServiceAccountSubject.exact('reports', 'reader'));
  }],
  ['several roles that trust one service account', (stack, credentials) => {
    const cluster = existing(stack);
    roleOf(stack, cluster, credentials);
    return new ServiceAccountRole(stack, 'Other', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'reader')], podCredentials: credentials });
  }],
  ['a role that exists already', (stack, credentials) => {
    const role = new iam.Role(stack, 'Theirs', { assumedBy: new iam.AccountPrincipal(ENV.account) });
    ServiceAccountRole.fromRole(stack, 'Role', role, { podCredentials: credentials }).addTrust(existing(stack), ServiceAccountSubject.exact('reports', 'reader'));
  }],
  ['a cluster known only by name', (stack, credentials) => roleOf(stack, existing(stack, { issuerUrl: undefined }), credentials)],
  ['a cluster without an OIDC provider', (stack, credentials) => roleOf(stack, existing(stack, { oidcProvider: OidcProvider.none() }), credentials)],
  ['a new cluster without the agent', (stack, credentials) => roleOf(stack, newCluster(stack), credentials)],
  ['a role in another AWS account than the cluster', (stack, credentials) =>
    roleOf(stack, existing(stack, { clusterArn: 'arn:aws:eks:eu-central-1:210987654321:cluster/prod' }), credentials)],
  ['an audience of the cluster', (stack, credentials) => roleOf(stack, existing(stack, { audience: 'pods.example.com' }), credentials)],
  ['`tokenExpiration` and `stsRegionalEndpoints`', (stack, podCredentials) => new ServiceAccountWithRole(stack, 'Reader', {
    cluster: newCluster(stack, { podCredentials }), serviceAccountName: 'reader', tokenExpiration: Duration.hours(1), stsRegionalEndpoints: true,
  })],
];

/** Whether an app can be written in this way, and synthesized without an error. */
function isPossible(write: (stack: Stack, credentials: PodCredentials) => unknown, credentials: PodCredentials): boolean {
  const stack = newStack('Stack', { env: ENV });
  try {
    write(stack, credentials);
    return Annotations.fromStack(stack).findError('*', Match.anyValue()).length === 0;
  } catch (error) {
    expect((error as Error).message).toMatch(/^(Validation failed|Stack\/)/);
    return false;
  }
}

test('the guide says which combinations are possible', () => {
  const rows = RULES.map(([what, write]) => `| ${[what, ...CREDENTIALS.map((credentials) => (isPossible(write, credentials) ? 'yes' : 'no'))].join(' | ')} |`);
  const table = ['| | `irsa()` | `podIdentity()` | `both()` |', '|---|---|---|---|', ...rows].join('\n');
  expect(read('docs/pod-identity.md')).toContain(`${table}\n\n`);
});

test('the guide shows the trust policy', () => {
  const stack = newStack('Stack', { env: ENV });
  new ServiceAccountRole(stack, 'Sync', {
    cluster: existing(stack), subjects: [ServiceAccountSubject.exact('argocd', 'sync')], podCredentials: PodCredentials.podIdentity(),
  });
  const [shown] = blocksOf('docs/pod-identity.md', 'json');
  expect(deployedTrust(stack, { partition: 'aws', urlSuffix: 'amazonaws.com', region: ENV.region }).Statement).toEqual([JSON.parse(shown)]);
});
