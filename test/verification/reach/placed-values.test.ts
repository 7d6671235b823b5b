import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, withValue } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const workload = (container: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'worker', namespace: 'ops' },
  spec: { template: { spec: { serviceAccountName: 'worker', containers: [{ name: 'it', image: 'app@sha256:1', ...container }] } } },
});
const variable = (name: string, container: object = {}) => workload({ ...container, env: [{ name, value: '' }] });
const IN_POD = '/spec/template/spec';
const CONTAINER = `${IN_POD}/containers/0`;
const decide = (document: object, path: string) => verification.PodAccess.fromTemplates(clusterTemplate({
  Role: accountRole('default:app', allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*')),
  Other: accountRole('ops:worker', allow(LIST)),
  Accounts: objects(account('app', 'Role'), account('worker', 'Other', 'ops')),
  Applied: withValue(document, path, '{{resolve:ssm:/app/value}}'),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, string, string]>([
  ['a variable with data', variable('DATABASE_HOST'), `${CONTAINER}/env/0/value`, 'DENIED'],
  ['a variable that decides what it loads', variable('NODE_OPTIONS'), `${CONTAINER}/env/0/value`, 'UNKNOWN'],
  ['a variable that its command runs', variable('TASK', { command: ['sh', '-c', 'exec $TASK'] }), `${CONTAINER}/env/0/value`, 'UNKNOWN'],
  ['a variable whose name the deployment knows', workload({ env: [{ value: '' }] }), `${CONTAINER}/env/0/value`, 'UNKNOWN'],
  ['the number of its pods', workload({}), '/spec/replicas', 'DENIED'],
  ['its image', workload({}), `${CONTAINER}/image`, 'UNKNOWN'],
  ['its command', workload({ command: ['sh', '-c', 'echo'] }), `${CONTAINER}/command/2`, 'UNKNOWN'],
  ['its service account', workload({}), `${IN_POD}/serviceAccountName`, 'UNKNOWN'],
  ['the network of its node', workload({}), `${IN_POD}/hostNetwork`, 'UNKNOWN'],
  ['a label of its pods', workload({}), '/spec/template/metadata/labels/team', 'UNKNOWN'],
  ['a file of a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: {} }, '/data/run.sh', 'UNKNOWN'],
])('who changes a parameter from which the next deployment takes %s gets credentials of others, or not', (_, document, path, outcome) => {
  expect(decide(document, path).outcome).toBe(outcome);
});

test('an image is code, and no value about access', () => {
  expect(decide(workload({}), `${CONTAINER}/image`).missing.join()).toContain('change the code of Deployment ops/worker with role Role');
});
