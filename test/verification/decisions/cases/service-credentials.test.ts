import { decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { allow, arnOf, job, objects, role } from '../../templates';

const READER = reader([allow('sqs:ListQueues')]);
const text = (name: string, value: string) => ({ name, value });
const secret = (name: string, key = 'value', of = 'app') => ({ name, valueFrom: { secretKeyRef: { name: of, key } } });
const pods = (spec: object, ...documents: object[]) => ({ ...READER, Work: objects(job('work', 'app', spec), ...documents) });
const having = (...env: object[]) => pods({ containers: [{ name: 'main', env }] });
const mounting = (volume: object, ...documents: object[]) => pods({ containers: [{ name: 'main', volumeMounts: [{ name: 'v', mountPath: '/etc/v' }] }], volumes: [{ name: 'v', ...volume }] }, ...documents);
const map = (name: string, data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });
const chart = (Values: object) => ({
  ...READER, Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Namespace: 'default', Values: JSON.stringify(Values) } },
});
const filled = (spec: object) => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'app', namespace: 'default' }, spec: { secretStoreRef: { name: 'aws' }, ...spec } });

const SMTP = 'email-smtp.us-west-2.amazonaws.com';
const OF_MAIL = [text('SMTP_HOST', SMTP), text('SMTP_USERNAME', 'x'), secret('SMTP_PASSWORD')];
const ALERTS = (host: string) => map('alerts', { 'alertmanager.yml': `global:\n  smtp_smarthost: ${host}:587\n  smtp_auth_password: x\n` });
const GIT = 'git-codecommit.us-west-2.amazonaws.com/v1/repos/app';
const CASES: { readonly [service: string]: string } = {
  ses: 'ses:SendRawEmail', codecommit: 'codecommit:GitPull', cassandra: 'cassandra:Select', bedrock: 'bedrock:InvokeModel', codeartifact: 'codeartifact:ReadFromRepository',
};
const ask = (resources: object, action: string, noOtherCredentials = false) => decide(resources, { action, account: 'app', resourcesWithoutPolicy: ['*'], noOtherCredentials });

test.each<[string, keyof typeof CASES, object]>([
  ['a password for SMTP of Amazon SES', 'ses', having(...OF_MAIL)],
  ['one in a Region that only the deployment knows', 'ses', having(text('SMTP_HOST', 'email-smtp.${AWS::Region}.${AWS::URLSuffix}'), secret('SMTP_PASSWORD'))],
  ['one under the names of Grafana', 'ses', having(text('GF_SMTP_HOST', `${SMTP}:587`), secret('GF_SMTP_PASSWORD'))],
  ['one in the settings themselves', 'ses', having(text('SMTP_HOST', SMTP), text('SMTP_PASSWORD', 'x'))],
  ['one of which the name tells', 'ses', having(secret('SES_SMTP_PASSWORD'))],
  ['one of which the Secret has such a name', 'ses', having(secret('PASSWORD', 'value', 'ses-smtp'))],
  ['one in the settings of Alertmanager', 'ses', mounting({ configMap: { name: 'alerts' } }, ALERTS(SMTP))],
  ['one of a Secret, and the host of a ConfigMap', 'ses', pods({ containers: [{ name: 'main', envFrom: [{ configMapRef: { name: 'mail' } }], env: [secret('MAIL')] }] }, map('mail', { HOST: SMTP }))],
  ['one in a Secret that is filled with the host, too', 'ses', mounting({ secret: { secretName: 'app' } }, filled({ target: { template: { data: { 'mail.ini': `host = ${SMTP}\npassword = {{ .p }}` } } }, data: [{ secretKey: 'p', remoteRef: { key: 'mail' } }] }))],
  ['one in the values of a chart', 'ses', chart({ alertmanager: { config: { global: { smtp_smarthost: `${SMTP}:587`, smtp_auth_password: 'x' } } } })],
  ['one in the environment of a chart', 'ses', chart({ env: { GF_SMTP_HOST: SMTP }, envFromSecret: 'smtp' })],
  ['a password for AWS CodeCommit', 'codecommit', having(text('REPO', `https://${GIT}`), secret('GIT_PASSWORD'))],
  ['an SSH key for AWS CodeCommit in a volume', 'codecommit', pods({ containers: [{ name: 'main', env: [text('GITSYNC_REPO', `ssh://${GIT}`)], volumeMounts: [{ name: 'v', mountPath: '/etc/git' }] }], volumes: [{ name: 'v', secret: { secretName: 'git' } }] })],
  ['a password for Amazon Keyspaces', 'cassandra', having(text('CONTACT_POINT', 'cassandra.us-west-2.amazonaws.com'), secret('CASSANDRA_PASSWORD'))],
  ['a key for the API of Amazon Bedrock', 'bedrock', having(text('OPENAI_BASE_URL', 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1'), secret('OPENAI_API_KEY'))],
  ['a key for its other API', 'bedrock', having(text('OPENAI_BASE_URL', 'https://bedrock-mantle.us-west-2.api.aws/v1'), secret('OPENAI_API_KEY'))],
  ['a key of which the name tells', 'bedrock', having(secret('BEDROCK_API_KEY'))],
  ['a token of AWS CodeArtifact', 'codeartifact', having(secret('CODEARTIFACT_AUTH_TOKEN'))],
  ['a token for a host of AWS CodeArtifact', 'codeartifact', having(text('INDEX_URL', 'https://aws:x@d-1.d.codeartifact.us-west-2.amazonaws.com/pypi/r/simple/'))],
])('pods might have %s, which is for this service only', (_, service, resources) => {
  const outcomes = Object.entries(CASES).map(([name, action]) => [name, shown(ask(resources, action))]);
  expect(outcomes).toEqual(Object.keys(CASES).map((name) => [name, name === service ? UNKNOWN : DENIED]));
  expect([shown(ask(resources, 's3:ListAllMyBuckets')), shown(ask(resources, CASES[service], true))]).toEqual([DENIED, DENIED]);
});

test('what SMTP of Amazon SES does not take stays denied', () => {
  expect(shown(ask(having(...OF_MAIL), 'ses:DeleteIdentity'))).toBe(DENIED);
});

test.each<[string, object]>([
  ['a password for SMTP of others', having(text('SMTP_HOST', 'smtp.sendgrid.net'), secret('SMTP_PASSWORD'))],
  ['the settings of Alertmanager for others', mounting({ configMap: { name: 'alerts' } }, ALERTS('smtp.sendgrid.net'))],
  ['a host of Amazon SES without a password', having(text('SMTP_HOST', SMTP))],
  ['a host of Amazon SES, and a Secret for images only', pods({ imagePullSecrets: [{ name: 'registry' }], automountServiceAccountToken: true, containers: [{ name: 'main', env: [text('SMTP_HOST', SMTP)] }] })],
  ['the passwords and tokens of other systems', having(secret('DB_PASSWORD'), secret('STRIPE_API_KEY'), secret('SLACK_TOKEN'), secret('OPENAI_API_KEY'), text('OPENAI_BASE_URL', 'https://api.openai.com/v1'))],
  ['a password for Apache Cassandra in the cluster', having(text('CASSANDRA_HOST', 'cassandra.default.svc.cluster.local'), secret('CASSANDRA_PASSWORD'))],
  ['settings for models of Amazon Bedrock', having(text('BEDROCK_MAX_TOKENS', '4096'), text('BEDROCK_MODEL_ID', 'bedrock/anthropic.claude'), secret('SESSION_SECRET'))],
  ['a Secret that they do not have, which is filled for SMTP of Amazon SES', pods({ containers: [{ name: 'main' }] }, filled({ target: { template: { data: { 'mail.ini': `host = ${SMTP}\npassword = {{ .p }}` } } }, data: [{ secretKey: 'p', remoteRef: { key: 'mail' } }] }))],
  ['a chart with SMTP of others', chart({ smtp: { host: 'smtp.sendgrid.net', existingSecret: 'smtp' } })],
])('pods with %s have no credentials for a service of AWS', (_, resources) => {
  expect(Object.values(CASES).map((action) => shown(ask(resources, action)))).toEqual(Object.keys(CASES).map(() => DENIED));
});

const NAMES: { readonly [name: string]: string } = {
  SES_SMTP_PASSWORD: CASES.ses,
  AWS_BEARER_TOKEN_BEDROCK: CASES.bedrock,
  CODEARTIFACT_AUTH_TOKEN: CASES.codeartifact,
  CODECOMMIT_PASSWORD: CASES.codecommit,
  KEYSPACES_PASSWORD: CASES.cassandra,
};
const GET_SECRET = 'secretsmanager:GetSecretValue';
const QUIET = { Own: objects(job('own', 'app', { containers: [{ name: 'main' }] })) };
const admits = (service: string) => role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
const task = (Name: string) => ({
  Runner: admits('ecs-tasks'),
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ExecutionRoleArn: arnOf('Runner'),
      ContainerDefinitions: [{ Image: 'mail', Secrets: [{ Name, ValueFrom: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:mail-abcdef' }] }],
    },
  },
});
const other = (name: string, image = 'mail') => objects(job('other', 'other', { containers: [{ name: 'main', image, env: [secret(name)] }] }));
const OF_EDITORS = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'editors', namespace: 'default' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
  subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
};

describe.each<[string, string[], (name: string) => object]>([
  ['reads the secret with its name', [GET_SECRET], (name) => ({ Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: `prod/${name.toLowerCase().replaceAll('_', '-')}` } } })],
  ['reads the secret of a task', [GET_SECRET], task],
  ['runs a task with it', ['ecs:RunTask'], task],
  ['reads the secret that External Secrets syncs', [GET_SECRET], (name) => ({ Synced: objects({ ...filled({ data: [{ secretKey: name, remoteRef: { key: 'mail' } }] }), metadata: { name: 'mail', namespace: 'tools' } }) })],
  ['reads the variables of a function', ['lambda:GetFunctionConfiguration'], (name) => ({
    Runner: admits('lambda'),
    Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Runner'), Environment: { Variables: { [name]: '{{resolve:secretsmanager:mail:SecretString:x}}' } } } },
  })],
  ['pushes the image of other pods with it', ['ecr:PutImage'], (name) => ({ Other: other(name, '111122223333.dkr.ecr.us-west-2.amazonaws.com/mail:1') })],
  ['runs pods in the namespace of other pods with it', [], (name) => ({ Other: other(name), Bound: objects(OF_EDITORS) })],
])('a pod that %s', (_, actions, withSecret) => {
  test.each(Object.entries(NAMES))('may use %s for the actions of its service only', (name, action) => {
    const resources = { ...reader(actions.map((one) => allow(one))), ...QUIET, ...withSecret(name) };
    expect([ask(resources, action).outcome, ask(resources, action, true).outcome, ask(resources, 'sns:ListTopics').outcome]).toEqual([UNKNOWN, DENIED, DENIED]);
    expect(ask({ ...resources, ...withSecret('DB_PASSWORD') }, action).outcome).toBe(DENIED);
  });
});
