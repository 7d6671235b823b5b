import { accessTo, clusterRole, LIST, role, rule, ruleFor } from './rbac-apps';
import { allow, job, withValue } from '../templates';

const KEY = {
  Bot: { Type: 'AWS::IAM::User', Properties: { UserName: 'bot', Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow(LIST)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Bot' } } },
};
const inOps = (document: object) => ({ ...document, metadata: { ...(document as { metadata?: object }).metadata, name: 'it', namespace: 'ops' } });
const configMap = (data: object) => inOps({ apiVersion: 'v1', kind: 'ConfigMap', data });
const withEnv = (variable: object) => inOps(job('it', 'reader', { containers: [{ name: 'main', image: 'x', env: [variable] }] }));
const deployment = (variable: object) => ({ ...withEnv(variable), apiVersion: 'apps/v1', kind: 'Deployment' });
const decide = (more: object, ...documents: object[]) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(LIST);

const OF_ENV = '/spec/template/spec/containers/0/env/0/value';
const inConfigMap = { document: configMap({}), path: '/data/config' };
const inJob = { document: withEnv({ name: 'X' }), path: OF_ENV };
const inDeployment = { document: deployment({ name: 'X' }), path: OF_ENV };
const inProxy = { document: { apiVersion: 'example.com/v1', kind: 'Proxy', metadata: { name: 'it', namespace: 'ops' }, spec: {} }, path: '/spec/secret' };

test.each<[string, { document: object; path: string }, object[], string]>([
  ['ConfigMaps', inConfigMap, clusterRole(rule('', 'configmaps', 'get')), 'UNKNOWN'],
  ['the ConfigMap', inConfigMap, role('ops', ruleFor(['it'], '', 'configmaps', 'get')), 'UNKNOWN'],
  ['jobs', inJob, role('ops', rule('batch', 'jobs', 'list')), 'UNKNOWN'],
  ['the pods of jobs', inJob, role('ops', rule('', 'pods', 'watch')), 'UNKNOWN'],
  ['deployments', inDeployment, clusterRole(rule('apps', 'deployments', 'get')), 'UNKNOWN'],
  ['the replica sets of deployments', inDeployment, clusterRole(rule('apps', 'replicasets', 'get')), 'UNKNOWN'],
  ['objects of a controller', inProxy, role('ops', rule('example.com', 'proxies', 'get')), 'UNKNOWN'],
  ['other ConfigMaps', inConfigMap, role('ops', ruleFor(['other'], '', 'configmaps', 'get')), 'DENIED'],
  ['ConfigMaps of another namespace', inConfigMap, role('default', rule('', 'configmaps', 'get')), 'DENIED'],
  ['services', inConfigMap, clusterRole(rule('', 'services', 'get')), 'DENIED'],
  ['the logs of pods', inJob, role('ops', rule('', 'pods/log', 'get')), 'DENIED'],
])('a pod that may read %s might have the key of a user that is in them, or not', (_, { document, path }, documents, outcome) => {
  const Value = { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] };
  expect(decide({ ...KEY, It: withValue(document, path, Value) }, ...documents).outcome).toBe(outcome);
  expect(decide({ ...KEY, It: withValue(document, path, { Ref: 'Key' }) }, ...documents).outcome).toBe('DENIED');
});

test.each<[string, object, object[], string]>([
  ['ConfigMaps', configMap({ AWS_SECRET_ACCESS_KEY: 'x' }), clusterRole(rule('', 'configmaps', 'get')), 'UNKNOWN'],
  ['objects', configMap({ AWS_SECRET_ACCESS_KEY: 'x' }), role('ops', rule('', 'configmaps', 'get')), 'UNKNOWN'],
  ['Secrets', { ...configMap({}), kind: 'Secret', stringData: { AWS_SECRET_ACCESS_KEY: 'x' } }, role('ops', rule('', 'secrets', 'get')), 'UNKNOWN'],
  ['the jobs with a variable', withEnv({ name: 'AWS_SECRET_ACCESS_KEY', value: 'x' }), role('ops', rule('batch', 'jobs', 'get')), 'UNKNOWN'],
  ['the jobs with a variable from a Secret', withEnv({ name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'it', key: 'it' } } }), role('ops', rule('batch', 'jobs', 'get')), 'DENIED'],
  ['ConfigMaps with the ID of a key', configMap({ AWS_ACCESS_KEY_ID: 'x' }), clusterRole(rule('', 'configmaps', 'get')), 'DENIED'],
  ['ConfigMaps with settings', configMap({ LOG_LEVEL: 'x', STRIPE_API_KEY: 'x' }), clusterRole(rule('', 'configmaps', 'get')), 'DENIED'],
  ['Secrets with other values', { ...configMap({}), kind: 'Secret', stringData: { password: 'x', token: 'x' } }, role('ops', rule('', 'secrets', 'get')), 'DENIED'],
])('a pod that may read %s might have the key of a user whom no template shows, or not', (_, document, documents, outcome) => {
  expect(decide({}, document, ...documents).outcome).toBe(outcome);
});
