import { ACCOUNT, accessTo, ALLOWED, complete, decide, decideIn, DENIED, Question, READER_ARN, reader, REGION, shown, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, association, clusterTemplate, deny, objects, podIdentityTrust, role, trustOf } from '../../templates';

const LIST = 'sqs:ListQueues';
const BUCKET = 'arn:aws:s3:::data';
const GET = 's3:GetObject';
const LIST_BUCKETS = 's3:ListAllMyBuckets';
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const MANAGED = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonS3ReadOnlyAccess']] };

describe('a managed policy of AWS', () => {
  const managed = reader([], { ManagedPolicyArns: [MANAGED] });
  test.each(complete([
    ['is that of the partition aws, if the partition is not known', managed, ALLOWED, { parameters: { 'AWS::Region': undefined } }],
    ['is not known in the partition of China', managed, UNKNOWN, { parameters: { 'AWS::Region': 'cn-north-1' } }],
    ['is not known in a region whose partition is not known, such as one of a new sovereign cloud', managed, UNKNOWN, { parameters: { 'AWS::Region': 'xx-new-1' } }],
    ['that is not in the data is unknown', reader([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/OfTheFuture'] }), UNKNOWN],
    ['that denies is asked, too', { ...reader([allow('*')], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSDenyAll'] }) }, DENIED],
    ['is one of an unknown number, if only the deployment knows the list', reader([allow('*')], { ManagedPolicyArns: { Ref: 'Arns' } }), UNKNOWN],
    ['is one of an unknown number, if a text is split that only the deployment knows', reader([allow('*')], { ManagedPolicyArns: { 'Fn::Split': [',', { Ref: 'Text' }] } }), UNKNOWN],
  ]))('%s', (_, resources, expected, question) => {
    const sections = { Parameters: { Arns: { Type: 'CommaDelimitedList' }, Text: { Type: 'String' } } };
    expect(shown(decide(resources, { action: LIST_BUCKETS, ...question }, sections))).toBe(expected);
  });

  test('is one of an assumed partition in explanations', () => {
    const decision = decide(managed, { action: LIST_BUCKETS, parameters: { 'AWS::Region': undefined } });
    expect(`${decision}`).toMatch(/Assumed: .*the managed policies of AWS are those of the partition aws/);
    expect(`${decide(managed, { action: LIST_BUCKETS })}`).not.toContain('partition aws');
    expect(accessTo(clusterTemplate(managed), { parameters: { 'AWS::Region': undefined } }).findings.map(({ id }) => id)).toContain('partition-assumed');
  });
});

describe('tags', () => {
  const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', Tags: [{ Key: 'team', Value: 'a' }] } } };
  const enabled = { Bucket: { ...bucket.Bucket, Properties: { ...bucket.Bucket.Properties, AbacStatus: 'Enabled' } } };
  const ifTeam = (key: string, operator = 'StringEquals') => ({ Condition: { [operator]: { [key]: 'a' } } });
  const get = { action: GET, resource: `${BUCKET}/x` };
  const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', Tags: [{ Key: 'team', Value: 'a' }] } } };
  const send = { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs` };
  const ofRole = { Tags: [{ Key: 'Team', Value: 'a' }] };
  test.each(complete([
    ['of a bucket are no condition keys of its objects unless it enables them', { ...reader([allow(GET, '*', ifTeam('aws:ResourceTag/team'))]), ...bucket }, DENIED, get],
    ['of a bucket are none, so that a denial matches', { ...reader([allow(GET), deny(GET, '*', ifTeam('aws:ResourceTag/team', 'StringNotEquals'))]), ...bucket }, DENIED, get],
    ['of a bucket may be condition keys where it enables them', { ...reader([allow(GET, '*', ifTeam('aws:ResourceTag/team'))]), ...enabled }, UNKNOWN, get],
    ['of a queue are condition keys', { ...reader([allow('sqs:SendMessage', '*', ifTeam('aws:ResourceTag/team'))]), ...queue }, ALLOWED, send],
    ['of a role are condition keys, in any case', reader([allow(LIST, '*', ifTeam('aws:PrincipalTag/team'))], ofRole), ALLOWED],
    ['of a role that the template does not have may come from the stack', reader([allow(LIST, '*', ifTeam('aws:PrincipalTag/team'))]), UNKNOWN],
    ['of a role may be those of the stack, so that a denial may match', reader([allow(LIST), deny(LIST, '*', ifTeam('aws:PrincipalTag/team', 'StringNotEquals'))]), UNKNOWN],
    ['of a session win', {
      Reader: { ...role(podIdentityTrust(), allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } } })) },
      Association: association('app', 'Reader'),
    }, ALLOWED],
    ['of IRSA are none, but for those of the role and the stack', reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'default' } } })]), UNKNOWN],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: LIST, ...question } as Question))).toBe(expected);
  });
});

describe('a condition of the templates', () => {
  const equals = (name: string, value: string) => ({ 'Fn::Equals': [{ Ref: name }, value] });
  const sections = {
    Parameters: { Env: { Type: 'String' }, List: { Type: 'CommaDelimitedList' } },
    Conditions: { IsProd: equals('Env', 'prod'), IsDev: equals('Env', 'dev'), IsNotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] }, CDKMetadataAvailable: { 'Fn::Or': Array.from({ length: 30 }, (_, i) => ({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, `r-${i}`] })) } },
  };
  const choose = (condition: string, one: unknown, other: unknown) => ({ 'Fn::If': [condition, one, other] });
  const none = { Ref: 'AWS::NoValue' };
  const limit = { Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('s3:*')) } } };
  test.each(complete([
    ['decides about a statement', reader([choose('IsProd', allow(LIST), allow('s3:*')) as object]), UNKNOWN],
    ['makes no difference if both outcomes allow', reader([choose('IsProd', allow(LIST), allow('sqs:*')) as object]), ALLOWED],
    ['makes no difference if no outcome allows', reader([choose('IsProd', allow('s3:*'), allow('sns:*')) as object]), DENIED],
    ['decides within a text', reader([{ ...allow(LIST), Action: { 'Fn::Join': ['', ['sqs:', choose('IsProd', 'ListQueues', 'SendMessage')]] } }]), UNKNOWN],
    ['decides about an item of a list', reader([], { ManagedPolicyArns: [choose('IsProd', 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess', none)] }), UNKNOWN],
    ['decides whether there is a boundary, which is broader without', { ...limit, ...reader([allow(LIST)], { PermissionsBoundary: choose('IsProd', arnOf('Limit'), none) }) }, UNKNOWN],
    ['has one outcome everywhere', { ...reader([allow(LIST, '*', { Sid: 'A' }), choose('IsNotProd', deny(LIST), none) as object], { ManagedPolicyArns: [choose('IsProd', 'arn:aws:iam::aws:policy/AWSDenyAll', none)] }) }, DENIED],
    ['excludes another of the same value', reader([allow('s3:*'), choose('IsProd', choose('IsDev', allow(LIST), none), none) as object]), DENIED],
    ['of CDK metadata makes no difference', { ...reader([allow(LIST)]), CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'CDKMetadataAvailable' } }, ALLOWED, { parameters: { 'AWS::Region': undefined } }],
    ['decides whether a service account exists, but not whether its token is trusted', {
      ...reader([allow(LIST)]), Objects: { ...objects(account('app', 'Reader')), Condition: 'IsProd' },
    }, 'ALLOWED, by default UNKNOWN'],
    ['decides which trust policy a role has', { ...reader([allow(LIST)], { AssumeRolePolicyDocument: choose('IsProd', trustOf('default:app'), trustOf('default:other')) }) }, UNKNOWN],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: LIST, ...question }, sections))).toBe(expected);
  });

  test('is named if it decides', () => {
    expect(`${decide(reader([choose('IsProd', allow(LIST), allow('s3:*')) as object]), { action: LIST }, sections)}`).toMatch(/with IsProd .*, the outcome is ALLOWED/);
  });

  test('is one of too many, so that nothing that depends on them is certain', () => {
    const names = Array.from({ length: 8 }, (_, i) => `C${i}`);
    const many = {
      Parameters: Object.fromEntries(names.map((name) => [`P${name}`, { Type: 'String' }])),
      Conditions: Object.fromEntries(names.map((name) => [name, equals(`P${name}`, 'x')])),
    };
    const statements = names.map((name) => choose(name, allow(LIST), allow('s3:*')) as object);
    expect(shown(decide(reader(statements), { action: LIST }, many))).toBe(UNKNOWN);
    expect(shown(decide(reader([allow(LIST), ...statements]), { action: LIST }, many))).toBe(UNKNOWN);
    expect(shown(decide(reader(statements), { action: 'ec2:RunInstances' }, many))).toBe(UNKNOWN);
  });
});

describe('a list that only the deployment knows', () => {
  const sections = { Parameters: { List: { Type: 'CommaDelimitedList' } } };
  test.each(complete([
    ['can have an action that is denied', reader([allow(LIST), { ...deny('x:Y'), Action: { Ref: 'List' } }]), UNKNOWN],
    ['can have an action that is allowed', reader([{ ...allow('x:Y'), Action: { Ref: 'List' } }]), UNKNOWN],
    ['can have an action that is not excluded', reader([{ Effect: 'Allow', NotAction: { Ref: 'List' }, Resource: '*' }]), UNKNOWN],
    ['can be among known actions', reader([{ ...allow('x:Y'), Action: ['s3:GetObject', { Ref: 'List' }] }]), UNKNOWN],
    ['can have a role that is denied', { ...reader([allow(GET)]), Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } }, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: document({ ...deny(GET), Principal: { AWS: { Ref: 'List' } } }) } } }, UNKNOWN, { action: GET, resource: `${BUCKET}/x` }],
    ['can have a value of a condition', reader([allow(LIST, '*', { Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'List' } } } })]), UNKNOWN],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: LIST, ...question }, sections))).toBe(expected);
  });
});

describe('a policy', () => {
  const twice = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"},"Effect":"Deny"}]}';
  const variables = (Version: string | undefined, Resource: string) => reader([], { Tags: [{ Key: 'bucket', Value: 'data' }], Policies: [{ PolicyName: 'own', PolicyDocument: { Version, Statement: [allow(GET, Resource)] } }] });
  const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } } };
  const get = { action: GET, resource: `${BUCKET}/x` };
  test.each(complete([
    ['with a key that is there twice is unknown', { ...reader([allow('sts:AssumeRole')]), Target: { ...role({}, allow(LIST)), Properties: { ...role({}, allow(LIST)).Properties, AssumeRolePolicyDocument: twice } } }, 'UNKNOWN, by default DENIED'],
    ['of 2012 has variables', { ...variables('2012-10-17', 'arn:aws:s3:::${aws:PrincipalTag/bucket}/*'), ...bucket }, ALLOWED, get],
    ['of 2008 has none', { ...variables('2008-10-17', 'arn:aws:s3:::${aws:PrincipalTag/bucket}/*'), ...bucket }, DENIED, get],
    ['without a version has none', { ...variables(undefined, 'arn:aws:s3:::${aws:PrincipalTag/bucket}/*'), ...bucket }, DENIED, get],
    ['with an incomplete ARN is not certain', { ...reader([allow('sqs:SendMessage', 'arn:aws:sqs')]), Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } }, UNKNOWN, { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs` }],
    ['compares the value of a variable as it is', {
      ...reader([], { Tags: [{ Key: 'bucket', Value: '*' }], Policies: [{ PolicyName: 'own', PolicyDocument: document(allow(GET, 'arn:aws:s3:::${aws:PrincipalTag/bucket}/x')) }] }), ...bucket,
    }, DENIED, get],
    ['has keys of sessions: when the token was issued', reader([allow(LIST, '*', { Condition: { Null: { 'aws:TokenIssueTime': 'false' } } })]), ALLOWED],
    ['has keys of sessions: the ID of the session', reader([allow(LIST, '*', { Condition: { StringLike: { 'aws:userid': 'AROA*' } } })]), UNKNOWN],
    ['has keys of sessions: the provider', reader([allow(LIST, '*', { Condition: { Null: { 'aws:FederatedProvider': 'false' } } })]), ALLOWED],
    ['has keys of sessions: whether they tell that there was no MFA is not documented', reader([allow(LIST), deny(LIST, '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })]), UNKNOWN],
    ['has keys of sessions: none tells that there was MFA', reader([allow(LIST, '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]), DENIED],
    ['has keys of sessions: none of MFA', reader([allow(LIST), deny(LIST, '*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })]), DENIED],
    ['does not have the provider with EKS Pod Identity', { Reader: role(podIdentityTrust(), allow(LIST, '*', { Condition: { Null: { 'aws:FederatedProvider': 'true' } } })), Association: association('app', 'Reader') }, ALLOWED],
    ['may have claims of the token', reader([allow(LIST, '*', { Condition: { StringEquals: { 'oidc.eks.us-west-2.amazonaws.com/id/X:sub': 'x' } } })]), UNKNOWN],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: LIST, ...question } as Question))).toBe(expected);
  });

  test('compares keys without regard to case, even if a part is known only at deployment', () => {
    const parameter = { Id: { Type: 'String', AllowedPattern: '[A-Z0-9]+' } };
    const trust = { 'Fn::Sub': ['{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/${Id}"},"Condition":{"StringNotEquals":{"oidc.eks.us-west-2.amazonaws.com/id/ABC:sub":"system:serviceaccount:default:app"}}}}', {}] };
    const templates = {
      stack: {
        Parameters: parameter,
        Resources: { Role: { ...role({}, allow(LIST)), Properties: { ...role({}, allow(LIST)).Properties, AssumeRolePolicyDocument: trust } }, Objects: { ...objects(account('app', 'Role')), Properties: { ...objects(account('app', 'Role')).Properties, ClusterName: 'existing' } } },
      },
    };
    expect(shown(decideIn(templates, { action: LIST }))).toBe(UNKNOWN);
  });
});

test('names of roles differ between stacks of an account', () => {
  const data = dataOf();
  const one = clusterTemplate({ ...reader(), Reader: accountRole('default:app') }).stack;
  expect(shown(decideIn({ one, data }, { action: GET, resource: `${BUCKET}/x` }))).toBe(DENIED);
});

test.each([['stack-Reader-1ABCDEFGHIJK2', UNKNOWN], ['writer', DENIED]])('a generated name may be a literal one, if that has its form: %s', (RoleName, outcome) => {
  const data = dataOf({ RoleName });
  const one = clusterTemplate({ ...reader(), Reader: accountRole('default:app') }).stack;
  expect(shown(decideIn({ one, data }, { action: GET, resource: `${BUCKET}/x` }))).toBe(outcome);
});

/** A bucket whose policy names a role. */
function dataOf(properties: object = {}) {
  const { Type, Properties } = accountRoleOf('default:writer');
  return {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: document({ ...allow(GET), Principal: { AWS: arnOf('Writer') } }) } },
      Writer: { Type, Properties: { ...Properties, ...properties } },
    },
  };
}

function accountRoleOf(subject: string) {
  return role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/x` }, Condition: { StringEquals: { 'x:sub': `system:serviceaccount:${subject}` } } });
}

test('the role of the reader has the name that statements use', () => {
  expect(accessTo(clusterTemplate(reader())).trustPolicyNamed('Reader').roleArn).toBe(READER_ARN);
});

describe('a value of a mapping', () => {
  const included = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/mappings.json' } } };
  const found = { 'Fn::FindInMap': ['Allowed', 'actions', 'ofPods', { DefaultValue: LIST }] };
  test.each<[string, object, string]>([
    ['is the default if nothing has it', {}, DENIED],
    ['is not known if a macro writes the mapping', { Allowed: included }, UNKNOWN],
    ['is not known if a macro writes a part of the mapping', { Allowed: { actions: included } }, UNKNOWN],
    ['is not known if a macro writes all mappings', included, UNKNOWN],
    ['is known if the mapping has it', { Allowed: { actions: { ofPods: LIST, ...included } } }, DENIED],
  ])('%s', (_, Mappings, expected) => {
    const resources = reader([{ Effect: 'Allow', Action: found, Resource: '*' }]);
    expect(decide(resources, { action: LIST_BUCKETS }, { Transform: 'AWS::LanguageExtensions', Mappings }).outcome).toBe(expected);
  });
});
