import { verification } from '../../../lib';
import { account, allow, arnOf, association, clusterTemplate, job, objects, podIdentityTrust, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const service = (name: string) => role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${name}.amazonaws.com` } }, allow(LIST));
const REDSHIFT = { Deploy: service('redshift'), Data: { Type: 'AWS::Redshift::Cluster', Properties: { MasterUsername: 'admin', ManageMasterPassword: true, IamRoles: [arnOf('Deploy')] } } };
const AURORA = {
  Deploy: service('rds'),
  Data: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', MasterUsername: 'admin', ManageMasterUserPassword: true, AssociatedRoles: [{ RoleArn: arnOf('Deploy'), FeatureName: 's3Export' }] } },
  User: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
  Other: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
};
const ATTACHED = { ...AURORA, Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'User' }, TargetId: { Ref: 'Data' }, TargetType: 'AWS::RDS::DBCluster' } } };
const PROXY = { ...AURORA, Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { RoleArn: 'arn:aws:iam::111122223333:role/proxy', Auth: [{ AuthScheme: 'SECRETS', SecretArn: { Ref: 'User' } }] } } };
const text = (name: string, value: string) => ({ name, value });
const secret = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: 'app', key: 'value' } } });
const pods = (...env: object[]) => [job('work', 'app', { containers: [{ name: 'main', env }] })];
const reads = (id: string) => ({ Own: role(podIdentityTrust(), allow('secretsmanager:GetSecretValue', { Ref: id })), Association: association('app', 'Own') });
const decisionOf = (resources: object, documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({ ...resources, Applied: objects(account('app'), ...documents) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, object[]]>([
  ['they have beside its host', REDSHIFT, pods(text('PGHOST', 'data.abc123.us-west-2.redshift.amazonaws.com'), secret('PGPASSWORD'))],
  ['they have beside the endpoint of a cluster', AURORA, pods(text('DB_HOST', '${Data.Endpoint.Address}'), secret('DB_PASSWORD'))],
  ['they may read, because its secret is attached', { ...ATTACHED, ...reads('User') }, []],
  ['they may read, because a proxy has its secret', { ...PROXY, ...reads('User') }, []],
])('pods might run SQL with the role of a database by the password of a user that %s', (_, resources, documents) => {
  const { outcome, missing } = decisionOf(resources, documents);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringContaining('password of a user of Data with role Deploy')]);
});

test.each<[string, object, object[]]>([
  ['the host of another service', REDSHIFT, pods(text('PGHOST', 'data.abc123.us-west-2.rds.amazonaws.com'), secret('PGPASSWORD'))],
  ['a host without anything secret', REDSHIFT, pods(text('PGHOST', 'data.abc123.us-west-2.redshift.amazonaws.com'))],
  ['another secret', { ...ATTACHED, ...reads('Other') }, []],
  ['a database without roles', { ...AURORA, Data: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } }, pods(text('DB_HOST', '${Data.Endpoint.Address}'), secret('DB_PASSWORD'))],
])('pods get no role by %s', (_, resources, documents) => {
  expect(decisionOf(resources, documents).outcome).toBe('DENIED');
});
