import { ServiceAccountRoleOptions } from '../service-account-role-options';

/** The options of a role, and nothing else. */
export const roleOptionsIn = (options: ServiceAccountRoleOptions): ServiceAccountRoleOptions => ({
  managedPolicies: options.managedPolicies,
  inlinePolicies: options.inlinePolicies,
  roleName: options.roleName,
  path: options.path,
  description: options.description,
  maxSessionDuration: options.maxSessionDuration,
  permissionsBoundary: options.permissionsBoundary,
});
