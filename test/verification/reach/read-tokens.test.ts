import { accessTo, clusterRole, everywhere, LIST, role, rule } from './rbac-apps';
import { allow, role as iamRole } from '../templates';

const Pushed = iamRole({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  Condition: {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/infra:*' },
  },
}, allow('sns:ListTopics'));
const external = (secretKey: string, namespace = 'ci') => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'it', namespace }, spec: { data: [{ secretKey, remoteRef: { key: 'it' } }] },
});
const READS = rule('', 'secrets', 'get');

test.each<[string, object[], string]>([
  ['a token of a Git provider', [external('GITHUB_TOKEN'), ...role('ci', READS)], 'UNKNOWN'],
  ['something else', [external('DATABASE_PASSWORD'), ...role('ci', READS)], 'DENIED'],
  ['a token of a Git provider in another namespace', [external('GITHUB_TOKEN', 'other'), ...role('ci', READS)], 'DENIED'],
  ['nothing, but may list ConfigMaps', [external('GITHUB_TOKEN'), ...role('ci', rule('', 'configmaps', 'list'))], 'DENIED'],
])('a pod that may read a Secret with %s might push what gets a role, or not', (_, documents, outcome) => {
  const access = accessTo(documents, [], { Pushed });
  expect(access.pod({ serviceAccountName: 'app' }).decide('sns:ListTopics').outcome).toBe(outcome);
  expect(access.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test.each<[string, object[], string]>([
  ['reads the Secrets of its namespace', [external('AWS_SECRET_ACCESS_KEY'), ...role('ci', READS)], 'UNKNOWN'],
  ['acts in the cluster', [external('AWS_SECRET_ACCESS_KEY'), everywhere('cluster-admin')], 'UNKNOWN'],
  ['creates pods in its namespace', [external('AWS_SECRET_ACCESS_KEY'), ...role('ci', rule('', 'pods', 'create'))], 'UNKNOWN'],
  ['reads the Secrets of another namespace', [external('AWS_SECRET_ACCESS_KEY', 'other'), ...role('ci', READS)], 'DENIED'],
  ['reads a Secret with another key', [external('API_KEY'), ...role('ci', READS)], 'DENIED'],
  ['reads ConfigMaps', [external('AWS_SECRET_ACCESS_KEY'), ...clusterRole(rule('', 'configmaps', 'get'))], 'DENIED'],
])('the key of a user whom the templates do not show is in a Secret: a pod that %s', (_, documents, outcome) => {
  expect(accessTo(documents).pod({ serviceAccountName: 'app' }).decide('s3:DeleteBucket').outcome).toBe(outcome);
});
