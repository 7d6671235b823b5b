import { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Whether this app defines a role and its trust policy. It does not with `iam.Role.customizeRoles`, for an imported role, nor for one that
 * `withoutPolicyUpdates` protects, whose default child is the resource of the role as well.
 */
export const isDefinedHere = (role: iam.IRole): role is iam.Role => iam.Role.isRole(role) && CfnResource.isCfnResource(role.node.defaultChild!);
