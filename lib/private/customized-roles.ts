import { IConstruct } from 'constructs';

/** Set on a scope by `iam.Role.customizeRoles`. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam-readme.html#customizing-role-creation */
const CUSTOMIZE_ROLES = '@aws-cdk/iam:customizeRoles';

/** Whether `iam.Role.customizeRoles` reports the roles of a scope, either instead of their resources or in addition to them. */
export const areRolesCustomized = (scope: IConstruct): boolean => scope.node.tryGetContext(CUSTOMIZE_ROLES) !== undefined;
