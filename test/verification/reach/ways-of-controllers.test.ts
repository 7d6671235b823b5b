import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects } from '../templates';
import { LIST } from './code-apps';

const OTHER = 'sqs:ListQueues';
const named = (apiVersion: string, kind: string, spec: object, more: object = {}) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'ops' }, spec, ...more });
const decisionOf = (statement: object, documents: object[], more: object = {}) => verification.PodAccess
  .fromTemplates(clusterTemplate({
    Role: accountRole('default:app', statement),
    Other: accountRole('ops:admin', allow(LIST)),
    Applied: objects(account('app', 'Role'), account('admin', 'Other', 'ops'), ...documents),
    ...more,
  }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(LIST);

const Pool = { Type: 'AWS::Cognito::UserPool', Properties: {} };
const argoCd = (key: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'ops' }, data: { [key]: 'issuer: ${Pool.ProviderURL}' } });
const ofCluster = (value = 'cluster') => named('external-secrets.io/v1', 'ExternalSecret', {
  target: { name: 'spoke', template: { metadata: { labels: { 'argocd.argoproj.io/secret-type': value } } } }, dataFrom: [{ extract: { key: 'spoke' } }],
});
const kustomization = (name: string) => named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { kubeConfig: { secretRef: { name } } });
const filled = named('external-secrets.io/v1', 'ExternalSecret', { target: { name: 'kube' }, data: [{ remoteRef: { key: 'spoke' } }] });
const aws = (arn: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: `[{"rolearn":"${arn}","username":"x","groups":["system:masters"]}]` } });
const model = (property: string) => named('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { serviceAccountName: 'admin', model: { [property]: 's3://models/iris' } } });
const read = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-AbCdEf`);
const put = allow('s3:PutObject', 'arn:aws:s3:::models/*');
const create = (name: string) => allow('iam:CreateRole', `arn:aws:iam::111122223333:role/${name}`);
const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';

test.each<[string, object, object[], object?]>([
  ['changes users of Argo CD', allow('cognito-idp:AdminCreateUser', arnOf('Pool')), [argoCd('oidc.config')], { Pool }],
  ['changes users of Argo CD by Dex', allow('cognito-idp:AdminAddUserToGroup', arnOf('Pool')), [argoCd('dex.config')], { Pool }],
  ['reads the credentials of a cluster of Argo CD', read('spoke'), [ofCluster()]],
  ['reads the credentials of a cluster of Flux', read('spoke'), [kustomization('kube'), filled]],
  ['reads the credentials of a repository of Argo CD', read('spoke'), [ofCluster('repository')]],
  ['creates a role of aws-auth', create('deployer'), [aws(DEPLOYER)]],
  ['writes the model of a server', put, [model('storageUri')]],
  ['writes one of several models of a server', put, [model('storageUris')]],
])('a pod that %s might do what other pods of the cluster may do', (_, statement, documents, more = {}) => {
  expect(decisionOf(statement, documents, more).outcome).toBe('UNKNOWN');
});

test.each<[string, object, object[], object?]>([
  ['changes users of another pool', allow('cognito-idp:AdminCreateUser', arnOf('Others')), [argoCd('oidc.config')], { Pool, Others: Pool }],
  ['changes users of a pool that other settings name', allow('cognito-idp:AdminCreateUser', arnOf('Pool')), [argoCd('url')], { Pool }],
  ['reads another secret', read('other'), [ofCluster()]],
  ['reads a secret for something else of Argo CD', read('spoke'), [ofCluster('notifications')]],
  ['reads a secret for something else than a cluster of Flux', read('spoke'), [kustomization('others'), filled]],
  ['creates a role that aws-auth does not name', create('other'), [aws(DEPLOYER)]],
  ['creates roles with the name of one of the templates', allow('iam:CreateRole', arnOf('Other')), [aws('${Other.Arn}')]],
  ['writes the data of a server', put, [model('dataUri')]],
])('a pod that %s cannot', (_, statement, documents, more = {}) => {
  expect(decisionOf(statement, documents, more).outcome).toBe('DENIED');
});

const vault = (annotations: object, value = 'x') => verification.PodAccess.fromTemplates(clusterTemplate({
  Applied: objects(account('app'), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default', annotations }, spec: { serviceAccountName: 'app', containers: [{ name: 'c', env: [{ name: 'V', value }] }] } }),
})).assume({ noOtherNodes: true }).workload({ kind: 'Pod', name: 'p' }).decide(OTHER).outcome;

test.each([
  [{ 'vault.hashicorp.com/agent-inject-secret-aws': 'aws/creds/deploy' }, 'UNKNOWN'],
  [{ 'vault.hashicorp.com/agent-inject-secret-a': 'team/sts/deploy' }, 'UNKNOWN'],
  [{ 'vault.hashicorp.com/agent-inject-template-a': '{{ with secret \'prod-aws/creds/deploy\' }}' }, 'UNKNOWN'],
  [{ 'vault.hashicorp.com/agent-inject-secret-db': 'database/creds/app' }, 'DENIED'],
])('what Vault writes into a pod by the annotations %j counts if it is credentials of AWS', (annotations, outcome) => {
  expect(vault(annotations)).toBe(outcome);
});

test.each([
  ['vault:aws/creds/deploy#access_key', 'UNKNOWN'],
  ['vault:database/creds/app#username', 'DENIED'],
  ['https://example.com/aws/creds/deploy', 'DENIED'],
])('what Vault writes into a variable with the value %s counts if it is credentials of AWS', (value, outcome) => {
  expect(vault({}, value)).toBe(outcome);
});
