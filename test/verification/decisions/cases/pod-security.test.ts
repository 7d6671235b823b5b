import { ALLOWED, Case, complete, decide, reader, REACHABLE, shown } from './questions';
import { account, allow, job, objects } from '../../templates';

/** What the role of the nodes of `clusterTemplate` allows. */
const OF_NODE = 'sqs:ListQueues';
const OF_ROLE = 's3:ListAllMyBuckets';
const WORK = { workload: { kind: 'Job', name: 'work' } };
const namespace = (labels: object, name = 'default') => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const enforces = (level: string, name?: string) => namespace({ 'pod-security.kubernetes.io/enforce': level }, name);
const having = (spec: object, ...others: object[]) => ({ ...reader([allow(OF_ROLE)]), Objects: objects(account('app', 'Reader'), job('work', 'app', { containers: [{ name: 'main' }], ...spec }), ...others) });
const HOST = { hostNetwork: true };
const MAYBE = 'UNKNOWN, by default DENIED';

const cases: Case[] = [
  ['that enforces the standard restricted', having(HOST, enforces('restricted')), MAYBE],
  ['that enforces the standard baseline', having(HOST, enforces('baseline')), MAYBE],
  ['that enforces the standard privileged', having(HOST, enforces('privileged')), REACHABLE],
  ['that only warns', having(HOST, namespace({ 'pod-security.kubernetes.io/warn': 'restricted' })), REACHABLE],
  ['while another one enforces a standard', having(HOST, enforces('restricted', 'other')), REACHABLE],
];

test.each(complete(cases))('pods with hostNetwork in a namespace %s may run, or not', (_, resources, expected) => {
  const decision = decide(resources, { action: OF_NODE, ...WORK });
  expect(shown(decision)).toBe(expected);
  const byRole = decide(resources, { action: OF_ROLE, ...WORK });
  expect([byRole.outcome, byRole.missing.join()]).toEqual(expected === MAYBE
    ? ['UNKNOWN', expect.stringContaining('whether Kubernetes admits pods of Job default/work: the label pod-security.kubernetes.io/enforce of their namespace may not allow hostNetwork')] : [ALLOWED, '']);
});

const kyverno = (validationFailureAction: string | undefined, pattern: object = { spec: { '=(hostNetwork)': 'false' } }, group = 'kyverno.io') => ({
  apiVersion: `${group}/v1`, kind: 'ClusterPolicy', metadata: { name: 'hosts' }, spec: { validationFailureAction, rules: [{ name: 'hosts', validate: { pattern } }] },
});
const gatekeeper = (spec: object) => ({ apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: 'K8sPSPHostNetworkingPorts', metadata: { name: 'hosts' }, spec });

test.each<[string, object, string]>([
  ['a policy of Kyverno', kyverno('Enforce'), 'ClusterPolicy hosts'],
  ['a policy of Kyverno in CEL', {
    apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy', metadata: { name: 'hosts' }, spec: { validationActions: ['Deny'], validations: [{ expression: '!object.spec.hostNetwork' }] },
  }, 'ValidatingPolicy hosts'],
  ['a constraint of Gatekeeper', gatekeeper({}), 'K8sPSPHostNetworkingPorts hosts'],
])('%s may refuse pods with hostNetwork', (_, policy, name) => {
  const decision = decide(having(HOST, policy), { action: OF_NODE, ...WORK });
  expect([shown(decision), decision.missing.join()]).toEqual([MAYBE, expect.stringContaining(`whether Kubernetes admits pods of Job default/work: ${name} may not allow hostNetwork`)]);
  expect(shown(decide(having({}, policy), { action: OF_ROLE, ...WORK }))).toBe(ALLOWED);
});

test.each<[string, object]>([
  ['a policy of Kyverno that only reports', kyverno('Audit')],
  ['a policy of Kyverno that only reports by default', kyverno(undefined)],
  ['a policy of Kyverno about something else', kyverno('Enforce', { metadata: { labels: { team: '?*' } } })],
  ['a constraint of Gatekeeper that only reports', gatekeeper({ enforcementAction: 'dryrun' })],
  ['an object of another group', kyverno('Enforce', undefined, 'example.com')],
])('%s refuses no pods', (_, policy) => {
  expect(shown(decide(having(HOST, policy), { action: OF_NODE, ...WORK }))).toBe(REACHABLE);
});

test('pods without such settings run in any namespace, and so may others of the account', () => {
  expect(shown(decide(having({}, enforces('restricted')), { action: OF_ROLE, ...WORK }))).toBe(ALLOWED);
  expect(shown(decide(having(HOST, enforces('restricted')), { action: OF_ROLE }))).toBe(ALLOWED);
});
