export * from './irsa-nodegroup';
export * from './irsa-nodegroup-options';
export * from './node-ami-family';
export * from './node-boot-options';
export * from './node-remote-access';
export * from './node-role-options';
export * from './node-volume';
