import { ACCOUNT, accessTo, complete, decide, DENIED, reader, REGION, UNKNOWN } from './questions';
import { account, allow, arnOf, clusterTemplate, job, objects, role } from '../../templates';

const LIST_BUCKETS = 's3:ListAllMyBuckets';
const GET_SECRET = 'secretsmanager:GetSecretValue';
const policy = (...statements: object[]) => [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }];
const user = (Password: unknown, more: object = {}) =>
  ({ Ops: { Type: 'AWS::IAM::User', Properties: { UserName: 'ops', LoginProfile: { Password, ...more }, Policies: policy(allow(LIST_BUCKETS)) } } });
const sub = (text: string) => ({ 'Fn::Sub': text });
const inSecret = (key = '') => sub(`{{resolve:secretsmanager:\${Secret}${key}}}`);
const generated = (Name: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name, GenerateSecretString: {} } });
const Secret = generated('login');
const parameter = (Value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/login', Type: 'String', Value } });
const READS_SECRET = allow(GET_SECRET, { Ref: 'Secret' });
const secretArn = (name: string) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}`;
const parameterArn = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;
const READS_PARAMETER = allow('ssm:GetParameter', parameterArn('app/login'));
const work = (serviceAccount: string, value: object) => ({
  Type: 'Custom::KubernetesObjects',
  Properties: {
    Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
    Objects: [{
      Json: JSON.stringify(job('login', serviceAccount, { containers: [{ name: 'main', env: [{ name: 'PASSWORD' }] }] })),
      Values: [{ Path: '/spec/template/spec/containers/0/env/0/value', Value: value }],
    }],
  },
});

test.each(complete([
  ['a secret that the pod may read', { ...reader([READS_SECRET]), ...user(inSecret()), Secret }, UNKNOWN],
  ['a key of a secret that the pod may read', { ...reader([READS_SECRET]), ...user(inSecret(':SecretString:password::')), Secret }, UNKNOWN],
  ['a secret that the pod may write, for the next deployment', { ...reader([allow('secretsmanager:PutSecretValue', { Ref: 'Secret' })]), ...user(inSecret()), Secret }, UNKNOWN],
  ['a secret that the pod may not read', { ...reader([READS_SECRET]), ...user(sub('{{resolve:secretsmanager:${Other}}}')), Secret, Other: generated('other') }, DENIED],
  ['a secret of the templates by its name', { ...reader([READS_SECRET]), ...user('{{resolve:secretsmanager:login}}'), Secret }, UNKNOWN],
  ['a secret of the templates by a partial ARN', { ...reader([READS_SECRET]), ...user(`{{resolve:secretsmanager:${secretArn('login')}}}`), Secret }, UNKNOWN],
  ['a secret outside the templates', { ...reader([allow(GET_SECRET, `${secretArn('prod/login')}-??????`)]), ...user('{{resolve:secretsmanager:prod/login:SecretString:password}}') }, UNKNOWN],
  ['a secret outside the templates, by its ARN', { ...reader([allow(GET_SECRET, `${secretArn('prod/login')}-AbCdEf`)]), ...user(`{{resolve:secretsmanager:${secretArn('prod/login')}-AbCdEf:SecretString:password}}`) }, UNKNOWN],
  ['a secret outside the templates, by a partial ARN', { ...reader([allow(GET_SECRET, `${secretArn('prod/login')}-*`)]), ...user(`{{resolve:secretsmanager:${secretArn('prod/login')}}}`) }, UNKNOWN],
  ['another secret outside the templates', { ...reader([allow(GET_SECRET, `${secretArn('prod/other')}-*`)]), ...user('{{resolve:secretsmanager:prod/login}}') }, DENIED],
  ['a parameter that the pod may read', { ...reader([READS_PARAMETER]), ...user(sub('{{resolve:ssm:${Parameter}}}')), Parameter: parameter('x') }, UNKNOWN],
  ['a parameter that the pod may write, for the next deployment', { ...reader([allow('ssm:PutParameter', parameterArn('app/login'))]), ...user(sub('{{resolve:ssm:${Parameter}}}')), Parameter: parameter('x') }, UNKNOWN],
  ['a parameter outside the templates', { ...reader([READS_PARAMETER]), ...user('{{resolve:ssm-secure:/app/login:3}}') }, UNKNOWN],
  ['a parameter outside the templates, without a path', { ...reader([allow('ssm:GetParameters', parameterArn('login'))]), ...user('{{resolve:ssm-secure:login}}') }, UNKNOWN],
  ['another parameter outside the templates', { ...reader([READS_PARAMETER]), ...user('{{resolve:ssm-secure:/app/other}}') }, DENIED],
  ['a secret outside the templates, by the Parameter Store', { ...reader([allow(GET_SECRET, `${secretArn('prod/login')}-*`)]), ...user('{{resolve:ssm-secure:/aws/reference/secretsmanager/prod/login}}') }, UNKNOWN],
  ['a secret that a parameter copies', { ...reader([READS_PARAMETER]), ...user(inSecret()), Secret, Parameter: parameter(inSecret()) }, UNKNOWN],
  ['a parameter that has it from a secret', { ...reader([READS_SECRET]), ...user('{{resolve:ssm:/app/login}}'), Secret, Parameter: parameter(inSecret()) }, UNKNOWN],
  ['the environment of the pod', { ...reader(), ...user(inSecret()), Secret, Work: work('app', inSecret()) }, UNKNOWN],
  ['the environment of a pod of another account', { ...reader(), ...user(inSecret()), Secret, Other: objects(account('other')), Work: work('other', inSecret()) }, DENIED],
  ['the environment of a function that the pod may read', {
    ...reader([allow('lambda:GetFunctionConfiguration')]),
    ...user(inSecret()),
    Secret,
    Runner: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Role: { 'Fn::GetAtt': ['Runner', 'Arn'] }, Environment: { Variables: { P: inSecret() } } } },
  }, UNKNOWN],
  ['a template that the pod may read', { ...reader([allow('cloudformation:GetTemplate')]), ...user('Sesame-1234') }, UNKNOWN],
  ['the events of a stack that the pod may read', { ...reader([allow('cloudformation:DescribeStackEvents')]), ...user('Sesame-1234') }, UNKNOWN],
  ['a template, for a parameter', { ...reader([allow('cloudformation:GetTemplate')]), ...user('{{resolve:ssm:/app/login}}'), Parameter: parameter('Sesame-1234') }, UNKNOWN],
  ['a template that the pod may not read', { ...reader([allow('cloudformation:ListStacks')]), ...user('Sesame-1234') }, DENIED],
  ['IAM, which tells nobody', { ...reader([allow(['iam:Get*', 'iam:List*'])]), ...user(inSecret()), Secret }, DENIED],
]))('of a password of a user that is in %s', (_, resources, outcome) => {
  expect(decide(resources, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});

test.each(complete([
  ['is not hidden, and stacks may be described', {}, UNKNOWN],
  ['is hidden, and stacks may be described', { NoEcho: true }, DENIED],
  ['is hidden, with a default in the template', { NoEcho: 'true', Default: 'Sesame-1234' }, UNKNOWN],
  ['names a value in the Parameter Store', { Type: 'AWS::SSM::Parameter::Value<String>' }, UNKNOWN],
]))('of a password of a user in a parameter that %s', (_, more, outcome) => {
  const Parameters = { Login: { Type: 'String', ...more } };
  const resources = { ...reader([allow(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'])]), ...user({ Ref: 'Login' }) };
  expect(decide(resources, { action: LIST_BUCKETS }, { Parameters }).outcome).toBe(outcome);
});

test('a password that a resource returns may be known to everyone', () => {
  const Generator = { Type: 'Custom::Password', Properties: { ServiceToken: 'arn:aws:lambda:us-west-2:444455556666:function:p' } };
  const { missing } = decide({ ...reader(), ...user({ 'Fn::GetAtt': ['Generator', 'Password'] }), Generator }, { action: LIST_BUCKETS });
  expect(missing).toContain('pods might get the password of user Ops, which is in Generator.Password');
});

test('the answer says where the password is, and who may read it', () => {
  const resources = { ...reader([READS_SECRET]), ...user(inSecret()), Secret };
  expect(decide(resources, { action: LIST_BUCKETS }).missing)
    .toEqual(['role Reader may request secretsmanager:GetSecretValue, and so might get the password of user Ops, which is in Secret']);
  const { row } = accessTo(clusterTemplate(resources)).pod({ serviceAccountName: 'app' });
  expect(row.roles.map(({ role: name, isCertain }) => [name, isCertain])).toEqual([['Reader', true], ['Ops', false]]);
});

const database = (Password: unknown, more: object = {}) => ({
  DbRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rds.amazonaws.com' } }, allow(LIST_BUCKETS)),
  Db: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword: Password, AssociatedRoles: [{ RoleArn: arnOf('DbRole') }], ...more } },
});
const WRITES_SECRET = allow(['secretsmanager:PutSecretValue', 'secretsmanager:RotateSecret'], { Ref: 'Secret' });
const withPassword = (value: unknown) => ({
  Runner: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
  Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Role: arnOf('Runner'), Environment: { Variables: { P: value } } } },
});
const READS_FUNCTION = allow('lambda:GetFunctionConfiguration');
const [PASSWORD, USER_NAME] = ['password', 'username'].map((key) => inSecret(`:SecretString:${key}::`));
const elsewhere = (key: string) => `{{resolve:secretsmanager:prod/db:SecretString:${key}::}}`;

test.each(complete([
  ['a secret that the pod may read', { ...reader([READS_SECRET]), ...database(inSecret()), Secret }, UNKNOWN],
  ['a secret that the pod may write, for the next deployment', { ...reader([WRITES_SECRET]), ...database(inSecret()), Secret }, UNKNOWN],
  ['another secret than the pod may write', { ...reader([WRITES_SECRET]), ...database(sub('{{resolve:secretsmanager:${Other}}}')), Secret, Other: generated('other') }, DENIED],
  ['the environment of a function that the pod may read', { ...reader([READS_FUNCTION]), ...database(PASSWORD), Secret, ...withPassword(PASSWORD) }, UNKNOWN],
  ['a secret outside the templates, and in such an environment', { ...reader([READS_FUNCTION]), ...database(elsewhere('password')), ...withPassword('{{resolve:secretsmanager:prod/db}}') }, UNKNOWN],
  ['a secret, of which such an environment has the name of the user', { ...reader([READS_FUNCTION]), ...database(PASSWORD), Secret, ...withPassword(USER_NAME) }, DENIED],
  ['a secret elsewhere, of which such an environment has the name of the user', { ...reader([READS_FUNCTION]), ...database(elsewhere('password')), ...withPassword(elsewhere('username')) }, DENIED],
  ['a secret, while the pod may describe the database', { ...reader([allow('rds:Describe*')]), ...database(PASSWORD, { MasterUsername: USER_NAME }), Secret }, DENIED],
  ['a template that the pod may read', { ...reader([allow('cloudformation:GetTemplate')]), ...database('Sesame-1234') }, UNKNOWN],
  ['a template that the pod may not read', { ...reader([allow('cloudformation:ListStacks')]), ...database('Sesame-1234') }, DENIED],
  ['the secret of Amazon RDS', { ...reader([allow(GET_SECRET, secretArn('rds!cluster-1'))]), ...database(undefined, { ManageMasterUserPassword: true }) }, UNKNOWN],
]))('of a password of a database with a role that is in %s', (_, resources, outcome) => {
  expect(decide(resources, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});

test.each(complete([['is not hidden', {}, UNKNOWN], ['is hidden', { NoEcho: true }, DENIED]]))('of a password of a database in a parameter that %s', (_, more, outcome) => {
  const resources = { ...reader([allow('cloudformation:DescribeStacks')]), ...database({ Ref: 'Login' }) };
  expect(decide(resources, { action: LIST_BUCKETS }, { Parameters: { Login: { Type: 'String', ...more } } }).outcome).toBe(outcome);
});

const directory = (Password: unknown, Service = 'ds.amazonaws.com') => ({
  Directory: { Type: 'AWS::DirectoryService::MicrosoftAD', Properties: { Name: 'corp.example.com', Password, VpcSettings: {} } },
  Delegated: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }, allow(LIST_BUCKETS)),
});

test.each(complete([
  ['a secret elsewhere that the pod may read', { ...reader([allow(GET_SECRET, secretArn('prod/db-*'))]), ...directory(elsewhere('password')) }, UNKNOWN],
  ['a secret that the pod may read', { ...reader([allow(GET_SECRET)]), ...directory(PASSWORD), Secret }, UNKNOWN],
  ['another secret than the one that the pod may read', { ...reader([allow(GET_SECRET, secretArn('other'))]), ...directory(elsewhere('password')) }, DENIED],
  ['a secret, of a directory without roles', { ...reader([allow(GET_SECRET)]), ...directory(elsewhere('password'), 'rds.amazonaws.com') }, DENIED],
]))('of a password of the administrator of a directory that is in %s', (_, resources, outcome) => {
  expect(decide(resources, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});
