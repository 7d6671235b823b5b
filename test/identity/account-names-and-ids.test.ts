import { CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { define, idOf, logicalIds } from './accounts';
import { ServiceAccountWithRole, ServiceAccountWithRoleProps } from '../../lib';
import { ExistingCluster, newCluster, newStack } from '../stacks';

test('the logical IDs of account and role stay the same when the construct is renamed or moved within the stack', () => {
  const place = (scope: (stack: Stack) => Construct, id: string) => {
    const stack = newStack();
    const { role } = new ServiceAccountWithRole(scope(stack), id, { cluster: newCluster(stack), serviceAccountName: 'reader' });
    return [...logicalIds(stack, 'ServiceAccount'), idOf(role)];
  };
  const ids = place((stack) => stack, 'Reader');
  expect(ids).toEqual([expect.stringMatching(/^ServiceAccountDefaultReader[0-9A-F]{8}$/), `${ids[0]}Role`]);
  expect(place((stack) => stack, 'Renamed')).toEqual(ids);
  expect(place((stack) => new Construct(stack, 'Wrapper'), 'Reader')).toEqual(ids);
});

test('accounts of two clusters with the same construct ID in different scopes have different logical IDs', () => {
  const stack = newStack();
  const accounts = ['Blue', 'Green'].map((id) => new ServiceAccountWithRole(stack, id, { cluster: newCluster(new Construct(stack, `${id}Part`)), serviceAccountName: 'reader' }));
  expect(new Set(accounts.map(({ role }) => idOf(role))).size).toBe(2);
});

test('the logical ID of an account that a token names depends on its construct', () => {
  const stack = newStack();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const cluster = newCluster(stack);
  ['One', 'Two'].forEach((id) => new ServiceAccountWithRole(stack, id, { cluster, serviceAccountName: name, namespace: name }));
  expect(logicalIds(stack, 'ServiceAccount').map((id) => id.slice(0, 11))).toEqual(['OneServiceA', 'TwoServiceA']);
  expect(logicalIds(stack, 'Namespace')).toHaveLength(2);
});

test('an account whose name is a token can be defined twice, because the names can differ', () => {
  const stack = newStack();
  const name = new CfnParameter(stack, 'Name').valueAsString;
  const cluster = newCluster(stack);
  ['One', 'Two'].forEach((id) => new ServiceAccountWithRole(stack, id, { cluster, serviceAccountName: name }));
  expect(logicalIds(stack, 'ServiceAccount')).toHaveLength(2);
});

test('the same account name can be used in two namespaces, two clusters and two stacks', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const account = (scope: Stack, id: string, props: Partial<ServiceAccountWithRoleProps> = {}) =>
    new ServiceAccountWithRole(scope, id, { cluster, serviceAccountName: 'reader', ...props });
  account(stack, 'One');
  account(stack, 'Two', { namespace: 'other' });
  account(stack, 'Three', { cluster: new ExistingCluster(stack, 'Existing') });
  account(newStack('Other', {}, stack.node.root), 'One', { namespace: 'third' });
  expect(logicalIds(stack, 'ServiceAccount')).toHaveLength(3);
});

describe('a role without a resource, whose logical ID cannot be pinned', () => {
  const isCfnResource = CfnResource.isCfnResource;
  const isOther = (construct: any): construct is CfnResource => isCfnResource(construct) && !(construct instanceof iam.CfnRole);
  afterEach(() => jest.restoreAllMocks());

  test('is an error', () => {
    const logicalId = idOf(define().account.role);
    jest.spyOn(CfnResource, 'isCfnResource').mockImplementation(isOther);
    expect(() => define()).toThrow(new Error(`Stack/Reader/Role/Resource: the logical id ${logicalId} cannot be set, because the construct has no resource: `
      + 'renaming the construct would replace the role'));
  });

  test('is not an error with iam.Role.customizeRoles, and the account is applied', () => {
    const stack = newStack();
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Reader/Role/Resource': 'by-hand' } });
    const { role } = new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 'reader' });
    expect(role.node.defaultChild).toBeUndefined();
    expect(logicalIds(stack, 'ServiceAccount')).toEqual([expect.stringMatching(/^ServiceAccountDefaultReader/)]);
  });
});
