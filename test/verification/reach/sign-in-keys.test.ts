import { verification } from '../../../lib';
import { account, allow, arnOf, clusterTemplate, job, objects, podIdentityTrust, association, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const service = (name: string) => role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${name}.amazonaws.com` } }, allow(LIST));
const TRANSFER = {
  Deploy: service('transfer'),
  Server: { Type: 'AWS::Transfer::Server', Properties: { Protocols: ['SFTP'], Tags: [{ Key: 'transfer:customHostname', Value: 'files.example.com' }] } },
  User: { Type: 'AWS::Transfer::User', Properties: { ServerId: { 'Fn::GetAtt': ['Server', 'ServerId'] }, UserName: 'partner', Role: arnOf('Deploy') } },
  Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name: 'sftp.example.com.', Type: 'CNAME', ResourceRecords: [{ 'Fn::Sub': '${Server.ServerId}.server.transfer.${AWS::Region}.amazonaws.com' }] } },
};
const GRAFANA = {
  Deploy: service('grafana'),
  Workspace: { Type: 'AWS::Grafana::Workspace', Properties: { AccountAccessType: 'CURRENT_ACCOUNT', AuthenticationProviders: ['SAML'], PermissionType: 'CUSTOMER_MANAGED', RoleArn: arnOf('Deploy') } },
};
const text = (name: string, value: string) => ({ name, value });
const secret = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: 'app', key: 'value' } } });
const pods = (...env: object[]) => [job('work', 'app', { containers: [{ name: 'main', env }] })];
const object = (kind: string, spec: object, namespace = 'default') => ({ apiVersion: 'grafana.integreatly.org/v1beta1', kind, metadata: { name: 'it', namespace }, spec });
const filled = (secretKey: string) => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'it', namespace: 'other' }, spec: { secretStoreRef: { name: 'aws' }, data: [{ secretKey, remoteRef: { key: 'sftp' } }] },
});
const reading = { Own: role(podIdentityTrust(), allow('secretsmanager:GetSecretValue')), Association: association('app', 'Own') };
const HOST = 's-0123456789abcdef0.server.transfer.us-west-2.amazonaws.com';
const WORKSPACE = 'https://g-0123.grafana-workspace.us-west-2.amazonaws.com';
const decisionOf = (resources: object, documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({ ...resources, Applied: objects(account('app'), ...documents) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, object[]]>([
  ['the key of a user of AWS Transfer Family', TRANSFER, pods(text('SFTP_HOST', HOST), secret('SFTP_PRIVATE_KEY'))],
  ['the key of such a user in a file', TRANSFER, pods(text('HOST', 's-0123456789abcdef0.server.transfer.${AWS::Region}.amazonaws.com'), secret('KEY_FILE'))],
  ['the key of such a user of a server with a host of its own', TRANSFER, pods(text('SFTP_HOST', 'files.example.com'), secret('SFTP_PRIVATE_KEY'))],
  ['the key of such a user of a server with a record', TRANSFER, pods(text('SFTP_HOST', 'sftp.example.com:22'), secret('SFTP_PRIVATE_KEY'))],
  ['the token of a workspace', GRAFANA, pods(text('GRAFANA_URL', WORKSPACE), secret('GRAFANA_TOKEN'))],
  ['the token of a workspace in their namespace', GRAFANA, [object('Grafana', { external: { url: WORKSPACE, apiKey: { name: 's', key: 'k' } } })]],
  ['the key of a user that they may read', { ...TRANSFER, ...reading }, [filled('SFTP_PRIVATE_KEY')]],
  ['the token of a workspace that they may read', { ...GRAFANA, ...reading }, [filled('GRAFANA_TOKEN')]],
])('pods might get a role by %s', (_, resources, documents) => {
  const { outcome, missing } = decisionOf(resources, documents);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/(SSH key for User|token for Workspace) with role Deploy, which is in/)]);
});

test.each<[string, object, object[]]>([
  ['a key for another host', TRANSFER, pods(text('SFTP_HOST', 'sftp.example.org'), secret('SFTP_PRIVATE_KEY'))],
  ['a host without anything secret', TRANSFER, pods(text('SFTP_HOST', HOST))],
  ['a host, and no user with a role', { ...TRANSFER, User: GRAFANA.Workspace }, pods(text('SFTP_HOST', HOST), secret('SFTP_PRIVATE_KEY'))],
  ['the passwords and tokens of other systems', TRANSFER, pods(secret('DB_PASSWORD'), secret('STRIPE_API_KEY'), secret('SLACK_TOKEN'))],
  ['the token of a Grafana in the cluster', GRAFANA, pods(text('GRAFANA_URL', 'http://grafana.monitoring.svc'), secret('GRAFANA_TOKEN'))],
  ['a workspace in another namespace', GRAFANA, [object('Grafana', { external: { url: WORKSPACE, apiKey: { name: 's', key: 'k' } } }, 'other')]],
  ['a key that they may not read', TRANSFER, [filled('SFTP_PRIVATE_KEY')]],
  ['another value that they may read', { ...TRANSFER, ...reading }, [filled('DB_PASSWORD')]],
])('pods get no role by %s', (_, resources, documents) => {
  expect(decisionOf(resources, documents).outcome).toBe('DENIED');
});
