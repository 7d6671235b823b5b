import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { ExistingObjects, IIrsaCluster, KubernetesObjects, ServiceAccountSet, ServiceAccountWithRole, ServiceAccountWithRoleProps } from '../../lib';
import { deployedObjects } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

function define(props: Partial<ServiceAccountWithRoleProps> = {}) {
  const stack = newStack();
  const cluster = newCluster(stack);
  const account = new ServiceAccountWithRole(stack, 'Reader', { serviceAccountName: 'reader', ...props, cluster });
  return { stack, cluster, account };
}

const logicalIds = (stack: Stack, kind: string) => Object.entries<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
  .filter(([, { Properties }]) => JSON.stringify(Properties.Objects).includes(`kind\\":\\"${kind}\\"`)).map(([id]) => id);

const namespacesIn = (stack: Stack) => deployedObjects(stack).filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);

describe('namespace', () => {
  test('one that is not in every cluster is made once, before its accounts, and never taken over or deleted', () => {
    const { stack, cluster } = define({ namespace: 'reports' });
    new ServiceAccountWithRole(stack, 'Writer', { cluster, serviceAccountName: 'writer', namespace: 'reports' });
    const [namespace, ...more] = logicalIds(stack, 'Namespace');
    expect(more).toEqual([]);
    const { Resources } = Template.fromStack(stack).toJSON();
    expect(Resources[namespace].Properties).toMatchObject({ Existing: 'KEEP', Objects: ['{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"reports"}}'] });
    for (const account of logicalIds(stack, 'ServiceAccount')) {
      expect(Resources[account].DependsOn).toContain(namespace);
    }
  });

  test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('%s is there in every cluster', (namespace) => {
    expect(logicalIds(define({ namespace, createNamespace: true }).stack, 'Namespace')).toEqual([]);
  });

  test('it is left to others on request, and on a cluster of others unless asked for', () => {
    expect(logicalIds(define({ namespace: 'reports', createNamespace: false }).stack, 'Namespace')).toEqual([]);
    for (const [createNamespace, count] of [[undefined, 0], [true, 1]] as const) {
      const stack = newStack();
      new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 'a', namespace: 'reports', createNamespace });
      expect(logicalIds(stack, 'Namespace')).toHaveLength(count);
    }
  });
});

describe('the namespaces that a stack ensures in a cluster', () => {
  const accounts = (stack: Stack, cluster: IIrsaCluster, count: number, first = 0) => Array.from({ length: count }, (_, i) =>
    new ServiceAccountWithRole(stack, `Account${first + i}`, { cluster, serviceAccountName: 'a', namespace: `team-${first + i}` }));

  test('are one set, whichever accounts need them', () => {
    const { stack, cluster } = define({ namespace: 'reports' });
    accounts(stack, cluster, 3);
    new ServiceAccountSet(stack, 'Team', { cluster }).addServiceAccountWithRole('A', { serviceAccountName: 'a', namespace: 'in-set' });
    const other = newStack('Other', {}, stack.node.root);
    accounts(other, cluster, 2, 3);
    expect(logicalIds(stack, 'Namespace')).toHaveLength(1);
    expect(namespacesIn(stack)).toEqual(['reports', 'team-0', 'team-1', 'team-2', 'in-set']);
    expect(namespacesIn(other)).toEqual(['team-3', 'team-4']);
  });

  test('are a second set where they are more than 100, which only its own accounts wait for', () => {
    const { stack, cluster } = define({ namespace: 'team-0' });
    accounts(stack, cluster, 101);
    new ServiceAccountWithRole(stack, 'Again', { cluster, serviceAccountName: 'again', namespace: 'team-100' });
    const { Resources } = Template.fromStack(stack).toJSON();
    const sets = logicalIds(stack, 'Namespace');
    expect(sets.map((id) => Resources[id].Properties.Objects.length)).toEqual([100, 1]);
    const waiting = (id: string) => Object.values<any>(Resources).filter(({ DependsOn = [] }) => DependsOn.includes(id)).length;
    expect(sets.map(waiting)).toEqual([101, 2]);
  });

  test('are a set of each cluster', () => {
    const stack = newStack();
    ['Blue', 'Green'].forEach((id) => new ServiceAccountWithRole(stack, id, { cluster: newCluster(new Construct(stack, `${id}Part`)), serviceAccountName: 'a', namespace: 'team' }));
    expect(logicalIds(stack, 'Namespace')).toHaveLength(2);
  });

  test('of accounts that tokens name are sets of their own, since they may wait for other accounts', () => {
    const { stack, cluster } = define({ namespace: 'team' });
    const namespace = new CfnParameter(stack, 'Name').valueAsString;
    new ServiceAccountWithRole(stack, 'Named', { cluster, serviceAccountName: 'named', namespace });
    expect(logicalIds(stack, 'Namespace')).toHaveLength(2);
  });
});

describe('a namespace that the user defines beside accounts in it', () => {
  const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }];
  const account = (stack: Stack, cluster: IIrsaCluster, createNamespace?: boolean) =>
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'team', createNamespace });
  const namespace = (stack: Stack, cluster: IIrsaCluster, existing?: ExistingObjects) => new KubernetesObjects(stack, 'Namespace', { cluster, objects, existing });
  const synthesis = (...steps: ((stack: Stack, cluster: IIrsaCluster) => void)[]) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    steps.forEach((step) => step(stack, cluster));
    return () => (stack.node.root as App).synth();
  };
  const message = (path: string) => 'Validation failed with the following errors:\n'
    + `  [${path}] Namespace team is already defined by Stack/Reader: set createNamespace: false on the service accounts of this namespace, `
    + 'and add a dependency from them to the construct that defines it';

  test('is an error that says what to do, before them, after them, and in another stack', () => {
    expect(synthesis((stack, cluster) => namespace(stack, cluster), account)).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, (stack, cluster) => namespace(stack, cluster))).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, (stack, cluster) => namespace(newStack('Other', {}, stack.node.root), cluster))).toThrow(new Error(message('Other/Namespace')));
  });

  test('is an error also where it is kept as it is: its labels would be lost where that of the accounts comes first', () => {
    const kept = (stack: Stack, cluster: IIrsaCluster) => void namespace(stack, cluster, ExistingObjects.KEEP);
    expect(synthesis(kept, account)).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, kept)).toThrow(new Error(message('Stack/Namespace')));
  });

  test('passes where the accounts leave it to the user', () => {
    expect(synthesis((stack, cluster) => account(stack, cluster, false).node.addDependency(namespace(stack, cluster)))).not.toThrow();
  });
});
