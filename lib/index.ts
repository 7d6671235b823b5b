export * from './manifests';
export * from './identity';
export * from './cluster';
