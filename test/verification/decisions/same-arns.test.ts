import { verification } from '../../../lib';
import { allow, association, clusterTemplate, podIdentityTrust, role } from '../templates';

const { PodAccess, AccessDiff } = verification;
type Json = { [key: string]: any };
type Order = ReadonlyArray<'App' | 'Other'>;

const LIST = 'sqs:ListQueues';
const SETTLED = 'which of App/Reader and Other/Reader is deployed, because they share the ARN arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader: '
  + 'leave the others out of the templates, or name them apart';
const ORDERS: Order[] = [['App', 'Other'], ['Other', 'App']];
const LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const named = ({ Type, Properties }: Json, name: string): Json => ({ Type, Properties: { ...Properties, RoleName: name } });
const reader = (...statements: Json[]): Json => named(role(podIdentityTrust(), ...statements), 'reader');

/** An app whose pods have a role, and another stack. */
function read(app: Json, other: Json, order: Order = ORDERS[0]) {
  const templates: Json = { App: clusterTemplate({ Association: association('reader', 'Reader'), ...app }).stack, Other: { Resources: other } };
  return PodAccess.fromTemplates(Object.fromEntries(order.map((name) => [name, templates[name]])));
}
const pods = (app: Json, other: Json, order?: Order) => read({ Reader: app }, { Reader: other }, order).pod({ serviceAccountName: 'reader' });

describe.each(ORDERS)('of two roles with one ARN, in the stacks %s and %s,', (...order) => {
  test.each<[string, Json, Json, 'ALLOWED' | 'DENIED' | 'UNKNOWN']>([
    ['each that allows an action allows it for certain', reader(allow(LIST)), reader(allow('sqs:*')), 'ALLOWED'],
    ['none that allows it denies it for certain', reader(), reader(allow('sns:*')), 'DENIED'],
    ['one that allows it is not enough', reader(allow(LIST)), reader(), 'UNKNOWN'],
    ['the other one that allows it is not enough', reader(), reader(allow(LIST)), 'UNKNOWN'],
    ['one that does not trust the pods is not enough', reader(allow(LIST)), named(role(LAMBDA, allow(LIST)), 'reader'), 'UNKNOWN'],
    ['the other one that trusts the pods is not enough', named(role(LAMBDA, allow(LIST)), 'reader'), reader(allow(LIST)), 'UNKNOWN'],
    ['two names that differ are two roles', reader(allow(LIST)), named(role(podIdentityTrust()), 'other'), 'ALLOWED'],
  ])('%s', (_, app, other, outcome) => {
    const decision = pods(app, other, order).decide(LIST);
    expect(decision.outcome).toBe(outcome);
    expect(decision.missing.filter((what) => what.includes('share the ARN'))).toHaveLength(outcome === 'UNKNOWN' ? 1 : 0);
  });
});

test('an answer that differs says which two resources share an ARN, and what settles it', () => {
  const access = read({ Reader: reader(allow(LIST)) }, { Reader: reader() });
  expect(access.pod({ serviceAccountName: 'reader' }).decide(LIST).missing).toEqual([
    'with App/Reader instead of Other/Reader, the outcome is ALLOWED',
    'with Other/Reader instead of App/Reader, the outcome is DENIED',
    SETTLED,
  ]);
  expect(access.findings.filter(({ id }) => id === 'same-arn').map(({ message }) => message)).toEqual([
    'App/Reader and Other/Reader share the ARN arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader, so that AWS has only one of them: '
      + 'leave the others out of the templates, or name them apart',
  ]);
});

test.each(['reader', 'App/Reader', 'Other/Reader'])('sessions of a role, named as %s, are those of each role with its ARN', (name) => {
  const outcomes = (...roles: [Json, Json]) => read({ Reader: roles[0] }, { Reader: roles[1] }).roleNamed(name).decide(LIST).outcome;
  expect([outcomes(reader(allow(LIST)), reader(allow(LIST))), outcomes(reader(allow(LIST)), reader()), outcomes(reader(), reader())]).toEqual(['ALLOWED', 'UNKNOWN', 'DENIED']);
});

test('assertOnly finds what another role with the ARN allows', () => {
  const access = read({ Reader: reader() }, { Reader: named(role(LAMBDA, allow('sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:news')), 'reader') });
  const onlyNobody = () => access.assertOnly('sns:Publish', { principals: [], resource: 'arn:aws:sns:eu-west-1:111122223333:news' });
  expect(onlyNobody).toThrow('sessions of role Reader');
});

describe.each(['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'])('a policy of the type %s', (Type) => {
  const attached = (action: string): Json => ({
    Reader: reader(),
    Policy: {
      Type,
      Properties: {
        ...(Type === 'AWS::IAM::RolePolicy' ? { RoleName: { Ref: 'Reader' } } : { Roles: [{ Ref: 'Reader' }] }),
        ...(Type !== 'AWS::IAM::ManagedPolicy' && { PolicyName: action.replace(':', '-') }),
        PolicyDocument: { Version: '2012-10-17', Statement: [allow(action)] },
      },
    },
  });

  test('is of the role of its own stack', () => {
    const access = read(attached(LIST), attached('sns:ListTopics'));
    const outcomes = [LIST, 'sns:ListTopics', 's3:ListAllMyBuckets'].map((action) => access.pod({ serviceAccountName: 'reader' }).decide(action).outcome);
    expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
  });
});

describe.each<[string, Json, Json, string]>([
  ['buckets', { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } }, { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Own' } } }, 's3:GetObject'],
  ['queues', { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'data' } }, { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Own' }] } }, 'sqs:SendMessage'],
])('of two %s with one name', (_, resource, policy, action) => {
  const own = (Effect?: string): Json => ({
    Own: resource,
    ...Effect && {
      Policy: {
        ...policy,
        Properties: { ...policy.Properties, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect, Principal: '*', Action: action, Resource: '*' }] } },
      },
    },
  });
  const outcome = (app?: string, other?: string, statements: Json[] = []) =>
    read({ Reader: reader(...statements), ...own(app) }, own(other)).pod({ serviceAccountName: 'reader' }).decide(action).outcome;

  test('the policies of both are considered', () => {
    expect([outcome('Allow'), outcome(undefined, 'Allow'), outcome('Allow', 'Allow'), outcome()]).toEqual(['UNKNOWN', 'UNKNOWN', 'ALLOWED', 'DENIED']);
  });
});

test.each<[string, Json]>([
  ['one is encrypted with an AWS managed key', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } }],
  ['one restricts public policies', { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }],
])('two buckets with one name are not the same if %s', (_, properties) => {
  const bucket = (more: Json = {}): Json => ({ Own: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', ...more } } });
  const isFound = (other: Json) => read({ Reader: reader(), ...bucket() }, other).findings.some(({ id }) => id === 'same-arn');
  expect([isFound(bucket(properties)), isFound(bucket())]).toEqual([true, false]);
});

test('of two managed policies with one ARN, a role has that of its stack, and a role elsewhere one that is not known', () => {
  const managed = (...statements: Json[]): Json => ({
    Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'shared', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
  });
  const withPolicy = (arn: unknown): Json => ({ Type: 'AWS::IAM::Role', Properties: { ...role(LAMBDA).Properties, ManagedPolicyArns: [arn] } });
  const access = PodAccess.fromTemplates({
    One: { Resources: { Shared: managed(allow(LIST)), Own: withPolicy({ Ref: 'Shared' }) } },
    Two: { Resources: { Shared: managed(allow('sns:ListTopics')) } },
    Three: { Resources: { Elsewhere: withPolicy({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/shared' }) } },
  });
  expect(access.roleNamed('Own').decide(LIST).outcome).toBe('ALLOWED');
  expect(access.roleNamed('Own').decide('sns:ListTopics').outcome).toBe('DENIED');
  expect(access.roleNamed('Elsewhere').decide(LIST).outcome).toBe('UNKNOWN');
  expect(access.roleNamed('Elsewhere').decide('sns:ListTopics').missing.join()).toContain('one of the managed policies One/Shared and Two/Shared, which share an ARN');
});

test('a comparison shows what another role with the ARN allows', () => {
  const [before, after] = [{}, { Reader: reader(allow(LIST)) }].map((other) => read({ Reader: reader() }, { Topic: { Type: 'AWS::SNS::Topic' }, ...other }));
  const { changes } = AccessDiff.between(before, after);
  expect(changes.filter(({ kind }) => kind === 'GAINED').map(({ affected, what }) => [affected, what])).toEqual([
    [['pods of service account default/reader'], expect.stringMatching(/is allowed sqs:ListQueues on \* by inline policy "own".*\(where Other\/Reader instead of App\/Reader\)$/)],
  ]);
});

test('with too many stacks whose resources have one ARN, nothing is certain, and the answer says so', () => {
  const stacks = Array.from({ length: 7 }, (_, i) => i);
  const templates = stacks.flatMap((i) => ['a', 'b'].map((letter): [string, Json] =>
    [`${letter}${i}`, { Resources: { Role: named(role(LAMBDA, allow(letter === 'a' ? LIST : 'sns:ListTopics')), `role-${i}`) } }]));
  const decision = PodAccess.fromTemplates(Object.fromEntries(templates)).roleNamed('a0/Role').decide('s3:ListAllMyBuckets');
  expect(decision.outcome).toBe('UNKNOWN');
  expect(decision.missing).toContain('which of the resources with one ARN are deployed, of which there are too many: leave some of them out of the templates, or name them apart');
});

describe.each(ORDERS)('of two users or groups with one ARN, in the stacks %s and %s,', (...order) => {
  const holder = (type: string, properties: Json, statements: Json[]): Json => ({
    Type: `AWS::IAM::${type}`,
    Properties: { ...properties, Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('sns:ListTopics'), ...statements] } }] },
  });
  const user = (...statements: Json[]): Json => ({ User: holder('User', { UserName: 'mailer' }, statements) });
  const group = (...statements: Json[]): Json => ({ Group: holder('Group', { GroupName: 'mailers' }, statements) });
  const MEMBER = { User: holder('User', { UserName: 'mailer', Groups: ['mailers'] }, []) };
  /** The pods may read a key of the user. */
  const WITH_KEY = {
    Reader: reader(allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })),
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'mailer' } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
  };
  const readWithKey = (app: Json, other: Json) => read({ ...WITH_KEY, ...app }, other, order);

  test.each<[string, Json, Json, 'ALLOWED' | 'DENIED' | 'UNKNOWN']>([
    ['one allows it', user(allow(LIST)), user(), 'UNKNOWN'],
    ['the other one allows it', user(), user(allow(LIST)), 'UNKNOWN'],
    ['neither allows it', user(), user(allow('sns:*')), 'DENIED'],
    ['the group of one of them is that of its own stack, which allows it', { ...MEMBER, ...group(allow(LIST)) }, group(), 'UNKNOWN'],
    ['the group of one of them is that of its own stack, which does not allow it', { ...MEMBER, ...group() }, group(allow(LIST)), 'DENIED'],
  ])('a key is that of either: %s', (_, app, other, outcome) => {
    expect(readWithKey(app, other).pod({ serviceAccountName: 'reader' }).decide(LIST).outcome).toBe(outcome);
  });

  test.each<[string, (...statements: Json[]) => Json]>([['user User', user], ['whoever is in group Group', group]])('nobody but %s is allowed what one of both allows', (name, make) => {
    const others = ([app, other]: Json[]) => {
      try {
        read({ Reader: reader(), ...app }, other, order).assertOnly(LIST, { principals: [] });
        return '';
      } catch ({ message }: any) {
        return message;
      }
    };
    const nodes = (message: string) => message.replace('nodes of nodegroup', '');
    const found = [[make(allow(LIST)), make()], [make(), make(allow(LIST))]].map(others).map(nodes);
    expect(found).toEqual([expect.stringContaining(name), expect.stringContaining(name)]);
    expect(others([make(), make(allow('sns:*'))])).not.toContain(name);
  });
});

test('a user may be in either of two groups with its name, in other stacks', () => {
  const group = (action: string): Json => ({
    Group: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'mailers', Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(action)] } }] } },
  });
  const outcomes = (...groups: Json[]) => {
    const stacks = Object.fromEntries(groups.map((Resources, i) => [`Group${i}`, { Resources }]));
    const app = {
      User: { Type: 'AWS::IAM::User', Properties: { Groups: ['mailers'] } },
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
      Reader: reader(allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })),
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
      Association: association('reader', 'Reader'),
    };
    const pod = PodAccess.fromTemplates({ App: clusterTemplate(app).stack, ...stacks }).pod({ serviceAccountName: 'reader' });
    return ['sns:ListTopics', LIST].map((action) => pod.decide(action).outcome);
  };
  expect(outcomes(group('sns:ListTopics'))).toEqual(['UNKNOWN', 'DENIED']);
  expect(outcomes(group('sns:ListTopics'), group(LIST))).toEqual(['UNKNOWN', 'UNKNOWN']);
  expect(outcomes(group(LIST), group('sns:ListTopics'))).toEqual(['UNKNOWN', 'UNKNOWN']);
});
