import { isInTemplates, RoleIndex } from './role-index';
import { AccessReason } from '../../access-reason';
import { decideAccess } from '../evaluation/decide-access';
import { Grants } from '../evaluation/grants';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { Cluster, Nodegroup } from '../model/model';
import { Truth } from '../values/truth';

/** What the EKS Pod Identity agent calls, with the role of its node. */
export const AGENT_REQUEST = 'eks-auth:AssumeRoleForPodIdentity';

/** Whether the nodes of a cluster let their agent get credentials for pods. */
export interface AgentPermission {
  readonly truth: Truth;
  /** Of node roles that do not, or might not. */
  readonly reasons: readonly AccessReason[];
  readonly assumed: readonly string[];
}

/** Where the nodegroups of a cluster and their roles are found. */
interface Found {
  readonly nodegroups: readonly Nodegroup[];
  readonly roles: RoleIndex;
}

/**
 * Whether the roles of the nodes allow what the agent needs. A cluster can have several nodegroups, and it is not known on which a pod runs.
 * Nodes that the templates do not show are assumed to have the permission, as they are assumed to run the agent. So are nodes of EKS Auto Mode whose role
 * is not in the templates: Amazon EKS requires it of this role. So are self-managed nodes whose role the templates do not show.
 *
 * @param noOtherNodes whether there are no nodes that the templates do not show.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html
 */
export function agentPermissionOf(cluster: Cluster, { nodegroups, roles }: Found, noOtherNodes: boolean): AgentPermission {
  const ofCluster = nodegroups.filter((nodegroup) => nodegroup.isWindows !== 'yes' && nodegroup.cluster.is(cluster.id) !== 'no');
  const decisions = ofCluster.map((nodegroup) => permissionOf(nodegroup, cluster, roles));
  const failing = decisions.filter(({ truth }) => truth !== 'yes');
  const hasOtherNodes = cluster.otherNodes !== undefined && !noOtherNodes;
  const isDenied = !hasOtherNodes && decisions.every(({ truth }) => truth === 'no');
  return {
    truth: failing.length === 0 ? 'yes' : isDenied ? 'no' : 'unknown',
    reasons: failing.flatMap(({ reasons }) => reasons),
    assumed: [
      ...new Set(decisions.flatMap(({ assumed }) => assumed)),
      ...(hasOtherNodes ? [`the nodes of cluster ${cluster.id} that the templates do not show are allowed ${AGENT_REQUEST}`] : []),
    ],
  };
}

function permissionOf({ roleArn, label, place, isAutoMode, isSelfManaged }: Nodegroup, { arn, id }: Cluster, roles: RoleIndex): AgentPermission {
  const role = roles.withArn(roleArn);
  if (isAutoMode && !isInTemplates(role)) {
    return { truth: 'yes', reasons: [], assumed: [`the nodes of EKS Auto Mode of cluster ${id} are allowed ${AGENT_REQUEST}`] };
  }
  if (isSelfManaged && !isInTemplates(role)) {
    return { truth: 'yes', reasons: [], assumed: [`the nodes of nodegroup ${label} are allowed ${AGENT_REQUEST}`] };
  }
  const session = roleSession(role);
  const grants: Grants = { identity: role.policies, boundary: role.boundary, resource: { kind: 'none' } };
  const context = SessionContext.ofRole({ role: session, roleTags: role.tags, resource: { arn } });
  const { outcome, reasons: because } = decideAccess(session, grants, { action: AGENT_REQUEST, resource: arn, context });
  if (outcome === 'ALLOWED') {
    return { truth: 'yes', reasons: [], assumed: [] };
  }
  const verb = outcome === 'DENIED' ? 'does not allow' : 'might not allow';
  return {
    truth: outcome === 'DENIED' && !isAutoMode ? 'no' : 'unknown',
    reasons: [{ what: `role ${role.label} of nodegroup ${label} ${verb} ${AGENT_REQUEST}, which the EKS Pod Identity agent needs`, place, because: [...because] }],
    assumed: [],
  };
}
