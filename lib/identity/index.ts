export * from './irsa-cluster-interface';
export * from './oidc-issuer';
export * from './service-account-subject';
export * from './service-account-with-role';
