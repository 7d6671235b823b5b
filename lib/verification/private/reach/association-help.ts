import { Credentials, Raise } from './credentials';
import { mayRequest } from './may-request';
import { raisesWith } from './raised-roles';
import { AccessReason } from '../../access-reason';
import { AGENT_REQUEST } from '../assignments/agent-permission';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { Cluster } from '../model/model';

/** How pods might get credentials of EKS Pod Identity that their nodes, or the role of their association, do not give them as they are. */
export interface AssociationHelp {
  /** Why they might need no agent that works on their node. */
  readonly agent?: AccessReason;
  /** The roles of associations whose permissions the pods might raise, by the keys of their ARNs. */
  readonly raises: ReadonlyMap<string, Raise>;
}

/**
 * What some credentials of pods can change about those of their association. The agent is only a client of the EKS Auth API, which takes the token of a pod, so that
 * pods with the permission of the agent can request the same.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_auth_AssumeRoleForPodIdentity.html
 */
export function associationHelp(found: readonly Credentials[], pods: Pods, cluster: Cluster, assigned: AssignedModel): AssociationHelp {
  const { model, roles } = assigned;
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  const asking = obtained.find((credentials) => mayRequest(credentials, roles, AGENT_REQUEST, cluster.arn) !== 'no');
  const nodeRoles = model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(cluster.id) !== 'no').map(({ roleArn }) => roles.withArn(roleArn));
  const associated = assigned.associations.of(pods).map(({ thing }) => roles.withArn(thing.roleArn));
  const raises = raisesWith(obtained, roles, [...nodeRoles, ...associated]);
  const raisedNodes = nodeRoles.map(({ arn }) => raises.get(arn.key)?.why).find((why) => why !== undefined);
  return {
    agent: asking ? { what: `${holderName(asking.role)} may request ${AGENT_REQUEST}, as the EKS Pod Identity agent does`, place: asking.role.place } : raisedNodes,
    raises,
  };
}

/** Credentials of an association that the nodes do not give, if the pods might get them in another way. */
export const withoutAgent = (credentials: Credentials, agent: AccessReason): Credentials => ({
  ...credentials,
  isObtained: 'unknown',
  missing: [...credentials.missing, `whether the pods get credentials without the agent of their node: ${agent.what}`],
  chain: [...credentials.chain, agent],
});
