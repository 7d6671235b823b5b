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

describe('the namespace of an account', () => {
  test('is created once, before its accounts, and is never taken over or deleted', () => {
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

  test.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('is not created if it is %s, which exists in every cluster', (namespace) => {
    expect(logicalIds(define({ namespace, createNamespace: true }).stack, 'Namespace')).toEqual([]);
  });

  test('is not created on request, and in an existing cluster only on request', () => {
    expect(logicalIds(define({ namespace: 'reports', createNamespace: false }).stack, 'Namespace')).toEqual([]);
    for (const [createNamespace, count] of [[undefined, 0], [true, 1]] as const) {
      const stack = newStack();
      new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 'a', namespace: 'reports', createNamespace });
      expect(logicalIds(stack, 'Namespace')).toHaveLength(count);
    }
  });
});

describe('the namespaces that a stack creates in a cluster', () => {
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

  test('are split into two sets above 100, and accounts wait only for the set that contains their namespace', () => {
    const { stack, cluster } = define({ namespace: 'team-0' });
    accounts(stack, cluster, 101);
    new ServiceAccountWithRole(stack, 'Again', { cluster, serviceAccountName: 'again', namespace: 'team-100' });
    const { Resources } = Template.fromStack(stack).toJSON();
    const sets = logicalIds(stack, 'Namespace');
    expect(sets.map((id) => Resources[id].Properties.Objects.length)).toEqual([100, 1]);
    const waiting = (id: string) => Object.values<any>(Resources).filter(({ DependsOn = [] }) => DependsOn.includes(id)).length;
    expect(sets.map(waiting)).toEqual([101, 2]);
  });

  test('are a separate set for each cluster', () => {
    const stack = newStack();
    ['Blue', 'Green'].forEach((id) => new ServiceAccountWithRole(stack, id, { cluster: newCluster(new Construct(stack, `${id}Part`)), serviceAccountName: 'a', namespace: 'team' }));
    expect(logicalIds(stack, 'Namespace')).toHaveLength(2);
  });

  test('are separate sets if a token names them, because they can wait for other accounts', () => {
    const { stack, cluster } = define({ namespace: 'team' });
    const namespace = new CfnParameter(stack, 'Name').valueAsString;
    new ServiceAccountWithRole(stack, 'Named', { cluster, serviceAccountName: 'named', namespace });
    expect(logicalIds(stack, 'Namespace')).toHaveLength(2);
  });
});

describe('a namespace that the user defines in addition to accounts in it', () => {
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

  test('is an error that says what to do, whether it is defined before or after them, or in another stack', () => {
    expect(synthesis((stack, cluster) => namespace(stack, cluster), account)).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, (stack, cluster) => namespace(stack, cluster))).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, (stack, cluster) => namespace(newStack('Other', {}, stack.node.root), cluster))).toThrow(new Error(message('Other/Namespace')));
  });

  test('is an error also with KEEP, because its labels would be lost if the namespace of the accounts is created first', () => {
    const kept = (stack: Stack, cluster: IIrsaCluster) => void namespace(stack, cluster, ExistingObjects.KEEP);
    expect(synthesis(kept, account)).toThrow(new Error(message('Stack/Namespace')));
    expect(synthesis(account, kept)).toThrow(new Error(message('Stack/Namespace')));
  });

  test('is accepted if the accounts do not create it', () => {
    expect(synthesis((stack, cluster) => account(stack, cluster, false).node.addDependency(namespace(stack, cluster)))).not.toThrow();
  });
});
