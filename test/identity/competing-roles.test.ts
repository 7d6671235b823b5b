import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { existing, inEnv } from './pod-identity-stacks';
import { IIrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject } from '../../lib';

const { both, irsa, podIdentity } = PodCredentials;
const reader = ServiceAccountSubject.exact('reports', 'reader');

const role = (cluster: IIrsaCluster, id: string, podCredentials: PodCredentials, subject = reader) =>
  new ServiceAccountRole(Stack.of(cluster), id, { cluster, subjects: [subject], podCredentials });
const warningsOf = (scope: Stack) => Annotations.fromStack(scope).findWarning('*', Match.stringLikeRegexp('has two roles')).map(({ id, entry: { data } }) => [id, data]);
const message = (loser: string, winner: string) => `service account reports/reader of Stack/Prod has two roles: ${loser} by IRSA, and ${winner} by EKS Pod Identity, which wins: `
  + 'new pods get only the second. Use one role, or two service accounts [ack: cdk-irsa:competing-roles]';

test.each([['podIdentity()', podIdentity()], ['both()', both()]])('a second role by %s gets a warning, because it wins', (_, credentials) => {
  const stack = inEnv();
  const cluster = existing(stack);
  role(cluster, 'First', irsa());
  role(cluster, 'Second', credentials);
  expect(warningsOf(stack)).toEqual([['/Stack/Second', message('Stack/First', 'Stack/Second')]]);
});

test('a second role by IRSA gets a warning, because the first one wins', () => {
  const stack = inEnv();
  const cluster = existing(stack);
  role(cluster, 'First', podIdentity());
  role(cluster, 'Second', irsa());
  expect(warningsOf(stack)).toEqual([['/Stack/Second', message('Stack/Second', 'Stack/First')]]);
});

test('a role that exists gets the warning when it trusts the service account', () => {
  const stack = inEnv();
  const cluster = existing(stack);
  role(cluster, 'First', podIdentity());
  const theirs = iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::123456789012:role/theirs');
  ServiceAccountRole.fromRole(stack, 'Second', theirs, { podCredentials: irsa() }).addTrust(cluster, reader);
  expect(warningsOf(stack)).toEqual([['/Stack/Second', message('Stack/Second', 'Stack/First')]]);
});

test.each<[string, (cluster: IIrsaCluster) => void]>([
  ['two roles by IRSA, between which the service account decides', (cluster) => ['First', 'Second'].forEach((id) => role(cluster, id, irsa()))],
  ['one role by both', (cluster) => role(cluster, 'First', both()).addTrust(cluster, reader)],
  ['one role that two constructs represent', (cluster) => {
    const stack = Stack.of(cluster);
    const own = new iam.Role(stack, 'Own', { assumedBy: new iam.AccountPrincipal('123456789012') });
    [irsa(), podIdentity()].forEach((podCredentials, i) => ServiceAccountRole.fromRole(stack, `Role${i}`, own, { podCredentials }).addTrust(cluster, reader));
  }],
  ['one role that is imported twice', (cluster) => {
    const stack = Stack.of(cluster);
    [irsa(), podIdentity()].forEach((podCredentials, i) => {
      const theirs = iam.Role.fromRoleArn(stack, `Theirs${i}`, 'arn:aws:iam::123456789012:role/theirs');
      ServiceAccountRole.fromRole(stack, `Role${i}`, theirs, { podCredentials }).addTrust(cluster, reader);
    });
  }],
  ['roles of two service accounts', (cluster) => {
    role(cluster, 'First', irsa());
    role(cluster, 'Second', podIdentity(), ServiceAccountSubject.exact('reports', 'writer'));
  }],
  ['a pattern that the service account matches', (cluster) => {
    role(cluster, 'First', irsa(), ServiceAccountSubject.pattern('reports', 'r*'));
    role(cluster, 'Second', podIdentity());
  }],
  ['a role that was removed from the app', (cluster) => {
    role(cluster, 'First', irsa());
    Stack.of(cluster).node.tryRemoveChild('First');
    role(cluster, 'Second', podIdentity());
  }],
])('no warning for %s', (_, define) => {
  const stack = inEnv();
  define(existing(stack));
  expect(warningsOf(stack)).toEqual([]);
});
