import { complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, arnOf, deny, job, objects, role } from '../../templates';

const GET_SECRET = 'secretsmanager:GetSecretValue';
const SECRETS = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:';
const ADMITS = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
const NAME = 'AWS_SECRET_ACCESS_KEY';
const task = (container: object) => ({
  Runner: role(ADMITS('ecs-tasks')),
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { ExecutionRoleArn: arnOf('Runner'), ContainerDefinitions: [{ Image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/mail:1', ...container }] },
  },
});
const ofTask = (ValueFrom: unknown = `${SECRETS}legacy-abcdef`, Name = NAME) => task({ Secrets: [{ Name, ValueFrom }] });
const build = (variable: object) => ({
  Runner: role(ADMITS('codebuild')),
  Build: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Runner'), Environment: { EnvironmentVariables: [{ Name: NAME, ...variable }] } } },
});
const lambda = (value: unknown) => ({
  Runner: role(ADMITS('lambda')),
  Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'mail', Role: arnOf('Runner'), Environment: { Variables: { [NAME]: value } } } },
});
const secret = (properties: object) => ({ Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'legacy', ...properties } } });
const USER = { Mailer: { Type: 'AWS::IAM::User', Properties: {} }, Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } } };
const KNOWN = secret({ SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } });
const synced = (apiVersion: string, kind: string, spec: object) => ({ Synced: objects({ apiVersion, kind, metadata: { name: 'legacy' }, spec }) });
const external = (secretKey: string, remoteRef: object = { key: 'legacy' }) => synced('external-secrets.io/v1', 'ExternalSecret', { data: [{ secretKey, remoteRef }] });
const csi = (objectAlias: string) => synced('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
  provider: 'aws', parameters: { objects: `- objectName: "legacy"\n  objectType: secretsmanager\n  objectAlias: ${objectAlias}\n` },
});
/** Pods that mount nothing of what is in their namespace. */
const PODS = { Own: objects(job('own', 'app', { containers: [{ name: 'main' }] })) };
const inCluster = (name: string, Value: unknown) => ({
  Keys: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      Objects: [{ Json: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'legacy' }, stringData: {} }), Values: [{ Path: `/stringData/${name}`, Value }] }],
    },
  },
});

test.each(complete([
  ['a task has it from there', ofTask(), UNKNOWN],
  ['a task has it from a key of there', ofTask(`${SECRETS}legacy-abcdef:key::`), UNKNOWN],
  ['a task has it from a secret of the templates', { ...secret({}), ...ofTask({ Ref: 'Secret' }) }, UNKNOWN],
  ['a task has it by another name', ofTask(undefined, 'SOURCE_AWS_SECRET_ACCESS_KEY'), UNKNOWN],
  ['a task has it by the name of a tool', ofTask(undefined, 'S3_SECRET_KEY'), UNKNOWN],
  ['a task has something else from there', ofTask(undefined, 'DB_PASSWORD'), DENIED],
  ['a task has only the ID', ofTask(undefined, 'AWS_ACCESS_KEY_ID'), DENIED],
  ['a task has the key of a user of the templates', { ...USER, ...KNOWN, ...ofTask({ Ref: 'Secret' }) }, DENIED],
  ['a build has it from there', build({ Type: 'SECRETS_MANAGER', Value: 'legacy:key' }), UNKNOWN],
  ['a build has it from a parameter', build({ Type: 'PARAMETER_STORE', Value: '/legacy/key' }), DENIED],
  ['a function has it by a reference', lambda('{{resolve:secretsmanager:legacy:SecretString:key}}'), UNKNOWN],
  ['a function has the key of a user of the templates', { ...USER, ...lambda({ 'Fn::GetAtt': ['Key', 'SecretAccessKey'] }) }, DENIED],
  ['a secret has it', secret({ SecretString: `{"${NAME}":"CHANGEME"}` }), UNKNOWN],
  ['a secret gets it', secret({ GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: NAME } }), UNKNOWN],
  ['a secret has it by the name of a tool', secret({ SecretString: '{"user":"a","MINIO_SECRET_KEY":"CHANGEME"}' }), UNKNOWN],
  ['a secret has something else', secret({ SecretString: '{"password":"CHANGEME"}' }), DENIED],
  ['External Secrets syncs it', external(NAME), UNKNOWN],
  ['External Secrets syncs it by the name of cert-manager', external('secret-access-key'), UNKNOWN],
  ['External Secrets syncs it from a value', external('password', { key: 'legacy', property: 'secret_access_key' }), UNKNOWN],
  ['External Secrets syncs something else', external('password'), DENIED],
  ['External Secrets syncs the key of a user of the templates', { ...USER, ...KNOWN, ...external(NAME) }, DENIED],
  ['the Secrets Store CSI driver mounts it', csi(NAME), UNKNOWN],
  ['the Secrets Store CSI driver mounts something else', csi('password'), DENIED],
  ['a Secret has it by a reference', inCluster(NAME, '{{resolve:secretsmanager:legacy}}'), UNKNOWN],
  ['a Secret has something else by a reference', inCluster('PASSWORD', '{{resolve:secretsmanager:legacy}}'), DENIED],
]))('of an access key of a user whom the templates do not show, if %s', (_, resources, outcome) => {
  const may = (name: string, statement: object, question: object = {}) =>
    decide({ ...reader([statement]), ...PODS, ...resources }, { action: 's3:ListAllMyBuckets', ...question }).outcome + (name && ` (${name})`);
  expect(may('all secrets', allow(GET_SECRET))).toBe(`${outcome} (all secrets)`);
  expect(may('it', allow(GET_SECRET, `${SECRETS}legacy-*`))).toBe(`${outcome} (it)`);
  expect(may('others', allow(GET_SECRET, `${SECRETS}other-*`))).toBe(`${DENIED} (others)`);
  expect(may('stated', allow(GET_SECRET), { noOtherCredentials: true })).toBe(`${DENIED} (stated)`);
});

test.each(complete([
  ['the parameter of a build', { ...reader([allow('ssm:GetParameters', 'arn:aws:ssm:*:*:parameter/legacy/*')]), ...build({ Type: 'PARAMETER_STORE', Value: '/legacy/key' }) }, UNKNOWN],
  ['another parameter', { ...reader([allow('ssm:GetParameters', 'arn:aws:ssm:*:*:parameter/app/*')]), ...build({ Type: 'PARAMETER_STORE', Value: '/legacy/key' }) }, DENIED],
  ['the variables of a function', { ...reader([allow('lambda:GetFunctionConfiguration')]), ...lambda('AbCdEf') }, UNKNOWN],
  ['the template of a Secret', { ...reader([allow('cloudformation:GetTemplate')]), ...inCluster(NAME, 'AbCdEf') }, UNKNOWN],
]))('of an access key of a user whom the templates do not show, if the pod may read %s', (_, resources, outcome) => {
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});

test.each(complete([
  ['pushes the image of a task with it', { ...reader([allow('ecr:PutImage')]), ...ofTask() }, UNKNOWN],
  ['runs a task with it', { ...reader([allow('ecs:RunTask')]), ...ofTask() }, UNKNOWN],
  ['runs a task with another secret', { ...reader([allow('ecs:RunTask')]), ...ofTask(undefined, 'DB_PASSWORD') }, DENIED],
]))('of an access key of a user whom the templates do not show, if the pod %s', (_, resources, outcome) => {
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});

test('the answer says where the key is', () => {
  const { missing } = decide({ ...reader([allow(GET_SECRET)]), ...ofTask() }, { action: 's3:ListAllMyBuckets' });
  expect(missing).toEqual([`role Reader may request ${GET_SECRET}, and so might get an access key of a user whom the templates do not show: ${NAME} of Task`]);
});

const mounting = (volume: object) => ({
  Pods: objects(job('mail', 'app', { containers: [{ name: 'c', image: 'mail', volumeMounts: [{ name: 'v', mountPath: '/keys' }] }], volumes: [{ name: 'v', ...volume }] })),
});
const ofDriver = (secretProviderClass: string) => mounting({ csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass } } });

test.each(complete([
  ['the Secret that External Secrets writes', { ...external(NAME), ...mounting({ secret: { secretName: 'legacy' } }) }, UNKNOWN],
  ['the same without the key', { ...external('password'), ...mounting({ secret: { secretName: 'legacy' } }) }, DENIED],
  ['another Secret', { ...external(NAME), ...mounting({ secret: { secretName: 'other' } }) }, DENIED],
  ['a volume of the Secrets Store CSI driver', { ...csi(NAME), ...ofDriver('legacy') }, UNKNOWN],
  ['another volume of the driver', { ...csi(NAME), ...ofDriver('other') }, DENIED],
]))('of an access key of a user whom the templates do not show, if the pod mounts %s', (_, resources, outcome) => {
  expect(decide({ ...reader(), ...resources }, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});

test.each(complete([
  ['External Secrets syncs to their namespace', external(NAME), UNKNOWN],
  ['External Secrets syncs to several namespaces', synced('external-secrets.io/v1', 'ClusterExternalSecret', { externalSecretSpec: { data: [{ secretKey: NAME, remoteRef: { key: 'legacy' } }] } }), UNKNOWN],
  ['the Secrets Store CSI driver mounts', csi(NAME), UNKNOWN],
  ['a Secret of their namespace has', inCluster(NAME, '{{resolve:secretsmanager:legacy}}'), UNKNOWN],
  ['nothing has', external('password'), DENIED],
]))('pods that the templates do not show might have an access key that %s', (_, resources, outcome) => {
  const outcomes = [{}, PODS].map((pods) => decide({ ...reader(), ...resources, ...pods }, { action: 's3:ListAllMyBuckets' }).outcome);
  expect(outcomes).toEqual([outcome, DENIED]);
});

const OF_GITHUB = {
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' }, StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
};
const DEPLOYS = { Deployer: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', ...OF_GITHUB }, allow('s3:ListAllMyBuckets')) };

test.each<[string, string, object, string]>([
  ['prod/aws-secret-access-key-??????', GET_SECRET, {}, UNKNOWN],
  ['prod/aws-secret-access-key-*', GET_SECRET, {}, UNKNOWN],
  ['prod/aws-secret-access-key-AbCdEf', GET_SECRET, {}, UNKNOWN],
  ['prod/github-token-??????', GET_SECRET, DEPLOYS, UNKNOWN],
  ['prod/github-token-??????', GET_SECRET, {}, DENIED],
  ['prod/db-password-??????', GET_SECRET, DEPLOYS, DENIED],
  ['prod/*', GET_SECRET, DEPLOYS, DENIED],
  ['prod/aws-secret-access-key-??????', 'secretsmanager:DescribeSecret', {}, DENIED],
])('a secret outside the templates, %s, that the policy of a pod lets it read with %s, tells by its name what it has', (name, action, resources, outcome) => {
  expect(decide({ ...reader([allow(action, `${SECRETS}${name}`)]), ...resources }, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});

test('a policy that denies a secret by its name says only that it is there', () => {
  const resources = reader([allow(GET_SECRET, `${SECRETS}prod/*`), deny(GET_SECRET, `${SECRETS}prod/aws-secret-access-key*`)]);
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(DENIED);
});

test.each([['prod/github-token', UNKNOWN], ['prod/s3-secret-key', UNKNOWN], ['prod/db-password', DENIED]])('so does a parameter outside the templates, %s', (name, outcome) => {
  const resources = { ...reader([allow('ssm:GetParameter', { 'Fn::Sub': `arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${name}` })]), ...DEPLOYS };
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});

test.each([
  ['GithubToken5D8E3F2A', UNKNOWN], ['AppAwsSecretAccessKey', UNKNOWN], ['DatabasePassword5D8E3F2A', DENIED],
])('of a secret without a name, the logical ID %s tells what it has', (logicalId, outcome) => {
  const resources = { ...reader([allow(GET_SECRET, { Ref: logicalId })]), ...DEPLOYS, [logicalId]: { Type: 'AWS::SecretsManager::Secret', Properties: {} } };
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(outcome);
});
