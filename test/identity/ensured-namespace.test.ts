import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServiceAccountWithRole, ServiceAccountWithRoleProps } from '../../lib';
import { ExistingCluster, newCluster, newStack } from '../stacks';

function define(props: Partial<ServiceAccountWithRoleProps> = {}) {
  const stack = newStack();
  const cluster = newCluster(stack);
  new ServiceAccountWithRole(stack, 'Reader', { serviceAccountName: 'reader', ...props, cluster });
  return { stack, cluster };
}

const logicalIds = (stack: Stack, kind: string) => Object.entries<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))
  .filter(([, { Properties }]) => JSON.stringify(Properties.Objects).includes(`kind\\":\\"${kind}\\"`)).map(([id]) => id);

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
