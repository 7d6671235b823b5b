import { accessTo, clusterRole, LIST, role, rule, ruleFor } from './rbac-apps';

const CHANGES = ['create', 'patch', 'update'];
const reader = (command: string, namespace = 'ops') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'worker', namespace },
  spec: { template: { metadata: { labels: { app: 'worker' } }, spec: { serviceAccountName: 'reader', containers: [{ name: 'it', image: 'app@sha256:1', command: ['sh', '-c', command] }] } } },
});
const server = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'git', namespace: 'git' }, spec: { template: { metadata: { labels: { app: 'git' } }, spec: { containers: [{ name: 'it', image: 'git@sha256:1' }] } } } };
const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'git', namespace: 'git' }, spec });
const SELECTED = service({ selector: { app: 'git' } });
const ingress = (host: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'git', namespace: 'git' },
  spec: { rules: [{ host, http: { paths: [{ path: '/', backend: { service: { name: 'git', port: { number: 80 } } } }] } }] },
});
const decide = (...documents: object[]) => accessTo(documents).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object[], string]>([
  ['create an Ingress', role('web', rule('networking.k8s.io', 'ingresses', 'create')), 'UNKNOWN'],
  ['change an Ingress', clusterRole(ruleFor(['web'], 'networking.k8s.io', 'ingresses', 'patch')), 'UNKNOWN'],
  ['change the status of an Ingress', clusterRole(rule('networking.k8s.io', 'ingresses/status', 'patch')), 'DENIED'],
  ['change network policies', clusterRole(rule('networking.k8s.io', 'networkpolicies', ...CHANGES)), 'DENIED'],
  ['create a route of the Gateway API', role('web', rule('gateway.networking.k8s.io', 'httproutes', 'create')), 'UNKNOWN'],
  ['change a gateway', role('web', rule('gateway.networking.k8s.io', 'gateways', 'update')), 'UNKNOWN'],
  ['watch routes', role('web', rule('gateway.networking.k8s.io', 'httproutes', 'get', 'list', 'watch')), 'DENIED'],
])('who may %s serves what others run, by the host of another one', (_, documents, outcome) => {
  const serving = [SELECTED, server, ingress('git.example.com')];
  expect(decide(...serving, reader('curl https://git.example.com/run | sh'), ...documents)).toBe(outcome);
  expect(decide(...serving, reader('curl https://git.example.com/items | jq .'), ...documents)).toBe('DENIED');
  expect(decide(...serving, reader('curl https://github.com/run | sh'), ...documents)).toBe('DENIED');
  expect(decide(...serving, reader('curl http://git.git.svc/run | sh'), ...documents)).toBe('DENIED');
});

test.each<[string, object, object[], string]>([
  ['change the endpoints of a Service without a selector', service({ ports: [{ port: 80 }] }), role('git', rule('', 'endpoints', 'patch')), 'UNKNOWN'],
  ['change those of another Service', service({ ports: [{ port: 80 }] }), role('git', ruleFor(['other'], '', 'endpoints', 'patch')), 'DENIED'],
  ['add endpoints to a Service without a selector', service({ ports: [{ port: 80 }] }), role('git', rule('discovery.k8s.io', 'endpointslices', 'create')), 'UNKNOWN'],
  ['change a Service without a selector', service({ ports: [{ port: 80 }] }), role('git', rule('', 'services', 'update')), 'UNKNOWN'],
  ['change endpoints of another namespace', service({ ports: [{ port: 80 }] }), role('web', rule('', 'endpoints', ...CHANGES)), 'DENIED'],
  ['change where a name leads', service({ type: 'ExternalName', externalName: 'git.example.com' }), role('git', rule('', 'services', 'patch')), 'UNKNOWN'],
  ['change another name', service({ type: 'ExternalName', externalName: 'git.example.com' }), role('git', ruleFor(['other'], '', 'services', 'patch')), 'DENIED'],
  ['add endpoints to a name', service({ type: 'ExternalName', externalName: 'git.example.com' }), role('git', rule('discovery.k8s.io', 'endpointslices', 'create')), 'DENIED'],
  ['do nothing', service({ ports: [{ port: 80 }] }), [], 'DENIED'],
])('who may %s serves what others run from it, or not', (_, document, documents, outcome) => {
  expect(decide(document, reader('curl http://git.git.svc/run | sh'), ...documents)).toBe(outcome);
  expect(decide(document, reader('curl http://git.git.svc/items | jq .'), ...documents)).toBe('DENIED');
});
