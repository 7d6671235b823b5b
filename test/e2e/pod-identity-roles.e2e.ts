import { askAgent, associate, boundTo, environmentOf, inHours, installAgent, makeRole, podTrust } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

const CLUSTER = 'arn:aws:eks:us-west-2:123456789012:cluster/test';
const OTHER_ACCOUNT = '222233334444';

let aws: LocalAws;
let uri: string;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await makeBuckets(aws);
  await aws.control({ do: 'start_cluster', name: 'test' });
  await installAgent(aws, 'test');
  uri = await aws.control({ do: 'pod_identity_agent', cluster: 'test' });
});
afterAll(() => aws?.stop());

const ask = async (account: string) => askAgent(uri, await aws.control({ do: 'token', cluster: 'test', namespace: 'default', account, audience: 'pods.eks.amazonaws.com' }));
const allow = (role: string, action: string | string[], Resource = '*') => aws.ask('iam', 'put-role-policy', '--role-name', role, '--policy-name', 'allowed',
  '--policy-document', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource }] }));

describe('a role with session tags', () => {
  beforeAll(async () => {
    await makeRole(aws, 'tags');
    await associate(aws, 'test', 'tags', 'tags');
  });

  test.each<[string, string, object]>([
    ['bound to cluster, namespace and account', 'accepted', podTrust(boundTo('test', 'tags'))],
    ['bound to another cluster', 'AccessDeniedException', podTrust(boundTo('other', 'tags'))],
    ['bound to another account', 'AccessDeniedException', podTrust(boundTo('test', 'other'))],
    ['bound to one of several accounts', 'accepted', podTrust({ StringEquals: { 'aws:RequestTag/kubernetes-service-account': ['other', 'tags'] } })],
    ['bound to a pod by its name', 'accepted', podTrust({ StringEquals: { 'aws:RequestTag/kubernetes-pod-name': 'pod' }, StringLike: { 'aws:RequestTag/kubernetes-pod-uid': '*-*-*-*-*' } })],
    ['bound to the name of the cluster', 'accepted', podTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'test' } })],
    ['bound to the AWS account and the cluster', 'accepted', podTrust({ StringEquals: { 'aws:SourceAccount': '123456789012' }, ArnEquals: { 'aws:SourceArn': CLUSTER } })],
    ['bound to another AWS account', 'AccessDeniedException', podTrust({ StringEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } })],
    // https://github.com/awslabs/mountpoint-s3-csi-driver/issues/781
    ['bound to the ARN of associations', 'AccessDeniedException', podTrust({ ArnLike: { 'aws:SourceArn': 'arn:aws:eks:*:123456789012:podidentityassociation/test/*' } })],
    ['without sts:TagSession', 'AccessDeniedException', podTrust({}, 'sts:AssumeRole')],
    ['bound to the name of the session', 'accepted', podTrust({ StringLike: { 'sts:RoleSessionName': 'eks-test-pod-*' } })],
    ['bound to any account but another', 'accepted', podTrust({ StringNotEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } })],
    ['bound to all keys of session tags', 'accepted', podTrust({ 'ForAllValues:StringLike': { 'aws:TagKeys': ['eks-*', 'kubernetes-*'] } })],
    ['bound to other keys of session tags', 'AccessDeniedException', podTrust({ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'team' } })],
  ])('%s: %s', async (_, expected, trust) => {
    await aws.ask('iam', 'update-assume-role-policy', '--role-name', 'tags', '--policy-document', JSON.stringify(trust));
    expect((await ask('tags')).outcome).toBe(expected);
  });
});

// moto refuses such an update of a role, and IAM does not
test.each<[string, string, object[]]>([
  ['allows', 'accepted', []],
  ['denies', 'AccessDeniedException', [{ Effect: 'Deny', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:Tag*' }]],
])('a role whose trust policy %s actions with a wildcard: %s', async (effect, expected, more) => {
  const trust = podTrust({}, 'STS:*');
  await makeRole(aws, effect, { ...trust, Statement: [...trust.Statement, ...more] });
  await associate(aws, 'test', effect, effect);
  expect((await ask(effect)).outcome).toBe(expected);
});

describe('a role without session tags', () => {
  beforeAll(async () => {
    await makeRole(aws, 'plain');
    const statement = { Effect: 'Allow', Action: 's3:List*', Resource: '*' };
    await associate(aws, 'test', 'plain', 'plain', '--disable-session-tags');
    await associate(aws, 'test', 'restricted', 'plain', '--disable-session-tags', '--policy', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    await allow('plain', ['s3:*', 'iam:ListRoles']);
  });

  test.each<[string, string, object]>([
    ['without sts:TagSession', 'accepted', podTrust({}, 'sts:AssumeRole')],
    ['bound to the AWS account and the cluster', 'accepted', podTrust({ StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': CLUSTER } })],
    ['bound to tags', 'AccessDeniedException', podTrust(boundTo('test', 'plain'))],
  ])('%s: %s', async (_, expected, trust) => {
    await aws.ask('iam', 'update-assume-role-policy', '--role-name', 'plain', '--policy-document', JSON.stringify(trust));
    expect((await ask('plain')).outcome).toBe(expected);
  });

  test('has only the permissions that the policy of the association contains, too', async () => {
    await aws.ask('iam', 'update-assume-role-policy', '--role-name', 'plain', '--policy-document', JSON.stringify(podTrust({})));
    const may = async (account: string) => {
      const as = environmentOf((await ask(account)).credentials);
      const commands = [['s3', 'ls'], ['iam', 'list-roles'], ['s3api', 'delete-bucket', '--bucket', 'none'], ['sts', 'get-caller-identity']];
      return Promise.all(commands.map(async (command) => (await aws.aws(command, as)).output.match(/\((\w+)\)/)?.[1] ?? 'allowed'));
    };
    expect(await may('plain')).toEqual(['allowed', 'allowed', 'NoSuchBucket', 'allowed']);
    expect(await may('restricted')).toEqual(['allowed', 'AccessDenied', 'AccessDenied', 'allowed']);
  });
});

describe('a target role in another AWS account', () => {
  const TARGET = `arn:aws:iam::${OTHER_ACCOUNT}:role/target`;
  const BOTH = ['sts:AssumeRole', 'sts:TagSession'];
  const PRINCIPAL = { ArnEquals: { 'aws:PrincipalArn': arnOf('primary') } };
  const EXTERNAL = { StringEquals: { 'sts:ExternalId': 'us-west-2/123456789012/test/default/external' }, ...PRINCIPAL };
  const trust = (Condition: object, Action: string | string[] = BOTH) => ({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action, Condition }],
  });
  let there: NodeJS.ProcessEnv;

  beforeAll(async () => {
    await makeRole(aws, 'primary');
    await associate(aws, 'test', 'tagged', 'primary', '--target-role-arn', TARGET);
    await associate(aws, 'test', 'external', 'primary', '--target-role-arn', TARGET, '--disable-session-tags');
    const { Credentials } = await aws.ask('sts', 'assume-role', '--role-arn', `arn:aws:iam::${OTHER_ACCOUNT}:role/cdk-administrator`, '--role-session-name', 'test');
    there = environmentOf({ ...Credentials, Token: Credentials.SessionToken });
    await makeRole(aws, 'target', trust({}), there);
  });

  test.each<[string, string, string, string | string[], object]>([
    ['bound to session tags', 'accepted', 'tagged', BOTH, trust({ ...boundTo('test', 'tagged'), ...PRINCIPAL })],
    ['bound to other session tags', 'AccessDeniedException', 'tagged', BOTH, trust({ ...boundTo('test', 'other'), ...PRINCIPAL })],
    ['bound to another role', 'AccessDeniedException', 'tagged', BOTH, trust({ ArnEquals: { 'aws:PrincipalArn': arnOf('other') } })],
    ['with session tags, without sts:TagSession in its trust policy', 'AccessDeniedException', 'tagged', BOTH, trust(PRINCIPAL, 'sts:AssumeRole')],
    ['with session tags, bound to an external ID', 'AccessDeniedException', 'tagged', BOTH, trust({ StringLike: { 'sts:ExternalId': '*' } })],
    ['with session tags, without the permission sts:TagSession of the first role', 'AccessDeniedException', 'tagged', 'sts:AssumeRole', trust(PRINCIPAL)],
    ['without the permission sts:AssumeRole of the first role', 'AccessDeniedException', 'tagged', 'sts:TagSession', trust(PRINCIPAL)],
    ['without session tags, bound to the external ID', 'accepted', 'external', 'sts:AssumeRole', trust(EXTERNAL, 'sts:AssumeRole')],
    ['without session tags, bound to another external ID', 'AccessDeniedException', 'external', BOTH, trust({ StringEquals: { 'sts:ExternalId': 'us-west-2/123456789012/test/default/other' } })],
    ['without session tags, bound to them', 'AccessDeniedException', 'external', BOTH, trust(boundTo('test', 'external'))],
  ])('%s: %s', async (_, expected, account, permissions, document) => {
    await allow('primary', permissions, TARGET);
    await aws.aws(['iam', 'update-assume-role-policy', '--role-name', 'target', '--policy-document', JSON.stringify(document)], there);
    const { outcome, credentials } = await ask(account);
    expect([outcome, credentials?.AccountId]).toEqual([expected, expected === 'accepted' ? OTHER_ACCOUNT : undefined]);
  });

  test('is assumed for an hour, by a session of the role that ends with it', async () => {
    await allow('primary', BOTH, TARGET);
    await aws.aws(['iam', 'update-assume-role-policy', '--role-name', 'target', '--policy-document', JSON.stringify(trust(PRINCIPAL))], there);
    const before = inHours(1);
    const { credentials } = await ask('tagged');
    expect(Date.parse(credentials.Expiration)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(credentials.Expiration)).toBeLessThanOrEqual(inHours(1));
    const { output } = await aws.aws(['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], environmentOf(credentials));
    expect(output).toMatch(new RegExp(`^arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/target/eks-test-pod-`));
  });
});
