import { changeStack, StackState } from './change-sets';
import { association, associationsOf, makeRole } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await aws.control({ do: 'start_cluster', name: 'test' });
  await makeRole(aws, 'one');
  await makeRole(aws, 'two');
  await makeRole(aws, 'untrusting', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
});
afterAll(() => aws?.stop());

let changes = 0;
const change = (Resources: object, Outputs: object = {}): Promise<StackState> =>
  changeStack(aws, 'test', { Resources, Outputs }, { type: changes++ ? 'UPDATE' : 'CREATE', name: `change-${changes}` });
const external = (account: string) => `us-west-2/123456789012/test/default/${account}`;
const plain = (role: string, account: string) => ({ namespace: 'default', roleArn: arnOf(role), disableSessionTags: false, externalId: external(account), tags: {} });
const attribute = (name: string) => ({ Value: { 'Fn::GetAtt': ['First', name] } });
const idOf = async (account: string) => (await aws.ask('eks', 'list-pod-identity-associations', '--cluster-name', 'test', '--service-account', account)).associations[0].associationId;

let first: string;

test('a stack creates an association, whose service account need not exist', async () => {
  const state = await change({ First: association('test', 'first', 'one') }, { Arn: attribute('AssociationArn'), Id: attribute('AssociationId'), External: attribute('ExternalId') });
  expect(state).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  first = await idOf('first');
  const { Stacks: [{ Outputs }] } = await aws.ask('cloudformation', 'describe-stacks', '--stack-name', 'test');
  expect(Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]))).toEqual({
    Arn: `arn:aws:eks:us-west-2:123456789012:podidentityassociation/test/${first}`, Id: expect.stringMatching(/^a-[a-z0-9]{17}$/), External: external('first'),
  });
  expect(await associationsOf(aws, 'test')).toEqual({ first: plain('one', 'first') });
});

test('an update changes role, target role, session tags, policy, and tags in place', async () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const target = 'arn:aws:iam::222233334444:role/not-checked';
  const properties = { TargetRoleArn: target, DisableSessionTags: true, Policy: policy, Tags: [{ Key: 'team', Value: 'data' }] };
  expect(await change({ First: association('test', 'first', 'two', properties) })).toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await associationsOf(aws, 'test')).toEqual({
    first: { ...plain('two', 'first'), targetRoleArn: target, disableSessionTags: true, policy, tags: { team: 'data' } },
  });
  expect(await idOf('first')).toBe(first);
});

test('another service account replaces the association', async () => {
  expect(await change({ First: association('test', 'second', 'one') })).toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await associationsOf(aws, 'test')).toEqual({ second: plain('one', 'second') });
  expect(await idOf('second')).not.toBe(first);
});

const create = (account: string, role: string, ...more: string[]) => aws.aws([
  'eks', 'create-pod-identity-association', '--cluster-name', 'test', '--namespace', 'default', '--service-account', account, '--role-arn', role, ...more,
]);
const policy = (characters: number) => JSON.stringify({ Version: '2012-10-17', Statement: [], Id: 'x'.repeat(characters - 47) });

test.each([
  ['a second association of a service account', 'second', arnOf('two'), [], /\(ResourceInUseException\) when .*: Association already exists: a-[a-z0-9]{17}$/],
  ['a cluster that does not exist', 'third', arnOf('one'), ['--cluster-name', 'none'], /\(ResourceNotFoundException\) when .*: No cluster found for name: none\.$/],
  ['a role that does not exist', 'third', arnOf('none'), [], /\(InvalidParameterException\) when .*: Role provided in the request does not exist\.$/],
  ['a role of another AWS account', 'third', 'arn:aws:iam::222233334444:role/one', [], /\(InvalidParameterException\) when .*: Cross-account pass role is not allowed\.$/],
  ['a role that does not trust EKS Pod Identity', 'third', arnOf('untrusting'), [],
    /\(InvalidParameterException\) when .*: Trust policy of the role provided is invalid\. Follow the official documentation to resolve the issue\.$/],
  ['a policy with session tags', 'third', arnOf('one'), ['--policy', '{}'],
    /\(InvalidParameterException\) when .*: disableSessionTags must be true if the association has a policy$/],
  ['a policy that is too long', 'third', arnOf('one'), ['--disable-session-tags', '--policy', policy(2049)],
    /\(InvalidParameterException\) when .*: the policy has 2049 characters, and may have 2048$/],
  ['a policy that is not JSON', 'third', arnOf('one'), ['--disable-session-tags', '--policy', '{'], /\(InvalidParameterException\) when .*: the policy is not JSON: /],
])('EKS refuses %s', async (_, account, role, more, message) => {
  const { code, output } = await create(account, role, ...more);
  expect([code, output.trim()]).toEqual([expect.any(Number), expect.stringMatching(message)]);
  expect(code).not.toBe(0);
});

test('EKS accepts a policy of the maximum length', async () => {
  expect((await create('longest', arnOf('one'), '--disable-session-tags', '--policy', policy(2048))).code).toBe(0);
  await aws.ask('eks', 'delete-pod-identity-association', '--cluster-name', 'test', '--association-id', await idOf('longest'));
  expect(await associationsOf(aws, 'test')).toEqual({ second: plain('one', 'second') });
});

describe('a stack fails with', () => {
  test('an association of a service account that has one, and the one that it has stays', async () => {
    const { status, failures } = await change({ First: association('test', 'second', 'one'), Added: association('test', 'second', 'two') });
    expect([status, failures.at(-1)]).toEqual([
      'UPDATE_ROLLBACK_COMPLETE', expect.stringMatching(/^CREATE_FAILED Added: ResourceInUseException: Association already exists: a-[a-z0-9]{17}$/),
    ]);
    expect(await associationsOf(aws, 'test')).toEqual({ second: plain('one', 'second') });
  });

  test('an update that EKS refuses, and the association stays as it was', async () => {
    const { status, failures } = await change({ First: association('test', 'second', 'none') });
    expect([status, failures.at(-1)]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED First: InvalidParameterException: Role provided in the request does not exist.']);
    expect(await associationsOf(aws, 'test')).toEqual({ second: plain('one', 'second') });
  });
});

test('a stack deletes its association, even if it is gone already', async () => {
  await change({ First: association('test', 'second', 'one'), Gone: association('test', 'gone', 'one') });
  await aws.ask('eks', 'delete-pod-identity-association', '--cluster-name', 'test', '--association-id', await idOf('gone'));
  await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'test');
  expect(await associationsOf(aws, 'test')).toEqual({});
  const { Stacks } = await aws.ask('cloudformation', 'describe-stacks');
  expect(Stacks).toEqual([]);
});
