export * from './irsa-cluster';
