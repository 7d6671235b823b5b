import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployed, OREGON } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;
const ROLE = 'arn:aws:iam::210987654321:role/theirs';
const issuerUrl = 'https://oidc.eks.eu-central-1.amazonaws.com/id/E1';

const CLUSTERS: [string, (stack: Stack) => IIrsaCluster][] = [
  ['an existing cluster', (stack) => IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'prod', issuerUrl })],
  ['an existing cluster whose provider has a literal ARN', (stack) => new ExistingCluster(stack, 'Cluster')],
  ['a new cluster', newCluster],
  ['a new cluster with a pinned issuer', (stack) => newCluster(stack, { issuerUrl })],
];

/** The provider in the output with the trust policy, as CloudFormation completes it. */
function providerFor(arnIn: (stack: Stack) => string, clusterIn: (stack: Stack) => IIrsaCluster, env?: object): string {
  const stack = newStack('Stack', { env });
  const cluster = clusterIn(newStack('ClusterStack', { env }, stack.node.root));
  ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleArn(stack, 'Theirs', arnIn(stack))).addTrust(cluster, exact('a', 'x'));
  const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*'));
  return JSON.parse(deployed(stack, Value, { ...OREGON, parameters: { Given: ROLE } })).Statement[0].Principal.Federated;
}

const FROM_PARAMETER = (stack: Stack) => new CfnParameter(stack, 'Given').valueAsString;

describe.each(CLUSTERS)('for %s, the trust policy of an imported role names the provider of its own AWS account', (_, clusterIn) => {
  test.each<[string, (stack: Stack) => string, object | undefined]>([
    ['known only at deployment', FROM_PARAMETER, undefined],
    ['known only at deployment, in a stack with an env', FROM_PARAMETER, { account: '123456789012', region: 'us-west-2' }],
    ['a literal, in a stack without env', () => ROLE, undefined],
  ])('if its ARN is %s', (__, arnIn, env) => {
    expect(providerFor(arnIn, clusterIn, env)).toMatch(/^arn:aws:iam::210987654321:oidc-provider\/oidc\.eks\.[\w-]+\.amazonaws\.com\/id\/\w+$/);
  });
});

test('a role in the account of the stack uses the provider of the cluster', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const existing = ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Theirs', 'theirs'));
  existing.addTrust(cluster, exact('a', 'x'));
  const [{ Value }] = Object.values<any>(Template.fromStack(stack).findOutputs('*', { Description: Match.stringLikeRegexp('trust policy') }));
  expect(Value['Fn::Sub'][1].OidcProvider).toEqual(stack.resolve(cluster.openIdConnectProviderArn));
});

test('an account in the stack of the cluster can use a role whose ARN is a parameter of another stack', () => {
  const app = new App();
  const stack = newStack('ClusterStack', {}, app);
  const other = newStack('Other', {}, app);
  const serviceAccountRole = ServiceAccountRole.fromRole(other, 'Role', iam.Role.fromRoleArn(other, 'Theirs', FROM_PARAMETER(other)));
  new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 'reader', serviceAccountRole });
  expect(() => app.synth()).not.toThrow();
});
