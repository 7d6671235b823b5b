import { ALLOWED, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { allow, job, objects } from '../templates';

const READER = reader([allow('sqs:ListQueues')]);
const work = (spec: object, annotations: object = {}) => ({
  ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations }, spec: { serviceAccountName: 'app', ...spec } } } }),
});
const withVariable = (name: string, list = 'containers') => work({ [list]: [{ name: 'main', env: [{ name, value: 'x' }] }] });
const ofWork = (resources: object, action: string) => decide(resources, { action, workload: { kind: 'Job', name: 'work' } });

test.each([
  ['AWS_ROLE_ARN', withVariable('AWS_ROLE_ARN')],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', withVariable('AWS_WEB_IDENTITY_TOKEN_FILE', 'initContainers')],
  ['eks.amazonaws.com/skip-containers', work({}, { 'eks.amazonaws.com/skip-containers': 'main' })],
])('with %s, it is unknown which credentials SDKs use, but not which the pods can get', (name, resources) => {
  const decision = ofWork(resources, 'sqs:ListQueues');
  expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
  expect(decision.missing.join()).toContain(name);
  expect(ofWork(resources, 's3:ListAllMyBuckets').outcome).toBe(DENIED);
});

test.each(['AWS_ACCESS_KEY_ID', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'])('with %s, the pods may have any credentials', (name) => {
  const decision = ofWork(withVariable(name), 's3:ListAllMyBuckets');
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing.join()).toContain(name);
});

test('other variables change nothing', () => {
  expect(shown(ofWork(withVariable('AWS_REGION'), 'sqs:ListQueues'))).toBe(ALLOWED);
});
