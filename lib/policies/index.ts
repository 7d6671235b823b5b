export * from './cert-manager-policy';
export * from './cluster-autoscaler-policy';
export * from './controller-policy';
export * from './custom-controller-policy';
export * from './external-dns-policy';
export * from './external-secrets-policy';
export * from './secrets-store-provider-policy';
export * from './velero-policy';
