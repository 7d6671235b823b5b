import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, role } from '../../templates';

const READ = ['secretsmanager:GetSecretValue', 'ssm:GetParameter', 'lambda:GetFunctionConfiguration', 'ec2:DescribeInstanceAttribute'];
const IMAGE = 'it@sha256:' + '0'.repeat(64);

const podIn = ({ resources = {}, documents = [] }: Having, Parameters: object, ...statements: object[]) => accessTo(
  clusterTemplate({ ...resources, Role: accountRole('default:app', ...statements), Accounts: objects(account('app', 'Role'), ...documents) }, { Parameters }),
).assume({ resourcesWithoutPolicy: ['*'] }).pod({ serviceAccountName: 'app' });
const decide = (...asked: Parameters<typeof podIn>) => podIn(...asked).decide(ASKED).outcome;

interface Having { readonly resources?: object; readonly documents?: object[] }

const secret = (SecretString: unknown) => ({ resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'ops/x', SecretString } } } });
const lambda = (X: unknown) => ({ resources: { It: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::444455556666:role/it', Environment: { Variables: { X } } } } } });
const pod = (value: string) => ({ documents: [job('it', 'app', { containers: [{ name: 'it', image: IMAGE, env: [{ name: 'X', value }] }] })] });

/** What has the value of a parameter of the stack under another name. */
const PLACES: { readonly [place: string]: (parameter: string) => Having } = {
  'a secret': (parameter) => secret({ Ref: parameter }),
  'a parameter of AWS Systems Manager': (parameter) => ({ resources: { It: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/ops/x', Value: { Ref: parameter } } } } }),
  'a text of a secret': (parameter) => secret({ 'Fn::Sub': `{"x":"\${${parameter}}"}` }),
  'a variable of a function': (parameter) => lambda({ Ref: parameter }),
  'the user data of an instance': (parameter) => ({ resources: { It: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': { 'Fn::Sub': `login \${${parameter}}` } } } } } }),
  'a variable of the pod': (parameter) => pod(`\${${parameter}}`),
};

/** Without characters that could end a text in JSON. */
const AllowedPattern = '^[\\w-]+$';

const inCamelCase = (name: string) => name.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter) => letter.toUpperCase());
const NAMES: { readonly [kind: string]: string } = { 'a token of HCP Terraform': 'TfeToken', 'a token of a job of GitLab': 'GitlabToken' };
const isCounted = (kind: string, place: string) => kind !== 'a certificate' // any secret of a folder may have one
  && (kind !== 'a kubeconfig' || place === 'a secret'); // variables with this name mostly have the path of a file

const CASES = Object.entries(PLACES).flatMap(([place, having]) => Object.entries(KINDS)
  .filter(([kind, { toldBy }]) => toldBy === undefined && isCounted(kind, place)).map(([kind, how]) => [kind, place, how, having] as const));

test.each(CASES)('%s counts in %s that has a parameter of the stack, whose name tells', (kind, _, how, having) => {
  const { Stored: _stored, ...others } = how.resources as any;
  const outcomes = [NAMES[kind] ?? inCamelCase(how.name), 'SlackChannel'].map((name) => {
    const { resources, documents } = having(name);
    return decide({ resources: { ...others, ...resources }, documents }, { [name]: { Type: 'String', NoEcho: true, AllowedPattern } }, allow(READ));
  });
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

const TOKEN = KINDS['a token of a Git provider'].resources;

test.each<[string, object, string, string]>([
  ['without NoEcho, who describes the stack reads it', { Type: 'String' }, 'cloudformation:DescribeStacks', 'UNKNOWN'],
  ['with NoEcho, nobody reads it there', { Type: 'String', NoEcho: true }, 'cloudformation:DescribeStacks', 'DENIED'],
])('of a parameter with a token %s', (_, parameter, action, expected) => {
  expect(decide({ resources: { ...TOKEN, ...secret({ Ref: 'GithubToken' }).resources } }, { GithubToken: parameter }, allow(action))).toBe(expected);
});

test.each<[string, object]>([
  ['the type of a key pair', { Type: 'AWS::EC2::KeyPair::KeyName' }],
  ['no NoEcho', { Type: 'String' }],
])('a parameter that is called like an SSH key, but has %s, has the name of one', (_, parameter) => {
  const machine = {
    Given: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(ASKED)),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Given' }] } },
    Machine: { Type: 'AWS::EC2::Instance', Properties: { KeyName: { Ref: 'SshKey' }, IamInstanceProfile: { Ref: 'Profile' } } },
    Owner: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { KeyName: { Ref: 'SshKey' } } } },
  };
  expect(decide({ resources: { ...machine, ...lambda({ Ref: 'SshKey' }).resources } }, { SshKey: parameter }, allow(READ))).toBe('DENIED');
});

test('a parameter with the ARN of a secret has no token', () => {
  expect(decide({ resources: { ...TOKEN, ...lambda({ Ref: 'GithubTokenArn' }).resources } }, { GithubTokenArn: { Type: 'String' } }, allow('lambda:GetFunctionConfiguration', arnOf('It')))).toBe('DENIED');
});

test.each([['SesSmtpPassword', 'ses:SendRawEmail'], ['BedrockApiKey', 'bedrock:InvokeModel']])('%s counts for actions of its service only', (name, action) => {
  const parameters = { [name]: { Type: 'String', NoEcho: true, AllowedPattern } };
  const asked = ['a secret', 'a variable of the pod'].map((place) => podIn(PLACES[place](name), parameters, allow(READ)));
  expect(asked.map((one) => [action, ASKED].map((each) => one.decide(each).outcome))).toEqual([['UNKNOWN', 'DENIED'], ['UNKNOWN', 'DENIED']]);
});
