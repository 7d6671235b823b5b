/** The API group of roles and bindings. */
export const RBAC = 'rbac.authorization.k8s.io';

/** The groups of Kubernetes, besides those of its workloads, whose kinds have no pods: a CustomResourceDefinition has the schema of others. */
export const WITHOUT_PODS = new RegExp(`^(autoscaling|(${[
  'admissionregistration', 'apiextensions', 'apiregistration', 'authentication', 'authorization', 'certificates', 'coordination', 'discovery', 'events',
  'flowcontrol.apiserver', 'networking', 'node', 'rbac.authorization', 'resource', 'scheduling', 'storage', 'storagemigration',
].join('|')}).k8s.io)$`);

/** Whether the API server itself has the objects of a group. Projects of Kubernetes have others, such as `metacontroller.k8s.io`. */
export const isGroupOfKubernetes = (group: string): boolean => /^(|apps|batch|extensions|policy)$/.test(group) || WITHOUT_PODS.test(group);
