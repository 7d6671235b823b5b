import { decisionOf } from './code-apps';
import { account, accountRole, allow, job, objects } from '../templates';

const XML = '<configuration><property><name>fs.s3a.secret.key</name><value>abc</value></property></configuration>';
const INI = '[default]\naws_access_key_id = abc\naws_secret_access_key = abc\n';
const JSON_TEXT = '{"AccessKeyId": "abc", "SecretAccessKey": "abc"}';
const ID = 'AKIAIOSFODNN7EXAMPLE';
const data = (kind: string, content: object) => ({ apiVersion: 'v1', kind, metadata: { name: 'it', namespace: 'default' }, ...content });
const configMap = (text: string) => data('ConfigMap', { data: { 'app.txt': text } });
const secret = (text: string) => data('Secret', { stringData: { 'app.txt': text } });
const encoded = (text: string) => data('Secret', { data: { 'app.txt': Buffer.from(text).toString('base64') } });
const own = (container: object, volumes: object[] = []) => job('own', 'app', { containers: [{ name: 'main', image: 'x', ...container }], volumes });
const mounting = (volume: object) => own({ volumeMounts: [{ name: 'it', mountPath: '/etc/app' }] }, [{ name: 'it', ...volume }]);
const OF_CONFIG_MAP = mounting({ configMap: { name: 'it' } });
const OF_SECRET = mounting({ secret: { secretName: 'it' } });
const external = (spec: object) => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'it', namespace: 'default' }, spec });
const holding = (...documents: object[]) => decisionOf({ Other: accountRole('ops:admin'), Own: objects(account('admin', 'Other', 'ops'), ...documents) });

test.each<[string, object[], string]>([
  ['in the file of Hadoop of a ConfigMap', [configMap(XML), OF_CONFIG_MAP], 'UNKNOWN'],
  ['in the file of an SDK of a ConfigMap', [configMap(INI), OF_CONFIG_MAP], 'UNKNOWN'],
  ['in a file of one of several sources', [configMap(INI), mounting({ projected: { sources: [{ configMap: { name: 'it' } }] } })], 'UNKNOWN'],
  ['in JSON of a Secret', [secret(JSON_TEXT), OF_SECRET], 'UNKNOWN'],
  ['in JSON of a Secret, in Base64', [encoded(JSON_TEXT), OF_SECRET], 'UNKNOWN'],
  ['by its ID', [configMap(`user: ${ID}\nother: abc`), OF_CONFIG_MAP], 'UNKNOWN'],
  ['in the location of a bucket', [configMap('backup: s3://abc:def@bucket/path'), OF_CONFIG_MAP], 'UNKNOWN'],
  ['with a variable as its value', [configMap('aws_secret_access_key: $PASSWORD'), OF_CONFIG_MAP], 'UNKNOWN'],
  ['in a variable from a ConfigMap', [configMap(INI), own({ env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'it', key: 'app.txt' } } }] })], 'UNKNOWN'],
  ['in all variables of a Secret', [secret(JSON_TEXT), own({ envFrom: [{ secretRef: { name: 'it' } }] })], 'UNKNOWN'],
  ['in a variable of Airflow', [own({ env: [{ name: 'AIRFLOW_CONN_AWS_DEFAULT', valueFrom: { secretKeyRef: { name: 'it', key: 'x' } } }] })], 'UNKNOWN'],
  ['in a variable', [own({ env: [{ name: 'X', value: JSON_TEXT }] })], 'UNKNOWN'],
  ['in a key that a controller fills from one', [external({ data: [{ secretKey: 'x', remoteRef: { key: 'store', property: 'secret_access_key' } }] }), own({ env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'it', key: 'x' } } }] })], 'UNKNOWN'],
  ['in a file that a controller fills', [external({ target: { name: 'it', template: { data: { x: 'aws_secret_access_key = {{ .it }}' } } }, data: [] }), OF_SECRET], 'UNKNOWN'],
  ['in another key that a controller fills', [external({ data: [{ secretKey: 'x', remoteRef: { key: 'store', property: 'secret_access_key' } }] }), own({ env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'it', key: 'y' } } }] })], 'DENIED'],
  ['in a script', [own({ command: ['sh', '-c', 'export AWS_SECRET_ACCESS_KEY=abc && run'] })], 'UNKNOWN'],
  ['in a script that gets it from AWS', [own({ command: ['sh', '-c', 'export AWS_SECRET_ACCESS_KEY=$(aws sts assume-role | jq .x) && run'] })], 'DENIED'],
  ['in another variable of the same ConfigMap', [configMap(INI), own({ env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'it', key: 'other' } } }] })], 'DENIED'],
  ['in a ConfigMap of another namespace', [{ ...configMap(INI), metadata: { name: 'it', namespace: 'ops' } }, data('ConfigMap', { data: {} }), OF_CONFIG_MAP], 'DENIED'],
  ['without its value', [configMap('aws_secret_access_key:\naws_region: us-west-2\n'), OF_CONFIG_MAP], 'DENIED'],
  ['of something else', [configMap('db_password = abc\nstripe_secret_key: abc\nsigning_key: abc\n'), OF_CONFIG_MAP], 'DENIED'],
  ['in a connection of a database', [own({ env: [{ name: 'AIRFLOW_CONN_POSTGRES', value: 'postgresql://user:abc@db/x' }] })], 'DENIED'],
  ['of another service in JSON', [secret('{"clientId":"abc","clientSecret":"abc","apiKey":"abc"}'), OF_SECRET], 'DENIED'],
])('a pod that has an access key %s has the credentials of a user, or not', (_, documents, outcome) => {
  expect(holding(...documents).outcome).toBe(outcome);
});

const PARAMETER = { It: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/legacy', Value: INI } } };
const STORED = { It: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'legacy', SecretString: `{"user":"${ID}","password":"abc"}` } } };
const FUNCTION = { It: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: '' }, Environment: { Variables: { X: ID } } } } };

test.each<[string, object, object, string]>([
  ['a parameter with a file', PARAMETER, allow('ssm:GetParameter'), 'UNKNOWN'],
  ['a secret with an ID', STORED, allow('secretsmanager:GetSecretValue'), 'UNKNOWN'],
  ['the variables of a function', FUNCTION, allow('lambda:GetFunctionConfiguration'), 'UNKNOWN'],
  ['the template of a ConfigMap', { It: objects({ ...configMap('aws_secret_access_key: abc'), metadata: { name: 'it', namespace: 'ops' } }) }, allow('cloudformation:GetTemplate'), 'UNKNOWN'],
  ['a parameter with something else', { It: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/legacy', Value: 'level = info' } } }, allow('ssm:GetParameter'), 'DENIED'],
  ['a secret with something else', { It: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"user":"a","password":"b"}' } } }, allow('secretsmanager:GetSecretValue'), 'DENIED'],
])('so might one that reads %s, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
  expect(decisionOf(resources, allow('sqs:ListQueues')).outcome).toBe('DENIED');
});
