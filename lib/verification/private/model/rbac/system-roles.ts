import { Text } from '../../values/text';
import { isText } from '../../values/text-parts';

/** The roles of Kubernetes for users, and the labels of the roles whose rules it adds to them. */
const OF_USERS: ReadonlyArray<readonly [name: string, aggregated: readonly string[]]> = [
  ['admin', ['admin', 'edit', 'view']], ['edit', ['edit', 'view']], ['view', ['view']],
];

/** The roles that may change workloads. */
const CHANGING = ['admin', 'cluster-admin', 'edit'];

/** The names of roles that Kubernetes, or Amazon EKS, has for itself. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
const RESERVED = /^(system|eks):/;

/** Those with which nobody gets credentials of others: they read, check tokens, schedule pods, or change what is about the network. */
const HARMLESS = [
  'system:aggregate-to-view', 'system:auth-delegator', 'system:basic-user', 'system:coredns', 'system:discovery', 'system:heapster', 'system:kube-dns',
  'system:kube-scheduler', 'system:monitoring', 'system:node-problem-detector', 'system:node-proxier', 'system:public-info-viewer',
  'system:service-account-issuer-discovery', 'system:volume-scheduler',
];

/**
 * Whether a role may be one of Kubernetes that lets somebody run pods or get their credentials.
 *
 * @param isShown whether the templates have it.
 */
export const isPowerful = (name: Text, isShown: boolean): boolean => CHANGING.some((one) => isText(name, one) !== 'no')
  || (!isShown && RESERVED.test(name.start) && !HARMLESS.some((one) => isText(name, one) === 'yes'));

/** The labels of the roles whose rules Kubernetes adds to one. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
export const labelsOfAdded = (name: Text): string[] => [...new Set(OF_USERS.filter(([one]) => isText(name, one) !== 'no').flatMap(([, aggregated]) => aggregated))]
  .map((to) => `rbac.authorization.k8s.io/aggregate-to-${to}`);
