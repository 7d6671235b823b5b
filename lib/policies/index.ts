export * from './cluster-autoscaler-policy';
export * from './controller-policy';
export * from './custom-controller-policy';
export * from './ebs-csi-driver-policy';
