import { accessTo, clusterRole, rule } from './rbac-apps';
import { account, accountRole, allow } from '../templates';

const ZONE = 'route53:ChangeResourceRecordSets';
const CREATES = clusterRole(rule('', 'services', 'create'));
const controller = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'dns', namespace: 'infra' },
  spec: { template: { spec: { serviceAccountName: 'dns-of-ours', containers: [{ name: 'it', image }] } } },
});
const chart = (Chart: string, values: object, Namespace = 'infra') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'dns', Chart, Namespace, Values: JSON.stringify(values) } },
});
const NAMED = { serviceAccount: { create: false, name: 'dns-of-ours' } };
const release = (spec: object) => ({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'dns', namespace: 'infra' }, spec });
const application = (helm: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'dns', namespace: 'argocd' },
  spec: {
    source: { repoURL: 'https://kubernetes-sigs.github.io/external-dns', chart: 'external-dns', helm },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'infra' },
  },
});
/** A role of the account infra/dns-of-ours, and what another one may do. */
const decideWith = (documents: object[], more: object = {}) => accessTo([...documents, account('dns-of-ours', 'Controller', 'infra')], [], {
  Controller: accountRole('infra:dns-of-ours', allow(ZONE)), ...more,
}).pod({ serviceAccountName: 'app' }).decide(ZONE);

test.each<[string, object[], object]>([
  ['its image', [controller('registry.k8s.io/external-dns/external-dns:v0.18.0')], {}],
  ['its image of another registry', [controller('public.ecr.aws/bitnami/external-dns@sha256:1')], {}],
  ['the image of the AWS Load Balancer Controller', [controller('public.ecr.aws/eks/aws-load-balancer-controller:v2.13.0')], {}],
  ['its chart', [], chart('external-dns', NAMED)],
  ['the chart of the AWS Load Balancer Controller', [], chart('aws-load-balancer-controller', NAMED)],
  ['the full name in its chart', [], chart('external-dns', { fullnameOverride: 'dns-of-ours' })],
  ['a release of Flux', [release({ chart: { spec: { chart: 'external-dns' } }, values: NAMED })], {}],
  ['a parameter of Argo CD', [application({ parameters: [{ name: 'serviceAccount.name', value: 'dns-of-ours' }] })], {}],
  ['values of Argo CD as a text', [application({ values: 'serviceAccount:\n  name: dns-of-ours\n' })], {}],
])('a controller of another name is known by %s', (_, documents, more) => {
  expect(decideWith([...documents, ...CREATES], more).missing.join()).toContain('act by ClusterRoleBinding ci, and with them the credentials of role Controller');
  expect(decideWith([...documents, ...clusterRole(rule('', 'services', 'get', 'list'))], more).outcome).toBe('DENIED');
});

const OUTSIDE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/outside' };
const annotated = (name: object) => ({ serviceAccount: { annotations: OUTSIDE, ...name } });

test.each<[string, object[], object, string]>([
  ['its chart', [], chart('external-dns', annotated({ name: 'dns-of-ours' })), 'UNKNOWN'],
  ['its chart without a name', [], chart('external-dns', annotated({})), 'UNKNOWN'],
  ['the chart of the Amazon EBS CSI driver', clusterRole(rule('', 'persistentvolumeclaims', 'create')), chart('aws-ebs-csi-driver', { controller: annotated({ name: 'ebs' }) }), 'UNKNOWN'],
  ['a release of Flux', [release({ chart: { spec: { chart: 'external-dns' } }, values: annotated({ name: 'dns-of-ours' }) })], {}, 'UNKNOWN'],
  ['a release of Flux without a name', [release({ chart: { spec: { chart: 'external-dns' } }, values: annotated({}) })], {}, 'UNKNOWN'],
  ['values of Argo CD', [application({ valuesObject: annotated({ name: 'dns-of-ours' }) })], {}, 'UNKNOWN'],
  ['a chart of something else', [], chart('grafana', annotated({ name: 'grafana' })), 'DENIED'],
  ['a chart of something else without a name', [], chart('grafana', annotated({})), 'DENIED'],
  ['its chart without a role', [], chart('external-dns', NAMED), 'DENIED'],
])('a controller with a role outside the templates by %s acts, or not', (_, documents, more, expected) => {
  const bound = documents.some((one) => JSON.stringify(one).includes('"ClusterRole"')) ? [] : CREATES;
  expect(accessTo([...documents, ...bound], [], more).pod({ serviceAccountName: 'app' }).decide(ZONE).outcome).toBe(expected);
});

test.each<[string, object[], object]>([
  ['another image', [controller('example.com/dns:1')], {}],
  ['an image with a part of the name', [controller('example.com/external-dns-exporter:1')], {}],
  ['the image of a controller for other objects', [controller('public.ecr.aws/karpenter/controller:1.6.0')], {}],
  ['another chart', [], chart('coredns', NAMED)],
  ['its chart with another account', [], chart('external-dns', { serviceAccount: { name: 'other' } })],
  ['its chart in another namespace', [], chart('external-dns', NAMED, 'other')],
])('%s tells of none', (_, documents, more) => {
  expect(decideWith([...documents, ...CREATES], more).outcome).toBe('DENIED');
});
