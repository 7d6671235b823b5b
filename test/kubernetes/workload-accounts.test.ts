import * as cdk from 'aws-cdk-lib';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { IrsaCluster, KubernetesObjects, ServiceAccountSet, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

const template = (serviceAccountName?: string) => ({ spec: { containers: [], ...serviceAccountName && { serviceAccountName } } });
const job = (serviceAccountName?: string, namespace?: string) =>
  ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report', ...namespace && { namespace } }, spec: { template: template(serviceAccountName) } });
const account = (scope: Construct, cluster: IrsaCluster, namespace = 'reports', serviceAccountName = 'reader') =>
  new ServiceAccountWithRole(scope, 'Reader', { cluster, serviceAccountName, namespace });

const plainAccount = (name: string, namespace?: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });

/** The warnings of a construct, without the hint to acknowledge them. */
const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => `${entry.data}`.replace(/ \[ack: .*/s, ''));

const OTHER_NAMESPACE = 'Job report runs in namespace default with service account reader, but Stack/Reader defines that service account in namespace reports. '
  + 'A pod can only use a service account of its own namespace: set the namespace of the object to reports, or define the service account in default';
const NO_DEPENDENCY = 'Job reports/report uses service account reports/reader, but this set does not depend on it. Pods that start before the service account, '
  + 'its role and its policies exist have no credentials: call node.addDependency(…) of this set with Stack/Reader';
const MISSPELLED = 'Job reports/report uses service account reports/raeder, which this app does not define, but Stack/Reader defines reports/reader. '
  + 'Kubernetes creates no pods for a service account that does not exist: set serviceAccountName to reader, or define raeder. '
  + 'If something else creates raeder, acknowledge this warning';

describe('warns of a workload', () => {
  test('whose service account has the misspelled name of one that the app defines', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    cluster.addKubernetesObjects('Jobs', { objects: [job('raeder', 'reports')] }).node.addDependency(account(stack, cluster));
    expect(warningsOf(stack)).toEqual([MISSPELLED]);
  });

  test('whose service account has the misspelled name of one that its set defines', () => {
    const stack = newStack();
    newCluster(stack).addKubernetesObjects('Jobs', { objects: [job('raeder', 'reports'), plainAccount('reader', 'reports')] });
    expect(warningsOf(stack)).toEqual([MISSPELLED.replace('Stack/Reader', 'Stack/Cluster/Jobs')]);
  });

  test('whose service account the app defines in another namespace', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const reader = account(stack, cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [job('reader')] }).node.addDependency(reader);
    expect(warningsOf(stack)).toEqual([OTHER_NAMESPACE]);
  });

  test('in a chart, whose service account the app defines in another namespace', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const chart = new cdk8s.Chart(new cdk8s.App(), 'Jobs');
    new cdk8s.ApiObject(chart, 'Job', { ...job('reader'), metadata: { name: 'report' } });
    cluster.addKubernetesObjects('Jobs', { charts: [chart] }).node.addDependency(account(stack, cluster));
    expect(warningsOf(stack)).toEqual([OTHER_NAMESPACE]);
  });

  test('that does not depend on its service account', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [job('reader', 'reports')] });
    expect(warningsOf(stack)).toEqual([NO_DEPENDENCY]);
  });

  test('that does not depend on the set of its service account', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    new ServiceAccountSet(stack, 'Team', { cluster }).addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', namespace: 'reports' });
    cluster.addKubernetesObjects('Jobs', { objects: [job('reader', 'reports')] });
    expect(warningsOf(stack)).toEqual([NO_DEPENDENCY.replace('Stack/Reader', 'Stack/Team/Reader')]);
  });

  test('in the stack of the cluster, whose service account is in another stack', () => {
    const app = new App();
    const stack = newStack('Platform', {}, app);
    const cluster = newCluster(stack);
    account(newStack('Apps', {}, app), cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [job('reader', 'reports')] });
    expect(warningsOf(stack)).toEqual([NO_DEPENDENCY.replace(/: call node.*/,
      ': Apps/Reader depends on the stack of this set: define the set in the stack of the service account, with new KubernetesObjects(…)')]);
  });

  test.each([
    ['Pod', { spec: template('reader').spec }],
    ['Deployment', { spec: { template: template('reader') } }],
    ['CronJob', { spec: { jobTemplate: { spec: { template: template('reader') } } } }],
    ['Pod', { spec: { serviceAccount: 'reader', containers: [] } }],
  ])('of kind %s', (kind, content) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    cluster.addKubernetesObjects('Jobs', { objects: [{ apiVersion: 'v1', kind, metadata: { name: 'report', namespace: 'reports' }, ...content }] });
    expect(warningsOf(stack)).toEqual([NO_DEPENDENCY.replace('Job', kind)]);
  });

  test.each([['reader', 'dependency'], ['raeder', 'name']])('and lets you acknowledge it: %s', (name, id) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    const jobs = cluster.addKubernetesObjects('Jobs', { objects: [job(name, 'reports')] });
    cdk.Annotations.of(jobs).acknowledgeWarning(`cdk-irsa:service-account-${id}`);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('does not warn of a workload', () => {
  test.each<[string, (stack: Stack, cluster: IrsaCluster, reader: ServiceAccountWithRole) => void]>([
    ['that depends on its service account', (_, cluster, reader) =>
      cluster.addKubernetesObjects('Jobs', { objects: [job('reader', 'reports')] }).node.addDependency(reader)],
    ['that depends on its service account through another construct', (stack, cluster, reader) => {
      const between = new KubernetesObjects(stack, 'Between', { cluster, objects: [] });
      between.node.addDependency(reader);
      cluster.addKubernetesObjects('Jobs', { objects: [job('reader', 'reports')] }).node.addDependency(between);
    }],
    ['in a nested stack that depends on its service account', (stack, cluster, reader) => {
      const nested = new NestedStack(stack, 'Nested');
      new KubernetesObjects(nested, 'Jobs', { cluster, objects: [job('reader', 'reports')] }).node.addDependency(reader);
    }],
    ['in a later stack', (stack, cluster) => {
      const later = newStack('Later', {}, stack.node.root as App);
      later.addDependency(stack);
      new KubernetesObjects(later, 'Jobs', { cluster, objects: [job('reader', 'reports')] });
    }],
    ['whose service account the app does not define', (_, cluster) => cluster.addKubernetesObjects('Jobs', { objects: [job('other')] })],
    ['whose service account has another name on purpose', (_, cluster) => cluster.addKubernetesObjects('Jobs', { objects: [job('reader-1', 'reports')] })],
    ['whose service account is a misspelled one of another namespace', (_, cluster) => cluster.addKubernetesObjects('Jobs', { objects: [job('raeder')] })],
    ['whose set defines its service account, although its name is similar to another one', (_, cluster) =>
      cluster.addKubernetesObjects('Jobs', { objects: [job('readers', 'reports'), plainAccount('readers', 'reports')] })],
    ['whose service account another set defines, although its name is similar to another one', (stack, cluster) => {
      const jobs = new KubernetesObjects(stack, 'Jobs', { cluster, objects: [job('readers', 'reports')] });
      jobs.node.addDependency(new KubernetesObjects(stack, 'Zoo', { cluster, objects: [plainAccount('readers', 'reports')] }));
    }],
    ['whose service account has the misspelled name of one that was removed', (stack, cluster) => {
      stack.node.tryRemoveChild('Reader');
      cluster.addKubernetesObjects('Jobs', { objects: [job('raeder', 'reports')] });
    }],
    ['that names no service account', (_, cluster) => cluster.addKubernetesObjects('Jobs', { objects: [job()] })],
    ['whose set defines a service account of that name', (_, cluster) => cluster.addKubernetesObjects('Jobs', {
      objects: [job('reader'), plainAccount('reader')],
    })],
  ])('%s', (_, define) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    define(stack, cluster, account(stack, cluster));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('whose service account another set defines, in its namespace', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    account(stack, cluster);
    const jobs = new KubernetesObjects(stack, 'Jobs', { cluster, objects: [job('reader')] });
    const accounts = new KubernetesObjects(stack, 'Zoo', { cluster, objects: [plainAccount('reader')] });
    jobs.node.addDependency(accounts);
    expect(warningsOf(stack)).toEqual([]);
  });
});
