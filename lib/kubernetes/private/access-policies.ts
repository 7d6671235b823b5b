import { Aws } from 'aws-cdk-lib';

/** The access policies of Amazon EKS that this library uses. */
export const POLICIES = { clusterAdmin: 'AmazonEKSClusterAdminPolicy', admin: 'AmazonEKSAdminPolicy', edit: 'AmazonEKSEditPolicy' } as const;

/** The ARN of an access policy. Its account is `aws` in every partition. */
export const arnOfPolicy = (name: string) => `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/${name}`;

/** Kinds by API group. The core group has an empty name. */
type Kinds = { readonly [group: string]: readonly string[] };

/**
 * The kinds that the function can apply with `AmazonEKSEditPolicy`: those for whose resources the policy lists the verbs `get`, `create`,
 * `patch` and `delete`. Kinds of the group `extensions` are left out, because supported versions of Kubernetes do not have that group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html#access-policy-permissions-amazonekseditpolicy
 */
const EDIT: Kinds = {
  '': ['ConfigMap', 'Event', 'PersistentVolumeClaim', 'Pod', 'ReplicationController', 'Secret', 'Service', 'ServiceAccount'],
  'apps': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling': ['HorizontalPodAutoscaler'],
  'batch': ['CronJob', 'Job'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  'policy': ['PodDisruptionBudget'],
};

/**
 * The kinds that require `AmazonEKSAdminPolicy`, which also covers all kinds of `AmazonEKSEditPolicy`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html#access-policy-permissions-amazoneksadminpolicy
 */
const ADMIN: Kinds = { 'rbac.authorization.k8s.io': ['Role', 'RoleBinding'] };

/** The narrowest policy that covers a kind in a namespace, if there is one. Other kinds are cluster-scoped, custom, or read-only. */
export function policyFor(group: string, kind: string): string | undefined {
  return includes(EDIT, group, kind) ? POLICIES.edit : includes(ADMIN, group, kind) ? POLICIES.admin : undefined;
}

const includes = (kinds: Kinds, group: string, kind: string) => Object.hasOwn(kinds, group) && kinds[group].includes(kind);
