import { ASKED, Kind, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, clusterTemplate, objects } from '../../templates';

const KEY = KINDS['the key of a user whom no template shows'];
const GIT = KINDS['a token of a Git provider'];
const CLUSTER = KINDS['a kubeconfig'];
const TOKEN = 'ghp_0123456789abcdefghij0123456789abcdef';
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n    server: https://abc.gr7.us-west-2.eks.amazonaws.com\nusers:\n- name: u\n  user:\n    token: abc\n';
const ofFunction = (Variables: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/it', Environment: { Variables } } });
const parameter = (Value: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: '/it', Type: 'String', Value } });
const secret = (SecretString: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'it', SecretString } });
const SECRET_PART = { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

const TEMPLATE = 'cloudformation:GetTemplate';

test.each<[string, string, Kind, object, string]>([
  ['a key in a variable', TEMPLATE, KEY, ofFunction(SECRET_PART), 'UNKNOWN'],
  ['a token in a variable', TEMPLATE, GIT, ofFunction({ GITHUB_TOKEN: TOKEN }), 'UNKNOWN'],
  ['a token in a variable', 'cloudformation:DescribeStackEvents', GIT, ofFunction({ GITHUB_TOKEN: TOKEN }), 'UNKNOWN'],
  ['a token in a variable of another name', TEMPLATE, GIT, ofFunction({ VALUE: TOKEN }), 'UNKNOWN'],
  ['a key in a secret', TEMPLATE, KEY, secret(JSON.stringify(SECRET_PART)), 'UNKNOWN'],
  ['a kubeconfig in a secret', TEMPLATE, CLUSTER, secret(KUBECONFIG), 'UNKNOWN'],
  ['a kubeconfig in a secret', 'secretsmanager:GetSecretValue', CLUSTER, secret(KUBECONFIG), 'UNKNOWN'],
  ['a kubeconfig in a parameter', 'ssm:GetParameter', CLUSTER, parameter(KUBECONFIG), 'UNKNOWN'],
  ['a token in a parameter', 'ssm:GetParameter', GIT, parameter(TOKEN), 'UNKNOWN'],
  ['a token in a URL', 'ssm:GetParameter', GIT, parameter(`https://it:${TOKEN}@github.com/acme/it`), 'UNKNOWN'],
  ['a token that the deployment fills in', TEMPLATE, GIT, ofFunction({ GITHUB_TOKEN: '{{resolve:secretsmanager:ops/it}}' }), 'DENIED'],
  ['another setting', TEMPLATE, GIT, ofFunction({ TOKEN: 'it' }), 'DENIED'],
  ['a kubeconfig without credentials', 'ssm:GetParameter', CLUSTER, parameter(KUBECONFIG.replace('token: abc', 'exec: {command: aws}')), 'DENIED'],
  ['a URL without a password', 'ssm:GetParameter', GIT, parameter('https://github.com/acme/it'), 'DENIED'],
  ['a URL with a password for another host', 'ssm:GetParameter', GIT, parameter('https://it:password@api.example.com/it'), 'DENIED'],
])('a template with %s counts for %s, or not', (_, action, { resources }, It, expected) => {
  const access = accessTo(clusterTemplate({ ...resources, It, Role: accountRole('default:app', allow(action)), Accounts: objects(account('app', 'Role')) }));
  expect(access.pod({ serviceAccountName: 'app' }).decide(ASKED).outcome).toBe(expected);
});
