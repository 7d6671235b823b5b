import * as cdk from 'aws-cdk-lib';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { ExistingObjects, IIrsaCluster, IrsaCluster, KubernetesObjects, ServiceAccountSet, ServiceAccountWithRole } from '../../lib';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const namespaces = (scope: Construct, cluster: IIrsaCluster, name = 'team', existing?: ExistingObjects) =>
  new KubernetesObjects(scope, 'Namespaces', { cluster, objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }], existing });
const account = (scope: Construct, cluster: IIrsaCluster, namespace = 'team', createNamespace: boolean | undefined = false) =>
  new ServiceAccountWithRole(scope, 'Reader', { cluster, serviceAccountName: 'reader', namespace, createNamespace });

/** The warnings of a stack, without the hint to acknowledge them. */
/** The warnings of this library. Newer versions of aws-cdk-lib have one about references between stacks. */
const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => `${entry.data}`)
  .filter((message) => message.includes('[ack: cdk-irsa:')).map((message) => message.replace(/ \[ack: .*/s, ''));

const WARNING = 'service account team/reader is in namespace team, which Stack/Namespaces defines, but does not depend on it. '
  + 'If the namespace does not exist yet, the deployment fails: call node.addDependency(…) of Stack/Reader with Stack/Namespaces';

function scene() {
  const stack = newStack();
  return { stack, cluster: newCluster(stack) };
}

describe('warns of a service account that does not depend on its namespace', () => {
  test.each<[string, (stack: Stack, cluster: IrsaCluster) => unknown]>([
    ['if the namespace is defined before it', (stack, cluster) => [namespaces(stack, cluster), account(stack, cluster)]],
    ['if the namespace is defined after it', (stack, cluster) => [account(stack, cluster), namespaces(stack, cluster)]],
  ])('%s', (_, define) => {
    const { stack, cluster } = scene();
    define(stack, cluster);
    expect(warningsOf(stack)).toEqual([WARNING]);
  });

  test('in an existing cluster, where the namespace is not created by default', () => {
    const stack = newStack();
    const cluster = new ExistingCluster(stack, 'Cluster');
    namespaces(stack, cluster);
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'team' });
    expect(warningsOf(stack)).toContain(WARNING);
  });

  test('in a set', () => {
    const { stack, cluster } = scene();
    namespaces(stack, cluster);
    account(new ServiceAccountSet(stack, 'Team', { cluster }), cluster);
    expect(warningsOf(stack)).toEqual([WARNING.replace('Stack/Reader', 'Stack/Team/Reader')]);
  });

  test('in the stack of the cluster, if the namespace is in another stack', () => {
    const { stack, cluster } = scene();
    account(stack, cluster);
    namespaces(newStack('Apps', {}, stack.node.root as App), cluster);
    expect(warningsOf(stack)).toEqual([WARNING.replaceAll('Stack/Namespaces', 'Apps/Namespaces')
      .replace(/call node.*/, 'Apps/Namespaces depends on Stack/Reader or its stack, so define the namespace in that stack')]);
  });

  test('and lets you acknowledge it', () => {
    const { stack, cluster } = scene();
    namespaces(stack, cluster);
    cdk.Annotations.of(account(stack, cluster)).acknowledgeWarning('cdk-irsa:namespace-dependency');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('does not warn of a service account', () => {
  test.each<[string, (stack: Stack, cluster: IrsaCluster) => unknown]>([
    ['that depends on its namespace', (stack, cluster) => account(stack, cluster).node.addDependency(namespaces(stack, cluster))],
    ['of a set that depends on its namespace', (stack, cluster) => {
      const set = new ServiceAccountSet(stack, 'Team', { cluster });
      account(set, cluster);
      set.node.addDependency(namespaces(stack, cluster));
    }],
    ['that depends on its namespace in a set', (stack, cluster) =>
      account(new ServiceAccountSet(stack, 'Team', { cluster }), cluster).node.addDependency(namespaces(stack, cluster))],
    ['in another namespace', (stack, cluster) => [namespaces(stack, cluster, 'other'), account(stack, cluster)]],
    ['in a namespace that every cluster has', (stack, cluster) => [namespaces(stack, cluster, 'kube-system'), account(stack, cluster, 'kube-system')]],
    ['whose namespace another service account creates', (stack, cluster) => {
      account(stack, cluster, 'team', true);
      new ServiceAccountWithRole(stack, 'Writer', { cluster, serviceAccountName: 'writer', namespace: 'team', createNamespace: false });
    }],
  ])('%s', (_, define) => {
    const { stack, cluster } = scene();
    define(stack, cluster);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('that depends on another set with its namespace', () => {
    const { stack, cluster } = scene();
    const app = stack.node.root as App;
    namespaces(stack, cluster, 'team', ExistingObjects.KEEP);
    const later = newStack('Later', {}, app);
    account(later, cluster).node.addDependency(namespaces(later, cluster, 'team', ExistingObjects.KEEP));
    expect(warningsOf(later)).toEqual([]);
  });

  test('that creates its namespace, while another stack takes the namespace over', () => {
    const { stack, cluster } = scene();
    account(stack, cluster, 'team', true);
    namespaces(newStack('Apps', {}, stack.node.root as App), cluster, 'team', ExistingObjects.TAKE_OVER);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('in another stage, on which it cannot depend', () => {
    const app = new App();
    const [one, two] = ['One', 'Two'].map((id) => new Stack(new Stage(app, id), 'Stack'));
    namespaces(one, new ExistingCluster(one, 'Cluster'));
    account(two, new ExistingCluster(two, 'Cluster'));
    app.synth();
    expect([one, two].flatMap(warningsOf).filter((warning) => warning.includes('is in namespace'))).toEqual([]);
  });
});
