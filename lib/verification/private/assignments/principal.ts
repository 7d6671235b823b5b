import { Nodegroup, Role, Workload } from '../model/model';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** Pods of a service account, those of one workload or of all. */
export interface Pods {
  readonly kind: 'pods';
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly serviceAccountName: Text;
  readonly workload?: Workload;
  /** The role in the annotation of the service account, as stated by the user. */
  readonly annotation?: Text;
}

/** Whatever runs on the nodes of a nodegroup, outside of pods. */
export interface Nodes {
  readonly kind: 'nodes';
  readonly nodegroup: Nodegroup;
}

/** Those that a role trusts, without it being known who they are: pods of an account that a pattern matches, or that an association names later. */
export interface Trusted {
  readonly kind: 'trusted';
  readonly role: Role;
}

/** Whoever has a session of a role, such as a Lambda function. Also a user, or whoever is in a group. */
export interface RoleSessions {
  readonly kind: 'role';
  readonly role: Role;
  /** Whether what they can do in clusters is set aside, such as what an administrator of a cluster can do. */
  readonly withoutClusters?: boolean;
}

/** Who asks AWS. */
export type Principal = Pods | Nodes | Trusted | RoleSessions;

/** For messages, such as `pods of service account default/reader`. */
export function principalName(principal: Principal): string {
  if (principal.kind === 'nodes') {
    return `nodes of nodegroup ${principal.nodegroup.label}`;
  }
  if (principal.kind === 'trusted') {
    return `whoever role ${principal.role.label} trusts`;
  }
  if (principal.kind === 'role') {
    const { noun, label } = principal.role;
    return {
      role: `sessions of role ${label}`, user: `user ${label}`, group: `whoever is in group ${label}`, host: `what serves at ${label}`, volume: `volume ${label}`,
    }[noun];
  }
  const { namespace, serviceAccountName, workload } = principal;
  return workload ? `pods of ${workload.kind} ${workload.namespace}/${workload.name}` : `pods of service account ${namespace}/${serviceAccountName}`;
}

/** The cluster of a principal; undefined if it can be any. */
export const clusterOf = (principal: Principal): ClusterId | undefined =>
  (principal.kind === 'pods' ? principal.cluster : principal.kind === 'nodes' ? principal.nodegroup.cluster : undefined);

/** The subject of the tokens of pods. @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export const subjectOf = ({ namespace, serviceAccountName }: Pods): Text =>
  Text.join([Text.of('system:serviceaccount'), namespace, serviceAccountName], ':');
