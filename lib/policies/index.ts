export * from './cluster-autoscaler-policy';
export * from './controller-policy';
export * from './custom-controller-policy';
export * from './ebs-csi-driver-policy';
export * from './efs-csi-driver-node-policy';
export * from './efs-csi-driver-policy';
export * from './mountpoint-s3-csi-driver-policy';
