import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { accountsIn, addTo, define, fill, idOf, resourcesOf } from './service-account-sets';
import { ExistingObjects, KubernetesObjects, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { newCluster } from '../stacks';

describe('fails for', () => {
  const TOGETHER = 'depends on a service account of this set, directly or indirectly, but all service accounts of a set are applied together: define it in another set, or without a set';

  test('the 101st account, and leaves no trace of it', () => {
    const { stack, cluster, set } = define();
    fill(set, 100);
    const { serviceAccountRole } = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
    expect(() => addTo(set, 'late', { serviceAccountRole })).toThrow(new Error('Stack/Team/LATE: a ServiceAccountSet can have at most 100 service accounts: define another set'));
    addTo(new ServiceAccountSet(stack, 'Other', { cluster }), 'late');
    expect(accountsIn(stack)).toHaveLength(102);
    expect(JSON.stringify(resourcesOf(stack)[idOf(serviceAccountRole.role)])).not.toContain('default:late');
  });

  test('KEEP on a set, and on an account of a set', () => {
    expect(() => define(ExistingObjects.KEEP)).toThrow(new Error('Stack/Team: existing is "KEEP", but must be ExistingObjects.REFUSE or ExistingObjects.TAKE_OVER: '
      + 'a service account that does not change would not name the role'));
    expect(() => addTo(define().set, 'a', { existing: ExistingObjects.KEEP })).toThrow('Stack/Team/A: existing is "KEEP"');
  });

  test('existing on an account of a set', () => {
    expect(() => addTo(define().set, 'a', { existing: ExistingObjects.TAKE_OVER })).toThrow(new Error(
      'Stack/Team/A: existing is "TAKE_OVER", but must be omitted in a ServiceAccountSet: set it on the set'));
  });

  test('an account of another cluster or stack', () => {
    const { stack, cluster, set } = define();
    const other = newCluster(new Construct(stack, 'Other'));
    expect(() => new ServiceAccountWithRole(set, 'A', { cluster: other, serviceAccountName: 'a' })).toThrow(new Error(
      'Stack/Team/A: cluster must be the cluster of the ServiceAccountSet: the set is for Stack/Cluster'));
    expect(() => new ServiceAccountWithRole(new NestedStack(set, 'Nested'), 'A', { cluster, serviceAccountName: 'a' })).toThrow(new Error(
      'Stack/Team/Nested/A: a service account must be in the stack of its ServiceAccountSet: define a set in each stack'));
  });

  test('an account that is already defined, in a set or outside', () => {
    const { stack, cluster, set } = define();
    addTo(set, 'a');
    const message = (path: string) => `${path}: service account default/a of Stack/Cluster is already defined by Stack/Team/A`;
    expect(() => set.addServiceAccountWithRole('Again', { serviceAccountName: 'a' })).toThrow(message('Stack/Team/Again'));
    expect(() => new ServiceAccountWithRole(stack, 'Again', { cluster, serviceAccountName: 'a' })).toThrow(message('Stack/Again'));
    expect(() => addTo(new ServiceAccountSet(stack, 'Other', { cluster }), 'a')).toThrow(message('Stack/Other/A'));
  });

  test('accounts of one set that depend on each other, directly or indirectly', () => {
    const ways: ((one: ServiceAccountWithRole, other: ServiceAccountWithRole, stack: Stack, set: ServiceAccountSet) => void)[] = [
      (one, other) => one.node.addDependency(other),
      (one, other) => one.serviceAccountRole.node.addDependency(other),
      (one, other, stack) => {
        const between = new sns.Topic(stack, 'Between');
        one.node.addDependency(between);
        between.node.addDependency(other);
      },
    ];
    for (const way of ways) {
      const { stack, set } = define();
      way(addTo(set, 'a'), addTo(set, 'b'), stack, set);
      expect(() => Template.fromStack(stack)).toThrow(new Error(`Validation failed with the following errors:\n  [Stack/Team] Stack/Team/A ${TOGETHER}`));
    }
  });

  test('a shared role that depends on an account of the set', () => {
    const { stack, cluster, set } = define();
    const shared = new ServiceAccountRole(stack, 'Shared', { cluster, subjects: [ServiceAccountSubject.exact('default', 'other')] });
    addTo(set, 'a', { serviceAccountRole: shared });
    shared.node.addDependency(addTo(set, 'b'));
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Team] Stack/Team/A ${TOGETHER}`);
  });

  test('two sets that wait for each other', () => {
    const { stack, cluster, set } = define();
    const other = new ServiceAccountSet(stack, 'Other', { cluster });
    const [a, b, c, d] = [addTo(set, 'a'), addTo(set, 'b'), addTo(other, 'c'), addTo(other, 'd')];
    a.node.addDependency(c);
    d.serviceAccountRole.node.addDependency(b);
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Team] Stack/Team/A ${TOGETHER}\n  [Stack/Other] Stack/Other/D ${TOGETHER}`);
  });

  test('a part of a set that depends on a construct that waits for the set', () => {
    const { stack, cluster, set } = define();
    const part = new Construct(set, 'Part');
    new ServiceAccountWithRole(part, 'A', { cluster, serviceAccountName: 'a' });
    const objects = new KubernetesObjects(stack, 'Objects', { cluster });
    objects.node.addDependency(addTo(set, 'b'));
    part.node.addDependency(objects);
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Team] Stack/Team/Part/A ${TOGETHER}`);
  });
});
