import { LIST, task } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const HOST = 'id.example.com';
const DIGEST = `@sha256:${'a'.repeat(64)}`;
const pods = (containers: object[], name = 'app', namespace = 'default', serviceAccountName = name) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { serviceAccountName, containers } } },
});
const WEB = [
  pods([{ name: 'it', image: 'busybox' }], 'web', 'prod'),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'prod' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
];
const ingress = (host: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'prod' },
  spec: { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
});
const accessTo = (resources: object, ...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', allow('sqs:ListQueues')), Applied: objects(account('app', 'Own'), ...WEB, ...documents),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
const decide = (resources: object, ...documents: object[]) => accessTo(resources, ...documents).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
const controller = (image: string, ...args: string[]) => pods([{ name: 'it', image: `${image}${DIGEST}`, args }]);
const NGINX = controller('registry.k8s.io/ingress-nginx/controller', '/nginx-ingress-controller', '--ingress-class=nginx');
const IMAGE = task(`${HOST}/app:1`);
const worker = (script: string) => ({
  resources: { Other: accountRole('ops:worker', allow(LIST)) },
  documents: [account('worker', 'Other', 'ops'), pods([{ name: 'it', image: 'busybox', command: ['sh', '-c', script] }], 'worker', 'ops')],
});

test.each<[string, object, string]>([
  ['ingress-nginx', NGINX, 'UNKNOWN'],
  ['ingress-nginx of another registry', controller('acme/ingress', '--ingress-class=internal'), 'UNKNOWN'],
  ['that of NGINX', controller('nginx/nginx-ingress'), 'UNKNOWN'],
  ['Traefik', controller('traefik', '--providers.kubernetesingress'), 'UNKNOWN'],
  ['Kong', controller('kong/kubernetes-ingress-controller'), 'UNKNOWN'],
  ['HAProxy', controller('haproxytech/kubernetes-ingress'), 'UNKNOWN'],
  ['Contour', controller('ghcr.io/projectcontour/contour', 'serve'), 'UNKNOWN'],
  ['a gateway of Istio', pods([{ name: 'istio-proxy', image: 'auto' }]), 'UNKNOWN'],
  ['an Envoy Gateway', pods([{ name: 'envoy', image: `docker.io/envoyproxy/envoy${DIGEST}` }]), 'UNKNOWN'],
  ['an app with a proxy beside it', pods([{ name: 'it', image: 'busybox' }, { name: 'envoy', image: `envoyproxy/envoy${DIGEST}` }]), 'DENIED'],
  ['a web server', controller('nginx'), 'DENIED'],
  ['the AWS Load Balancer Controller', controller('public.ecr.aws/eks/aws-load-balancer-controller', '--cluster-name=it'), 'DENIED'],
])('the pods of an ingress controller answer for the hosts of an Ingress: %s', (_, workload, outcome) => {
  expect(decide(IMAGE, workload, ingress(HOST))).toBe(outcome);
  expect(decide(IMAGE, workload, ingress('www.example.com'))).toBe('DENIED');
});

const chart = (Chart: string, Namespace: string) =>
  ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart, Namespace } } });

test.each<[string, object, object[], string]>([
  ['one in the namespace', chart('ingress-nginx', 'default'), [], 'UNKNOWN'],
  ['one in another namespace', chart('ingress-nginx', 'ingress'), [], 'DENIED'],
  ['one beside pods that the templates show', chart('traefik', 'default'), [pods([{ name: 'it', image: 'busybox' }])], 'UNKNOWN'],
  ['another chart', chart('podinfo', 'default'), [], 'DENIED'],
  ['a release of Flux', {}, [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'it', namespace: 'default' }, spec: { chart: { spec: { chart: 'traefik' } } } }], 'UNKNOWN'],
])('a chart installs an ingress controller, or not: %s', (_, resources, documents, outcome) => {
  expect(decide({ ...IMAGE, ...resources }, ...documents, ingress(HOST))).toBe(outcome);
});

const PROVIDER = {
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${HOST}`, ClientIdList: ['aws'] } },
  Admin: role({
    Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { [`${HOST}:aud`]: 'aws', [`${HOST}:sub`]: 'it' } },
  }, allow(LIST)),
};
const saml = (SamlMetadataDocument: string) => ({
  Provider: { Type: 'AWS::IAM::SAMLProvider', Properties: { SamlMetadataDocument } },
  Admin: role({
    Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  }, allow(LIST)),
});
const SCRIPT = worker(`curl -fsSL https://${HOST}/run.sh | sh`);
const CALL = worker(`curl -s https://${HOST}/items | jq .`);

test.each<[string, object, object[], string]>([
  ['an OIDC provider', PROVIDER, [], 'UNKNOWN'],
  ['a SAML provider', saml(`<EntityDescriptor entityID="https://${HOST}/realms/aws"/>`), [], 'UNKNOWN'],
  ['a SAML provider in single quotes', saml(`<EntityDescriptor entityID='http://${HOST}/realms/aws'/>`), [], 'UNKNOWN'],
  ['another SAML provider', saml('<EntityDescriptor entityID="https://id.example.edu/realms/aws"/>'), [], 'DENIED'],
  ['a script of other pods', SCRIPT.resources, SCRIPT.documents, 'UNKNOWN'],
  ['data of other pods', CALL.resources, CALL.documents, 'DENIED'],
])('an ingress controller serves, in place of the backend, %s', (_, resources, documents, outcome) => {
  expect(decide(resources, ...documents, NGINX, ingress(HOST))).toBe(outcome);
  expect(decide(resources, ...documents, controller('app'), ingress(HOST))).toBe('DENIED');
});

test('the requests to a Service of the cluster by its name do not go through an ingress controller', () => {
  const { resources, documents } = worker('curl -fsSL http://web.prod.svc/run.sh | sh');
  expect(decide(resources, ...documents, NGINX, ingress(HOST))).toBe('DENIED');
});
