import { ALLOWED, complete, decide, Question, shown, UNKNOWN } from './questions';
import { allow, association, objects, podIdentityTrust, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const policy = (spec: object, namespace = 'default') => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'closed', namespace }, spec });
const NOTHING = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const toAgent = (more: object = {}) => ({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ...more }] });
const pod = (spec: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } }, spec: { serviceAccountName: 'app', containers: [], ...spec } });
const WEB = { workload: { kind: 'Pod', name: 'web' } };
const having = (...documents: object[]) => ({ Reader: role(podIdentityTrust(), allow(LIST)), Own: association('app', 'Reader'), Objects: objects(...documents) });
const ask = (resources: object, question: Partial<Question> = {}) => decide(resources, { action: LIST, ...question });

test.each(complete([
  ['allows nothing', having(pod(), policy(NOTHING)), UNKNOWN, WEB],
  ['allows nothing, to pods that the templates do not show', having(policy(NOTHING)), UNKNOWN],
  ['allows another port', having(pod(), policy(toAgent({ ports: [{ port: 443 }] }))), UNKNOWN, WEB],
  ['allows all addresses except those of the node', having(pod(), policy({ ...NOTHING, egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] }] })), UNKNOWN, WEB],
  ['allows the agent', having(pod(), policy(toAgent({ ports: [{ port: 80, protocol: 'TCP' }] }))), ALLOWED, WEB],
  ['allows nothing, while another one allows the agent', having(pod(), policy(NOTHING), policy({ ...toAgent(), podSelector: { matchLabels: { app: 'web' } } })), ALLOWED, WEB],
  ['allows nothing, while another one allows the agent to pods that the templates do not show', having(policy(NOTHING), policy({ ...toAgent(), podSelector: { matchLabels: { app: 'web' } } })), ALLOWED],
  ['is for other pods', having(pod(), policy({ ...NOTHING, podSelector: { matchLabels: { app: 'other' } } })), ALLOWED, WEB],
  ['is for some pods, to others of their account', having(policy({ ...NOTHING, podSelector: { matchLabels: { app: 'web' } } })), ALLOWED],
  ['is for another namespace', having(pod(), policy(NOTHING, 'other')), ALLOWED, WEB],
  ['limits ingress only', having(pod(), policy({ ...NOTHING, policyTypes: ['Ingress'] })), ALLOWED, WEB],
  ['is not for pods in the network of their node', having(pod({ hostNetwork: true }), policy(NOTHING)), ALLOWED, WEB],
]))('a NetworkPolicy may keep pods from the EKS Pod Identity agent, or not: it %s', (_, resources, expected, question) => {
  const decision = ask(resources, question);
  expect(shown(decision)).toBe(expected);
  expect(decision.missing).toEqual(expected === ALLOWED ? [] : ['whether NetworkPolicy default/closed keeps the pods from the EKS Pod Identity agent']);
});
