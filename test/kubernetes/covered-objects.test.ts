import { App, CfnParameter } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { KubernetesObjects, ObjectsAccess, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const { clusterAdmin, namespaces, kubernetesGroups, none } = ObjectsAccess;

function newScene(objectsAccess: ObjectsAccess) {
  const stack = newStack('Stack', {}, new App());
  return { stack, cluster: newCluster(stack, { objectsAccess }) };
}

type Json = { readonly [key: string]: unknown };

/** The errors of a set with these objects. */
function errorsOf(objectsAccess: ObjectsAccess, ...objects: Json[]): string[] {
  const { cluster } = newScene(objectsAccess);
  return cluster.addKubernetesObjects('Objects', { objects }).node.validate();
}

const object = (apiVersion: string, kind: string, metadata: Json = { namespace: 'team' }) => ({ apiVersion, kind, metadata: { name: 'one', ...metadata } });

const COVERED: [string, string][] = [
  ['v1', 'ConfigMap'], ['v1', 'Event'], ['v1', 'PersistentVolumeClaim'], ['v1', 'Pod'], ['v1', 'ReplicationController'], ['v1', 'Secret'],
  ['v1', 'Service'], ['v1', 'ServiceAccount'], ['apps/v1', 'DaemonSet'], ['apps/v1', 'Deployment'], ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'], ['autoscaling/v2', 'HorizontalPodAutoscaler'], ['batch/v1', 'CronJob'], ['batch/v1', 'Job'],
  ['networking.k8s.io/v1', 'Ingress'], ['networking.k8s.io/v1', 'NetworkPolicy'], ['policy/v1', 'PodDisruptionBudget'],
];
const RBAC: [string, string][] = [['rbac.authorization.k8s.io/v1', 'Role'], ['rbac.authorization.k8s.io/v1', 'RoleBinding']];

describe('with namespaces(…)', () => {
  test.each(COVERED)('%s %s can be applied in one of the namespaces', (apiVersion, kind) => {
    expect(errorsOf(namespaces(['team', 'other']), object(apiVersion, kind))).toEqual([]);
  });

  test.each(RBAC)('%s %s needs rbac', (apiVersion, kind) => {
    expect(errorsOf(namespaces(['team'], { allowRbac: true }), object(apiVersion, kind))).toEqual([]);
    expect(errorsOf(namespaces(['team']), object(apiVersion, kind))).toEqual([`${kind} team/one cannot be applied with objectsAccess of Stack/Cluster: `
      + `AmazonEKSEditPolicy does not cover ${kind} of rbac.authorization.k8s.io/v1: set allowRbac: true in ObjectsAccess.namespaces(…)`]);
  });

  test.each([
    ['v1', 'Namespace', {}],
    ['v1', 'PersistentVolume', {}],
    ['v1', 'ResourceQuota', { namespace: 'team' }],
    ['v1', 'LimitRange', { namespace: 'team' }],
    ['v1', 'Endpoints', { namespace: 'team' }],
    ['discovery.k8s.io/v1', 'EndpointSlice', { namespace: 'team' }],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', {}],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', {}],
    ['serving.knative.dev/v1', 'Service', { namespace: 'team' }],
    ['constructor/v1', 'Service', { namespace: 'team' }],
  ])('%s %s cannot be applied', (apiVersion, kind, metadata) => {
    expect(errorsOf(namespaces(['team'], { allowRbac: true }), object(apiVersion, kind, metadata))).toEqual([
      `${kind} ${'namespace' in metadata ? 'team/' : ''}one cannot be applied with objectsAccess of Stack/Cluster: the access policies of ObjectsAccess.namespaces(…) `
      + `do not cover ${kind} of ${apiVersion}: create it with another tool, or set ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…)`,
    ]);
  });

  test.each([
    ['another namespace', { namespace: 'web' }, 'ConfigMap web/one', 'web'],
    ['no namespace', {}, 'ConfigMap one', 'default'],
    ['null as its namespace', { namespace: null }, 'ConfigMap one', 'default'],
  ])('an object in %s cannot be applied', (_, metadata, name, namespace) => {
    expect(errorsOf(namespaces(['team', 'other']), object('v1', 'ConfigMap', metadata))).toEqual([`${name} cannot be applied with objectsAccess of Stack/Cluster: `
      + `namespace ${namespace} is not one of team, other: add it to ObjectsAccess.namespaces(…)`]);
  });

  test('objects of charts and service accounts are checked as well', () => {
    const { stack, cluster } = newScene(namespaces(['team']));
    const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
    new cdk8s.ApiObject(chart, 'Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } });
    new KubernetesObjects(stack, 'Objects', { cluster, charts: [chart] });
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
    const messages = stack.node.findAll().flatMap(({ node }) => node.validate());
    expect(messages).toEqual([
      expect.stringMatching(/^Namespace team cannot be applied with objectsAccess of Stack\/Cluster: /),
      expect.stringMatching(/^ServiceAccount default\/reader cannot be applied .*: namespace default is not one of team: /),
    ]);
  });

  test('what is known only at deployment passes', () => {
    const { stack, cluster } = newScene(namespaces(['team']));
    const { valueAsString: token } = new CfnParameter(stack, 'Token');
    const objects = [object('v1', 'ConfigMap', { namespace: token }), object(token, 'Thing'), object('v1', token)];
    expect(cluster.addKubernetesObjects('Objects', { objects }).node.validate()).toEqual([]);
  });

  test('service accounts do not create their namespace, and cannot be told to', () => {
    const { stack, cluster } = newScene(namespaces(['team']));
    const define = (id: string, createNamespace?: boolean) =>
      new ServiceAccountWithRole(stack, id, { cluster, serviceAccountName: id.toLowerCase(), namespace: 'team', createNamespace });
    define('Reader');
    define('Writer', false);
    expect(() => define('Other', true)).toThrow(new Error('Stack/Other: createNamespace is true, but must be false or omitted with ObjectsAccess.namespaces(…): '
      + 'objectsAccess of Stack/Cluster does not allow the function to create Namespaces; create the namespace with another tool'));
    expect(stack.node.children.filter(({ node: { id } }) => id.startsWith('Namespaces'))).toEqual([]);
  });

  test('a Role gets a warning, because Kubernetes does not count access policies', () => {
    const { stack, cluster } = newScene(namespaces(['team'], { allowRbac: true }));
    cluster.addKubernetesObjects('Objects', { objects: [object('rbac.authorization.k8s.io/v1', 'Role'), object('v1', 'ConfigMap')] });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('RBAC'));
    expect(warnings.map(({ id, entry: { data } }) => [id, data])).toEqual([['/Stack/Cluster/Objects/Resource', 'Role team/one: Kubernetes refuses it if it grants '
      + 'permissions that the function does not have through RBAC. AmazonEKSAdminPolicy does not count, see https://github.com/aws/containers-roadmap/issues/2682: '
      + 'use ObjectsAccess.kubernetesGroups(…) with the verbs escalate and bind instead [ack: cdk-irsa:rbac-by-access-policy]']]);
  });
});

test.each([['clusterAdmin()', clusterAdmin()], ['kubernetesGroups(…)', kubernetesGroups(['deployers'])]])('with %s, nothing is checked', (_, access) => {
  const everything = [...COVERED, ...RBAC, ['v1', 'ResourceQuota'], ['example.com/v1', 'Thing']].map(([apiVersion, kind]) => object(apiVersion, kind));
  expect(errorsOf(access, ...everything, object('v1', 'Namespace', {}))).toEqual([]);
});

test('with kubernetesGroups(…), service accounts create their namespace only if they are told to', () => {
  const { stack, cluster } = newScene(kubernetesGroups(['deployers']));
  const isEnsured = () => stack.node.children.some(({ node: { id } }) => id.startsWith('Namespaces'));
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'team' });
  expect(isEnsured()).toBe(false);
  new ServiceAccountWithRole(stack, 'Writer', { cluster, serviceAccountName: 'writer', namespace: 'team', createNamespace: true });
  expect(isEnsured()).toBe(true);
});

describe('with none()', () => {
  const message = 'objectsAccess of Stack/Cluster must be other than ObjectsAccess.none() if this library applies objects: '
    + 'set another ObjectsAccess on the cluster, or define the role alone with ServiceAccountRole, and let another tool apply the objects';

  test.each<[string, (scene: ReturnType<typeof newScene>) => unknown]>([
    ['Stack/Objects', ({ stack, cluster }) => new KubernetesObjects(stack, 'Objects', { cluster })],
    ['Stack/Cluster/Objects', ({ cluster }) => cluster.addKubernetesObjects('Objects', {})],
    ['Stack/Reader', ({ stack, cluster }) => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'team' })],
    ['Stack/Cluster/Reader', ({ cluster }) => cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', createNamespace: true })],
    ['Stack/Set', ({ stack, cluster }) => new ServiceAccountSet(stack, 'Set', { cluster })],
  ])('%s is an error', (path, define) => {
    const scene = newScene(none());
    expect(() => define(scene)).toThrow(new Error(`${path}: ${message}`));
  });

  test('a role can trust service accounts that another tool creates', () => {
    const { stack, cluster } = newScene(none());
    new ServiceAccountRole(stack, 'Reader', { cluster, subjects: [ServiceAccountSubject.exact('team', 'reader')] });
    expect(stack.node.findAll().flatMap(({ node }) => node.validate())).toEqual([]);
  });
});
