import { ServiceAccountRoleOptions } from '../service-account-role-options';

/** With each option, so that the compiler notices one that is left out. */
type AllOptions = { [option in keyof Required<ServiceAccountRoleOptions>]: ServiceAccountRoleOptions[option] };

/** The options of a role, and nothing else. */
export const roleOptionsIn = (options: ServiceAccountRoleOptions): AllOptions => ({
  managedPolicies: options.managedPolicies,
  inlinePolicies: options.inlinePolicies,
  roleName: options.roleName,
  path: options.path,
  description: options.description,
  maxSessionDuration: options.maxSessionDuration,
  permissionsBoundary: options.permissionsBoundary,
});
