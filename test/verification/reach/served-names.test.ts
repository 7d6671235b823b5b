import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const deployment = (name: string, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [{ name: 'it', image: 'busybox', ...container }] } } },
});
const service = (name: string, spec: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });
const custom = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'default' }, spec });
const route = (host: string) => custom('networking.k8s.io/v1', 'Ingress', { rules: [{ host, http: { paths: [{ backend: { service: { name: 'web' } } }] } }] });
const ofEmissary = (host: string) => custom('getambassador.io/v3alpha1', 'Mapping', { host, service: 'web' });

const decide = (container: object, documents: object[], resources: object = {}) => verification.PodAccess.fromTemplates({
  stack: {
    Parameters: { P: { Type: 'String', AllowedPattern: '[a-z0-9.:-]+' } },
    ...clusterTemplate({
      Own: accountRole('default:web', allow('sqs:ListQueues')),
      Other: accountRole('default:worker', allow(LIST)),
      Applied: objects(account('web', 'Own'), account('worker', 'Other'), deployment('web'), deployment('worker', container), ...documents),
      ...resources,
    }).stack,
  },
}).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'web' }).decide(LIST).outcome;

const script = (host: string) => ({ command: ['sh', '-c', `curl -s http://${host}/run.sh | sh`] });
const env = (name: string, value: string) => ({ env: [{ name, value }] });

test.each<[string, object, object[], string]>([
  ['its name and a port', script('web:8080'), [], 'UNKNOWN'],
  ['its name, its namespace and a port', script('web.default:8080'), [], 'UNKNOWN'],
  ['its whole name and a port', script('web.default.svc.cluster.local:8080'), [], 'UNKNOWN'],
  ['the name of a pod and a port', script('web-0.web.default.svc:8080'), [], 'UNKNOWN'],
  ['the name of another Service and a port', script('other:8080'), [], 'DENIED'],
  ['its name in another namespace and a port', script('web.ops:8080'), [], 'DENIED'],
  ['the host of a route and a port', script('h.example.com:8443'), [route('h.example.com')], 'UNKNOWN'],
  ['the host of a route with a port', script('h.example.com:8443'), [ofEmissary('h.example.com:8443')], 'UNKNOWN'],
  ['another host of the domain and a port', script('i.example.com:8443'), [route('h.example.com')], 'DENIED'],
  ['another name with a port', script('alias'), [service('alias', { selector: undefined, externalName: 'web:80' })], 'UNKNOWN'],
  ['an index of packages', env('PIP_INDEX_URL', 'http://web:8080/simple'), [], 'UNKNOWN'],
  ['an option for packages', { args: ['pip', 'install', '--index-url', 'http://web:8080/simple', 'it'] }, [], 'UNKNOWN'],
  ['a repository', { args: ['git', 'clone', 'http://web:3000/it.git'] }, [], 'UNKNOWN'],
  ['an image', { image: 'web:5000/it:1' }, [], 'UNKNOWN'],
  ['an API', env('API_URL', 'http://web:8080'), [], 'DENIED'],
])('a Service serves code at %s, or not', (_, container, documents, outcome) => {
  expect(decide(container, [service('web'), ...documents])).toBe(outcome);
});

const record = (Name: string) => ({ Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name, Type: 'CNAME', ResourceRecords: ['h.example.com'] } } });

test.each<[string, string, object, string]>([
  ['a record', 'reg', record('reg'), 'UNKNOWN'],
  ['a record, and a port,', 'reg:8080', record('reg'), 'UNKNOWN'],
  ['another record', 'reg', record('other'), 'DENIED'],
  ['no record', 'reg', {}, 'DENIED'],
])('a name without a domain may lead to a route by %s, or not', (_, host, resources, outcome) => {
  expect(decide(script(host), [service('web'), route('h.example.com')], resources)).toBe(outcome);
});

test.each<[string, string, object[], string]>([
  ['${P}/it:1', 'a Service of which only the cluster knows', [service('web')], 'DENIED'],
  ['${P}/it:1', 'another name of a Service', [service('web'), service('alias', { selector: undefined, externalName: 'web.default' })], 'DENIED'],
  ['${P}:5000/it:1', 'a Service of which only the cluster knows', [service('web')], 'DENIED'],
  ['${P}/it:1', 'a route', [service('web'), route('h.example.com')], 'UNKNOWN'],
  ['${P}/it:1', 'a load balancer', [service('web', { type: 'LoadBalancer' })], 'UNKNOWN'],
  ['${P}/it:1', 'a port of nodes', [service('web', { type: 'NodePort', ports: [{ port: 80, nodePort: 30500 }] })], 'UNKNOWN'],
  ['${P}.example.com/it:1', 'a route', [service('web'), route('h.example.com')], 'UNKNOWN'],
  ['${P}.example.com/it:1', 'a Service of which only the cluster knows', [service('web')], 'DENIED'],
  ['web.default.svc:5000/it:1', 'a Service that it names', [service('web')], 'UNKNOWN'],
  ['${P}', 'a route', [service('web'), route('h.example.com')], 'DENIED'],
])('nodes may get image %s from %s, or not', (image, _, documents, outcome) => {
  expect(decide({ image }, documents)).toBe(outcome);
});

test.each([
  'docker.elastic.co', 'cr.fluentbit.io', 'xpkg.upbound.io', 'xpkg.crossplane.io', 'reg.kyverno.io', 'oci.external-secrets.io', 'cr.l5d.io', 'registry.k8s.io', 'public.ecr.aws',
])('a route whose host is a parameter is not that of %s', (host) => {
  const outcomes = ['${P}', 'app.${P}', host].map((routed) => decide({ image: `${host}/it:1` }, [service('web'), route(routed)]));
  expect(outcomes).toEqual(['DENIED', 'DENIED', 'UNKNOWN']);
});

test.each<[string, string]>([
  ['get.helm.sh', 'DENIED'], ['deb.debian.org', 'DENIED'], ['dl-cdn.alpinelinux.org', 'DENIED'], ['rubygems.org', 'DENIED'], ['static.crates.io', 'DENIED'],
  ['prometheus-community.github.io', 'DENIED'], ['get.example.com', 'UNKNOWN'], ['elastic.co', 'UNKNOWN'], ['mycrates.io', 'UNKNOWN'], ['debian.org.example.com', 'UNKNOWN'],
])('a route whose host is a parameter may be that of the scripts at %s, or not', (host, outcome) => {
  expect(decide(script(host), [service('web'), route('${P}')])).toBe(outcome);
});

test.each<[string, string, string]>([
  ['${P}.example.com', 'h.example.com', 'UNKNOWN'],
  ['${P}.example.com', 'h.i.example.com:8443', 'UNKNOWN'],
  ['${P}.i.example.com', 'h.i.example.com', 'UNKNOWN'],
  ['${P}.i.example.com', 'h.example.com', 'DENIED'],
  ['${P}.com', 'h.example.com', 'UNKNOWN'],
  ['${P}example.com', 'h-example.com', 'UNKNOWN'],
  ['h.${P}', 'h.example.com', 'UNKNOWN'],
  ['*.${P}', 'h.example.com', 'UNKNOWN'],
  ['h-${P}.example.com', 'h.example.com', 'DENIED'],
  ['${P}.example.com', 'h.example.org', 'DENIED'],
])('a route for %s may be that of %s, or not', (routed, host, outcome) => {
  expect(decide(script(host), [service('web'), route(routed)])).toBe(outcome);
});

test.each<[string, string]>([
  ['a-1.elb.us-west-2.amazonaws.com', 'UNKNOWN'], ['a-1.us-west-2.elb.amazonaws.com', 'UNKNOWN'], ['h.example.com', 'DENIED'],
])('the load balancer of a Service may have the host %s, or not', (host, outcome) => {
  expect(decide(script(host), [service('web', { type: 'LoadBalancer' })])).toBe(outcome);
});

test.each<[string, object, string, string]>([
  ['an external address', { externalIPs: ['203.0.113.5'] }, '203.0.113.5', 'UNKNOWN'],
  ['an external address, with a port', { externalIPs: ['203.0.113.5'] }, '203.0.113.5:8080', 'UNKNOWN'],
  ['a fixed address in the cluster', { clusterIP: '10.100.7.7' }, '10.100.7.7', 'UNKNOWN'],
  ['one of several addresses in the cluster', { clusterIPs: ['10.100.7.7', 'fd00::7'] }, '10.100.7.7', 'UNKNOWN'],
  ['the address of a load balancer', { type: 'LoadBalancer', loadBalancerIP: '198.51.100.7' }, '198.51.100.7', 'UNKNOWN'],
  ['another address', { externalIPs: ['203.0.113.5'] }, '203.0.113.6', 'DENIED'],
  ['no address', { clusterIP: 'None' }, '203.0.113.5', 'DENIED'],
])('a Service with %s answers there, or not', (_, spec, host, outcome) => {
  expect(decide(script(host), [service('web', spec)])).toBe(outcome);
});
