import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ENV, existing, reading } from './controller-roles';
import { IrsaAddon, policies, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { CONTROLLER_ACCOUNTS } from '../../lib/policies/internal/controller-account-names';
import { EXAMPLES } from '../policies/examples';
import { newCluster, newStack } from '../stacks';

const loadBalancers = new policies.AwsLoadBalancerControllerPolicy();
const autoscaler = new policies.ClusterAutoscalerPolicy();
const efs = [new policies.EfsCsiDriverPolicy({ allFileSystems: true }), new policies.EfsCsiDriverNodePolicy({ allFileSystems: true })];
const account = (name: string) => ServiceAccountSubject.exact('kube-system', name);
const warning = (i: number, policy: string, own: string, other: string) =>
  `controllerPolicies[${i}] (${policy}) is for pods of the service account ${own}, but pods of ${other} get it, which is the account of another controller. `
  + 'Use the policy of that controller, or correct the account. If its pods need these permissions, acknowledge this warning [ack: cdk-irsa:controller-account]';

/** A role, and the warnings about its policies. */
function roleWith(controllerPolicies: policies.IControllerPolicy[], subjects: ServiceAccountSubject[]) {
  const stack = newStack('Stack', { env: ENV });
  const cluster = existing(stack);
  const role = new ServiceAccountRole(stack, 'Role', { cluster, subjects, controllerPolicies });
  const warnings = () => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:controller-account')).map(({ entry }) => entry.data);
  return { stack, cluster, role, warnings };
}

test('the accounts of controllers are those of the policies', () => {
  const names = Object.values(EXAMPLES).flatMap((policy) => policy(newStack()).serviceAccountName ?? []);
  expect(CONTROLLER_ACCOUNTS).toEqual([...new Set(names)].sort());
});

describe('a policy of a controller', () => {
  test('warns on the account of another controller', () => {
    expect(roleWith([loadBalancers], [account('cluster-autoscaler')]).warnings())
      .toEqual([warning(0, 'AwsLoadBalancerControllerPolicy', 'aws-load-balancer-controller', 'cluster-autoscaler')]);
  });

  test('warns beside the policy of that controller', () => {
    expect(roleWith([autoscaler, loadBalancers], [account('cluster-autoscaler')]).warnings())
      .toEqual([warning(1, 'AwsLoadBalancerControllerPolicy', 'aws-load-balancer-controller', 'cluster-autoscaler')]);
  });

  test('does not warn on accounts of controllers that share the role, of which one is added later', () => {
    const { cluster, role, warnings } = roleWith([loadBalancers, autoscaler], [account('aws-load-balancer-controller')]);
    role.addTrust(cluster, account('cluster-autoscaler'));
    expect(warnings()).toEqual([]);
  });

  test('warns if the role trusts the account later', () => {
    const { cluster, role, warnings } = roleWith([loadBalancers], [account('aws-load-balancer-controller')]);
    expect(warnings()).toEqual([]);
    role.addTrust(cluster, account('cluster-autoscaler'));
    expect(warnings()).toHaveLength(1);
  });

  test('warns if a role from elsewhere in the app trusts the account', () => {
    const { stack, cluster, role, warnings } = roleWith([loadBalancers], [account('aws-load-balancer-controller')]);
    ServiceAccountRole.fromRole(stack, 'Shared', role.role).addTrust(cluster, account('cluster-autoscaler'));
    expect(warnings()).toHaveLength(1);
  });

  test('warns on the service account that the app defines', () => {
    const stack = newStack();
    new ServiceAccountWithRole(stack, 'Account', {
      cluster: newCluster(stack), namespace: 'kube-system', serviceAccountName: 'cluster-autoscaler', controllerPolicies: [loadBalancers],
    });
    Annotations.fromStack(stack).hasWarning('*', warning(0, 'AwsLoadBalancerControllerPolicy', 'aws-load-balancer-controller', 'cluster-autoscaler'));
  });

  test('warns once for an add-on that the library knows', () => {
    const stack = newStack('Stack', { env: ENV });
    new IrsaAddon(stack, 'Addon', { cluster: existing(stack), addonName: 'aws-ebs-csi-driver', controllerPolicies: [autoscaler] });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('is for pods of')).map(({ entry }) => entry.data))
      .toEqual([expect.stringContaining('[ack: cdk-irsa:addon-policy]')]);
  });

  test('warns for an add-on that uses the role of another controller', () => {
    const { stack, cluster, role, warnings } = roleWith([autoscaler], [account('cluster-autoscaler')]);
    new IrsaAddon(stack, 'Addon', { cluster, addonName: 'aws-ebs-csi-driver', serviceAccountRole: role });
    expect(warnings()).toEqual([warning(0, 'ClusterAutoscalerPolicy', 'cluster-autoscaler', 'ebs-csi-controller-sa')]);
  });

  test.each<[string, policies.IControllerPolicy[], ServiceAccountSubject[]]>([
    ['its own account', [autoscaler], [account('cluster-autoscaler')]],
    ['its own account in another namespace', [autoscaler], [ServiceAccountSubject.exact('scaling', 'cluster-autoscaler')]],
    ['an account with a name of your own', [autoscaler], [account('scaler')]],
    ['the accounts of two parts of a controller', efs, [account('efs-csi-controller-sa'), account('efs-csi-node-sa')]],
    ['all accounts of a namespace', [autoscaler], [ServiceAccountSubject.pattern('kube-system', '*')]],
    ['any account, without an account by convention', [new policies.XRayPolicy()], [account('cluster-autoscaler')]],
    ['the account that it names itself', [new policies.CustomControllerPolicy({ statements: [reading()], serviceAccountName: 'velero' })], [account('velero')]],
  ])('does not warn on %s', (_, controllerPolicies, subjects) => {
    expect(roleWith(controllerPolicies, subjects).warnings()).toEqual([]);
  });
});
