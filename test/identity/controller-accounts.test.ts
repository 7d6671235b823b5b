import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ENV, existing, reading } from './controller-roles';
import { IrsaAddon, policies, ServiceAccountRole, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

describe('the service account of controllers', () => {
  const conventional = (namespace?: string, serviceAccountName?: string) =>
    new policies.CustomControllerPolicy({ statements: [reading()], namespace, serviceAccountName });

  test('has the namespace and the name that their policies have by convention', () => {
    const stack = newStack();
    const { subject } = new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    expect(subject.value).toBe('system:serviceaccount:kube-system:cluster-autoscaler');
  });

  test('is the subject of the role, if nothing else is', () => {
    const stack = newStack('Stack', { env: ENV });
    new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Description: Match.stringLikeRegexp(' kube-system/cluster-autoscaler$') });
  });

  test('has the names that are given', () => {
    const stack = newStack();
    const { subject } = new ServiceAccountWithRole(stack, 'Account', {
      cluster: newCluster(stack), namespace: 'scaling', serviceAccountName: 'scaler', controllerPolicies: [conventional('a', 'x'), conventional('b', 'y')],
    });
    expect(subject.value).toBe('system:serviceaccount:scaling:scaler');
  });

  test('requires a name that is given, if the policies have different ones', () => {
    const stack = newStack();
    const controllerPolicies = [conventional('a', 'x'), conventional('b', 'y')];
    expect(() => new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), namespace: 'c', controllerPolicies }))
      .toThrow(new Error('Stack/Account: serviceAccountName must be set, or controllerPolicies divided among several roles: by convention, they have different names: x, y'));
  });

  test('requires a name without a convention', () => {
    const stack = newStack();
    expect(() => new ServiceAccountWithRole(stack, 'Account', { cluster: newCluster(stack), controllerPolicies: [conventional('a')] }))
      .toThrow(new Error('Stack/Account: serviceAccountName must be set: none of controllerPolicies has a name by convention'));
    expect(() => new ServiceAccountRole(stack, 'Role', { cluster: existing(newStack('Other', { env: ENV })), controllerPolicies: [conventional(undefined, 'x')] }))
      .toThrow(new Error('Stack/Role: subjects must be set: for example to [ServiceAccountSubject.exact(\'namespace\', \'name\')]; '
        + 'none of controllerPolicies has both a namespace and a name by convention'));
  });

  test('is that of an add-on that is not known, which then needs no names', () => {
    const stack = newStack('Stack', { env: ENV });
    const { serviceAccountRole } = new IrsaAddon(stack, 'Addon', { cluster: existing(stack), addonName: 'acme_scaler', controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
    expect(JSON.stringify(stack.resolve((serviceAccountRole!.role as iam.Role).assumeRolePolicy))).toContain('system:serviceaccount:kube-system:cluster-autoscaler');
  });
});

test('a role whose policies have different accounts by convention requires subjects', () => {
  const stack = newStack('Stack', { env: ENV });
  const controllerPolicies = [new policies.ClusterAutoscalerPolicy(), new policies.ExternalDnsPolicy({ allHostedZones: true })];
  expect(() => new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), controllerPolicies }))
    .toThrow(new Error('Stack/Role: subjects must be set, or controllerPolicies divided among several roles: by convention, they have different namespaces: kube-system, external-dns'));
});
