export * from './irsa-cluster';
export * from './irsa-nodegroup';
