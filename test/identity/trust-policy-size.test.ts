import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployedTrust, OREGON } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;

function define(...subjects: ServiceAccountSubject[]) {
  const stack = newStack();
  const cluster = new ExistingCluster(stack, 'Cluster');
  return { stack, cluster, role: new ServiceAccountRole(stack, 'Role', { cluster, subjects }) };
}

describe('the size of the trust policy', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => exact('namespace', `account-${String(i).padStart(3, '0')}`));
  /** With an issuer that is as long as one of Amazon EKS. */
  const size = (stack: Stack) => JSON.stringify(deployedTrust(stack, { ...OREGON, region: 'eu-central-1' })).replaceAll('/id/T1', `/id/${'0'.repeat(32)}`).length;

  test.each([
    ['an existing cluster', (stack: Stack) => new ExistingCluster(stack, 'Cluster')],
    ['a new cluster', (stack: Stack) => newCluster(stack)],
  ])('is the deployed size, and a warning above the default quota: %s', (_, clusterIn) => {
    const stack = newStack('Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
    const cluster = clusterIn(stack);
    new ServiceAccountRole(stack, 'Role', { cluster, subjects: many(60) });
    const [warning] = Annotations.fromStack(stack).findWarning('/Stack/Role', Match.stringLikeRegexp('trust policy'));
    const [, characters, fitting] = /has (\d+) characters, but IAM allows 2048 by default: (\d+) of its 60 subjects fit/.exec(warning.entry.data as string)!;
    const fits = newStack('Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
    new ServiceAccountRole(fits, 'Role', { cluster: clusterIn(fits), subjects: many(Number(fitting)) });
    Annotations.fromStack(fits).hasNoWarning('/Stack/Role', Match.anyValue());
    const more = newStack('Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
    new ServiceAccountRole(more, 'Role', { cluster: clusterIn(more), subjects: many(Number(fitting) + 1) });
    Annotations.fromStack(more).hasWarning('/Stack/Role', Match.anyValue());
    expect(Number(characters)).toBe(size(stack));
  });

  test('is an error above the highest quota', () => {
    const { stack, cluster, role } = define(exact('a', 'x'));
    role.addTrust(cluster, ...many(250));
    expect(() => Template.fromStack(stack)).toThrow(/\[Stack\/Role\] the trust policy has \d+ characters, but IAM allows 8192 at most: \d+ of its 251 subjects fit\. Use a pattern or several roles/);
  });

  test('does not count the values of tokens', () => {
    const { stack, cluster, role } = define(exact('a', 'x'));
    role.addTrust(cluster, ...many(35), exact(new CfnParameter(stack, 'Namespace').valueAsString, 'x'));
    Annotations.fromStack(stack).hasNoWarning('/Stack/Role', Match.anyValue());
  });
});
