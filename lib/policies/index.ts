export * from './aws-load-balancer-controller-policy';
export * from './cluster-autoscaler-policy';
export * from './controller-policy';
export * from './custom-controller-policy';
export * from './karpenter-policy';
