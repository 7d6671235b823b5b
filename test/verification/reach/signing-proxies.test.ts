import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const QUERY = 'es:ESHttpGet';
const PROXY = { Proxy: accountRole('ops:proxy', allow(QUERY)) };
const accessTo = (resources: object, documents: object[] = []) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...PROXY,
  ...resources,
  Role: accountRole('default:app', allow('sqs:ListQueues')),
  Applied: objects(...documents, account('app', 'Role'), account('proxy', 'Proxy', 'ops')),
})).assume({ noOtherNodes: true });
const decide = (resources: object, documents: object[] = [], action = QUERY) => accessTo(resources, documents).pod({ serviceAccountName: 'app' }).decide(action);

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'proxy', namespace: 'ops' },
  spec: { selector: { matchLabels: { app: 'proxy' } }, template: { metadata: { labels: { app: 'proxy' } }, spec: { serviceAccountName: 'proxy', containers: [{ name: 'it', ...container }], ...spec } } },
});
const chart = (Chart: string, Values?: string) =>
  ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'proxy', Namespace: 'ops', Chart, ...Values && { Values } } } });
const SIGV4 = 'public.ecr.aws/aws-observability/aws-sigv4-proxy:1.8';

test.each<[string, object, object[], string]>([
  ['aws-sigv4-proxy', {}, [deployment({ image: SIGV4 })], 'UNKNOWN'],
  ['aws-sigv4-proxy next to another container', {}, [deployment({ image: 'prometheus:2' }, { initContainers: [{ name: 'signer', image: SIGV4, restartPolicy: 'Always' }] })], 'UNKNOWN'],
  ['aws-es-proxy', {}, [deployment({ image: 'abutaha/aws-es-proxy:v1.5' })], 'UNKNOWN'],
  ['nginx-s3-gateway', {}, [deployment({ image: 'ghcr.io/nginx/nginx-s3-gateway/nginx-oss-s3-gateway:latest' })], 'UNKNOWN'],
  ['s3-proxy', {}, [deployment({ image: 'oxynozeta/s3-proxy' })], 'UNKNOWN'],
  ['a proxy by its command', {}, [deployment({ image: 'registry.example.com/tools:1', command: ['/bin/aws-sigv4-proxy'] })], 'UNKNOWN'],
  ['a proxy by its arguments', {}, [deployment({ image: 'registry.example.com/tools:1', args: ['exec ./aws-es-proxy -listen :9200'] })], 'UNKNOWN'],
  ['the chart of aws-sigv4-proxy', chart('aws-sigv4-proxy-admission-controller', '{}'), [], 'UNKNOWN'],
  ['the chart of a proxy without values', chart('aws-sigv4-proxy'), [], 'UNKNOWN'],
  ['kube-rbac-proxy', {}, [deployment({ image: 'quay.io/brancz/kube-rbac-proxy:v0.18' })], 'DENIED'],
  ['oauth2-proxy', {}, [deployment({ image: 'quay.io/oauth2-proxy/oauth2-proxy:v7' })], 'DENIED'],
  ['kube-proxy', {}, [deployment({ image: 'registry.k8s.io/kube-proxy:v1.35', args: ['--services-proxy=x', 'kubernetes-proxy'] })], 'DENIED'],
  ['something else with the role', {}, [deployment({ image: 'search:1' })], 'DENIED'],
  ['another chart', chart('search'), [], 'DENIED'],
])('pods of a cluster with %s may use the role of its service account, or not', (_, resources, documents, expected) => {
  expect(decide(resources, documents).outcome).toBe(expected);
  expect(decide(resources, documents, 'sns:ListTopics').outcome).toBe('DENIED');
  expect(accessTo(resources, documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(QUERY).outcome).toBe('DENIED');
});

test('a role by EKS Pod Identity counts, too', () => {
  const associated = { Proxy: role(podIdentityTrust(), allow(QUERY)), Association: association('proxy', 'Proxy', { Namespace: 'ops', RoleArn: arnOf('Proxy') }) };
  const outcomes = [SIGV4, 'search:1'].map((image) => decide(associated, [deployment({ image })]).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('a proxy with the network of its node may have the role of the node', () => {
  const outcomes = [true, false].map((hostNetwork) => decide({}, [deployment({ image: SIGV4 }, { hostNetwork })], 'eks-auth:AssumeRoleForPodIdentity').outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('the answer names the proxy', () => {
  expect(decide({}, [deployment({ image: SIGV4 })]).missing).toEqual([
    'whether pods send requests through Deployment ops/proxy, which signs them, and with them the credentials of role Proxy',
  ]);
});

test.each<[string, object, object]>([
  ['Squid', { image: 'ubuntu/squid:6.6' }, { hostNetwork: true }],
  ['tinyproxy by its command', { image: 'registry.example.com/tools:1', command: ['tinyproxy', '-d'] }, { hostNetwork: true }],
  ['mitmproxy by its command', { image: 'registry.example.com/tools:1', command: ['/usr/bin/mitmdump'] }, { hostNetwork: true }],
  ['a server of SOCKS', { image: 'serjs/go-socks5-proxy' }, { hostNetwork: true }],
  ['Envoy as a forward proxy', { image: 'envoyproxy/envoy:v1.35', args: ['--config-yaml', 'name: envoy.filters.http.dynamic_forward_proxy'] }, { hostNetwork: true }],
  ['a proxy in front of itself', { image: 'app:1' }, { hostNetwork: true, initContainers: [{ name: 'p', image: 'vimagick/tinyproxy', restartPolicy: 'Always' }] }],
])('%s on the network of its node sends requests to the instance metadata', (_, container, spec) => {
  const decideWith = (more: object) => decide({}, [deployment(container, { ...spec, ...more })], 'eks-auth:AssumeRoleForPodIdentity');
  expect(decideWith({})).toMatchObject({
    outcome: 'UNKNOWN', missing: ['whether pods send requests through Deployment ops/proxy, which has the network of its node, and with them the credentials of role NodeRole'],
  });
  expect(decideWith({ hostNetwork: false }).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['an exporter', { image: 'quay.io/prometheus/node-exporter:v1.9' }],
  ['kube-proxy', { image: 'registry.k8s.io/kube-proxy:v1.35' }],
  ['a metrics exporter of a proxy', { image: 'boynux/squid-exporter:v1' }],
  ['a load balancer', { image: 'haproxy:3' }],
  ['an ingress controller', { image: 'registry.k8s.io/ingress-nginx/controller:v1.13' }],
  ['a client of a proxy', { image: 'agent:1', args: ['--proxy=http://squid.infra:3128', '--socks5', 'socks.infra:1080'] }],
  ['Envoy', { image: 'envoyproxy/envoy:v1.35', args: ['-c', '/etc/envoy.yaml'] }],
])('%s on the network of its node is no forward proxy', (_, container) => {
  expect(decide({}, [deployment(container, { hostNetwork: true })], 'eks-auth:AssumeRoleForPodIdentity').outcome).toBe('DENIED');
});
