import { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Whether this app defines a role and may change its trust policy. `isRole` is true for a role that `iam.Role.customizeRoles` replaces, too,
 * which has no resource. A role from `withoutPolicyUpdates` has the resource of the role that it protects, but is not an `iam.Role`.
 */
export const isDefinedHere = (role: iam.IRole): role is iam.Role => iam.Role.isRole(role) && CfnResource.isCfnResource(role.node.defaultChild!);

/** Refuses a role whose resource is in the template, but whose trust policy only aws-cdk can reach. */
export function checkNotLazy(role: iam.IRole): void {
  if (role instanceof iam.LazyRole) {
    throw new Error('role is an iam.LazyRole, whose trust policy cannot be changed: define it as an iam.Role');
  }
}
