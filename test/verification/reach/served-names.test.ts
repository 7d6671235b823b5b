import { verification } from '../../../lib';
import { account, accountRole, allow, association, clusterTemplate, objects, role } from '../templates';

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

const recordIn = (Name: string) => ({ Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name, Type: 'CNAME', ResourceRecords: ['h.example.com'] } } });

test.each<[string, string, object, string]>([
  ['a record', 'reg', recordIn('reg'), 'UNKNOWN'],
  ['a record, and a port,', 'reg:8080', recordIn('reg'), 'UNKNOWN'],
  ['another record', 'reg', recordIn('other'), 'DENIED'],
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

const HEADLESS = { clusterIP: 'None' };
const annotated = (name: string, value: string) => ({ ...service('web'), metadata: { name: 'web', namespace: 'default', annotations: { [name]: value } } });
const STABLE = [service('stable', { selector: { app: 'stable' } }), deployment('stable')];
const mesh = (parentRefs: object[]) => custom('gateway.networking.k8s.io/v1', 'HTTPRoute', { parentRefs, rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] });
const corefile = (rule: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' }, data: { Corefile: `.:53 {\n    errors\n    ${rule}\n    forward . /etc/resolv.conf\n}\n` } });
const record = (target: string) => custom('externaldns.k8s.io/v1alpha1', 'DNSEndpoint', { endpoints: [{ dnsName: 'h.example.com', recordType: 'CNAME', targets: [target] }] });
const entry = (spec: object) => custom('networking.istio.io/v1', 'ServiceEntry', { hosts: ['h.example.com'], resolution: 'STATIC', ...spec });
const knative = (name: string) => ({ ...deployment(name), apiVersion: 'serving.knative.dev/v1', kind: 'Service' });

test.each<[string, object, object[], string]>([
  ['its fixed address', script('10.100.0.50'), [service('web', { clusterIP: '10.100.0.50' })], 'UNKNOWN'],
  ['one of its fixed addresses, and a port', script('10.100.0.50:8080'), [service('web', { clusterIPs: ['10.100.0.50', 'fd00::50'] })], 'UNKNOWN'],
  ['an address that is a parameter', script('10.100.0.50'), [service('web', { clusterIP: '${P}' })], 'UNKNOWN'],
  ['another address', script('10.100.0.51'), [service('web', { clusterIP: '10.100.0.50' })], 'DENIED'],
  ['a host, if its address is a parameter', script('h.example.com'), [service('web', { clusterIP: '${P}' })], 'DENIED'],
  ['an address outside the cluster', script('192.0.2.10'), [service('web', { externalIPs: ['192.0.2.10'] })], 'UNKNOWN'],
  ['the address of its load balancer', script('192.0.2.10'), [service('web', { type: 'LoadBalancer', loadBalancerIP: '192.0.2.10' })], 'UNKNOWN'],
  ['an address of its Network Load Balancer', script('10.0.2.10'), [annotated('service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses', '10.0.1.10, 10.0.2.10')], 'UNKNOWN'],
  ['its name in several clusters', script('web.default.svc.clusterset.local:8080'), [service('web')], 'UNKNOWN'],
  ['another name in several clusters', script('other.default.svc.clusterset.local'), [service('web')], 'DENIED'],
  ['the name of one of its pods', script('web-0.web'), [service('web', HEADLESS)], 'UNKNOWN'],
  ['the name of one of its pods with the namespace', script('web-0.web.default:8080'), [service('web', HEADLESS)], 'UNKNOWN'],
  ['the name of a pod of another Service', script('web-0.other'), [service('web', HEADLESS)], 'DENIED'],
  ['the name of a pod, which it has no names for', script('web-0.web'), [service('web')], 'DENIED'],
  ['the host of external-dns', script('h.example.com'), [annotated('external-dns.kubernetes.io/hostname', 'h.example.com')], 'UNKNOWN'],
  ['the host of external-dns inside a network', script('h.example.com'), [annotated('external-dns.alpha.kubernetes.io/internal-hostname', 'h.example.com')], 'UNKNOWN'],
  ['a host of external-dns with a prefix of its own', script('h.example.com'), [annotated('dns.example.org/hostname', 'h.example.com')], 'UNKNOWN'],
  ['a record of external-dns', script('h.example.com'), [service('web'), record('web.default.svc.cluster.local')], 'UNKNOWN'],
  ['a record of external-dns that leads elsewhere', script('h.example.com'), [service('web'), record('www.example.org')], 'DENIED'],
  ['another Service, whose requests a route sends to it', script('stable'), [service('web'), ...STABLE, mesh([{ group: '', kind: 'Service', name: 'stable', port: 80 }])], 'UNKNOWN'],
  ['another Service, whose requests no route sends to it', script('stable'), [service('web'), ...STABLE, mesh([{ name: 'stable' }])], 'DENIED'],
  ['another Service, whose requests are split', script('stable'), [service('web'), ...STABLE, custom('split.smi-spec.io/v1alpha4', 'TrafficSplit', { service: 'stable', backends: [{ service: 'web', weight: 1 }] })], 'UNKNOWN'],
  ['another Service, whose profile names it', script('stable'), [service('web'), ...STABLE, {
    ...custom('linkerd.io/v1alpha2', 'ServiceProfile', { dstOverrides: [{ authority: 'web.default.svc.cluster.local:80', weight: '1' }] }), metadata: { name: 'stable.default.svc.cluster.local', namespace: 'default' },
  }], 'UNKNOWN'],
  ['a host of Istio by its address', script('h.example.com'), [service('web', { clusterIP: '10.100.0.50' }), entry({ endpoints: [{ address: '10.100.0.50' }] })], 'UNKNOWN'],
  ['a host that CoreDNS rewrites', script('h.example.com'), [service('web'), corefile('rewrite name h.example.com web.default.svc.cluster.local')], 'UNKNOWN'],
  ['a host that CoreDNS rewrites as it is', script('h.example.com'), [service('web'), corefile('rewrite stop {\n        name exact h.example.com web.default.svc.cluster.local\n    }')], 'UNKNOWN'],
  ['a host that CoreDNS does not rewrite', script('h.example.com'), [service('web'), corefile('rewrite name i.example.com web.default.svc.cluster.local')], 'DENIED'],
])('a Service serves code at %s, or not, by what the templates say about it', (_, container, documents, outcome) => {
  expect(decide(container, documents)).toBe(outcome);
});

test.each<[string, object[], string]>([
  ['by their labels', [entry({ workloadSelector: { labels: { app: 'web' } } })], 'UNKNOWN'],
  ['by other labels', [entry({ workloadSelector: { labels: { app: 'stable' } } }), deployment('stable')], 'DENIED'],
])('Istio sends the requests for a host to pods %s, or not', (_, documents, outcome) => {
  expect(decide(script('h.example.com'), documents)).toBe(outcome);
});

test.each<[string, string]>([['10.100.0.50', 'UNKNOWN'], ['10.100.0.51', 'DENIED']])('pods can have another name for the fixed address of a Service: %s', (ip, outcome) => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it', namespace: 'default' }, spec: { serviceAccountName: 'worker', hostAliases: [{ ip, hostnames: ['h.example.com'] }], containers: [{ name: 'it', image: 'busybox', ...script('h.example.com') }] } };
  expect(decide({}, [service('web', { clusterIP: '10.100.0.50' }), pod])).toBe(outcome);
});

test('a Service of Knative has the pods of its template behind it', () => {
  const outcomes = [knative('web'), knative('other')].map((one) => decide(script('web.default.svc.cluster.local'), [one]));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

const chart = (Namespace: string) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:kubectl', ClusterName: { Ref: 'Cluster' }, Release: 'git', Chart: 'gitea', Namespace } },
});
const release = (targetNamespace: string) => custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'gitea' } }, targetNamespace });

test.each<[string, object, object[], object, string]>([
  ['a chart', script('gitea-http.default.svc:3000'), [], chart('default'), 'UNKNOWN'],
  ['a chart, by its short name', script('gitea-http:3000'), [], chart('default'), 'UNKNOWN'],
  ['a chart, by a route', script('h.example.com'), [custom('networking.k8s.io/v1', 'Ingress', { rules: [{ host: 'h.example.com', http: { paths: [{ backend: { service: { name: 'gitea-http' } } }] } }] })], chart('default'), 'UNKNOWN'],
  ['a chart in another namespace', script('gitea-http.default.svc:3000'), [], chart('git'), 'DENIED'],
  ['a chart, by a name in another namespace', script('gitea-http.git.svc:3000'), [], chart('default'), 'DENIED'],
  ['a chart, by the name of a Service of the templates', script('stable'), STABLE, chart('default'), 'DENIED'],
  ['a chart, by a host elsewhere', script('get.example.com'), [], chart('default'), 'DENIED'],
  ['a chart, by what is itself', script('localhost'), [], chart('default'), 'DENIED'],
  ['a release', script('gitea-http.default.svc:3000'), [release('default')], {}, 'UNKNOWN'],
  ['a release in another namespace', script('gitea-http.default.svc:3000'), [release('git')], {}, 'DENIED'],
  ['a controller', script('it-head-svc:8265'), [custom('ray.io/v1', 'RayCluster', { headGroupSpec: { template: deployment('head').spec.template } })], {}, 'UNKNOWN'],
  ['a chart, by a name that is a parameter', script('${P}'), [], chart('default'), 'UNKNOWN'],
  ['a chart, by a host of which a part is a parameter', script('${P}.example.com'), [], chart('default'), 'DENIED'],
  ['nothing', script('gitea-http.default.svc:3000'), [], {}, 'DENIED'],
])('a Service that the templates do not show may be one of %s, or not', (_, container, documents, resources, outcome) => {
  expect(decide(container, documents, resources)).toBe(outcome);
});

/** What pods of one cluster get of those of a second one. */
const acrossClusters = (here: object[], there: object[]) => {
  const other = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' }, Condition: { StringEquals: { 'aws:RequestTag/eks-cluster-name': 'second' } } };
  const applied = objects(account('worker'), ...there);
  return verification.PodAccess.fromTemplates(clusterTemplate({
    Own: accountRole('default:web', allow('sqs:ListQueues')),
    Other: role(other, allow(LIST)),
    Second: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'second' } },
    Agents: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Second' }, AddonName: 'eks-pod-identity-agent' } },
    Association: association('worker', 'Other', { ClusterName: { Ref: 'Second' } }),
    Applied: objects(account('web', 'Own'), deployment('web'), ...here),
    There: { ...applied, Properties: { ...(applied.Properties as object), ClusterName: { Ref: 'Second' } } },
  })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'web', cluster: 'prod' }).decide(LIST).outcome;
};

test.each<[string, string, object, string]>([
  ['its name in several clusters', 'web.default.svc.clusterset.local', {}, 'UNKNOWN'],
  ['its name, if Cilium shares it', 'web.default.svc.cluster.local', { 'service.cilium.io/global': 'true' }, 'UNKNOWN'],
  ['its name', 'web.default.svc.cluster.local', {}, 'DENIED'],
])('pods of another cluster get code from a Service at %s, or not', (_, host, annotations, outcome) => {
  expect(acrossClusters([{ ...service('web'), metadata: { name: 'web', namespace: 'default', annotations } }], [deployment('worker', script(host))])).toBe(outcome);
});

test.each<[string, string, string]>([
  ['the host of its route', 'h.example.com', 'UNKNOWN'],
  ['another host', 'other.example.com', 'DENIED'],
  ['its name', 'web.default.svc', 'DENIED'],
])('a webhook of another cluster asks a Service at %s, or not', (_, host, outcome) => {
  const rules = [{ apiGroups: [''], resources: ['pods'] }];
  const webhook = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', metadata: { name: 'it' }, webhooks: [{ clientConfig: { url: `https://${host}/` }, rules }] };
  expect(acrossClusters([service('web'), route('h.example.com')], [deployment('worker'), webhook])).toBe(outcome);
});
