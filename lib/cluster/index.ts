export * from './existing-cluster-options';
export * from './irsa-addon';
export * from './irsa-addon-options';
export * from './irsa-cluster';
export * from './irsa-cluster-props';
export * from './oidc-provider';
