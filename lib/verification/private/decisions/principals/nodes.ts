import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeSame } from '../../assignments/role-index';
import { holderName } from '../../model/holder-name';
import { commandsOn, runsCommands } from '../../reach/commands-on-instances';
import { Credentials } from '../../reach/credentials';
import { ClusterId } from '../../values/cluster-id';

/** Credentials of the role of nodes, or commands on them, are enough. This can also be of another cluster. */
export const asNode = ({ role }: Credentials, { model, roles }: AssignedModel): WayIntoCluster[] => model.nodegroups
  .filter(({ roleArn }) => mayBeSame(role, roles.withArn(roleArn)))
  .map(({ cluster, label }) => ({ cluster, what: `act as a node of nodegroup ${label} in its cluster, with its role ${role.label}`, runsPods: false }));

/**
 * How credentials act in a cluster with nodes that the templates do not show: commands on these give the tokens of their pods. To assume that pods do not reach the
 * role of such nodes says nothing about commands.
 */
export function onNodesElsewhere(one: Credentials, cluster: ClusterId, assigned: AssignedModel): WayIntoCluster[] {
  const { roles } = assigned;
  const own = assigned.cluster(cluster);
  const isOpen = own?.otherNodes !== undefined && runsCommands('ec2', one, roles);
  const [way] = isOpen ? commandsOn('ec2', { arn: own.arn, account: cluster.account }, one, roles) : [];
  return way ? [{ cluster, what: `run commands on nodes that the templates do not show (${way.join(', ')}) with ${holderName(one.role)}`, runsPods: false }] : [];
}
