export * from './kubernetes';
export * from './identity';
export * from './nodes';
export * from './cluster';
export * as policies from './policies';
export * as verification from './verification';
