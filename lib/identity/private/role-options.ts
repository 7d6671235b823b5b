import { ServiceAccountRoleOptions } from '../service-account-role-options';

/** All options of the IAM role as required keys, so that the compiler reports a missing one. */
type AllOptions = { [option in keyof Required<Omit<ServiceAccountRoleOptions, 'podCredentials'>>]: ServiceAccountRoleOptions[option] };

/** Only the options of the IAM role. */
export const roleOptionsIn = (options: ServiceAccountRoleOptions): AllOptions => ({
  managedPolicies: options.managedPolicies,
  inlinePolicies: options.inlinePolicies,
  controllerPolicies: options.controllerPolicies,
  roleName: options.roleName,
  path: options.path,
  description: options.description,
  maxSessionDuration: options.maxSessionDuration,
  permissionsBoundary: options.permissionsBoundary,
});
