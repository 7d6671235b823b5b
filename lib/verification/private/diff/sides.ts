import { comparedRoles } from './compare-roles';
import { comparedWays } from './compared-ways';
import { reachOfOtherPods } from './other-pods';
import { Side, ComparedPrincipal } from './side';
import { AccessAssumptions } from '../../access-assumptions';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { changesNothing } from '../assignments/merged-assumptions';
import { clusterOf, Nodes, Pods, Principal, principalName } from '../assignments/principal';
import { findingsUnder } from '../decisions/gaps';
import { principalKey, principalsIn } from '../decisions/principals/all-principals';
import { Cluster, Model } from '../model/model';
import { reachOf } from '../reach/reach';
import { ClusterId } from '../values/cluster-id';

/** What an assembly says, under each assignment of its conditions. */
export const sidesOf = ({ all, assumptions, keptResources: resources }: Assignments): Side[] => all.map((assigned) => ({
  label: assigned.assignment.label,
  model: withoutGaps(assigned, assumptions),
  resources,
  ...comparedAccess(assigned, assumptions),
}));

function comparedAccess(assigned: AssignedModel, assumptions: AccessAssumptions): Pick<Side, 'principals' | 'ways'> {
  const principals = [
    ...[...principalsIn(assigned).values()].map((principal) => comparedPrincipal(principal, assigned, assumptions)),
    ...assigned.model.clusters.flatMap((cluster) => otherPods(cluster, assigned)),
  ];
  return { principals, ways: assumptions.noOtherCredentials ? [] : comparedWays(comparedRoles(assigned.model, principals), assigned) };
}

/** Without those that change nothing, as a user has stated. */
const withoutGaps = (assigned: AssignedModel, assumptions: AccessAssumptions): Model =>
  ({ ...assigned.model, findings: findingsUnder(assigned).filter(({ gap }) => !gap || !changesNothing(gap, assumptions)) });

const comparedPrincipal = (principal: Pods | Nodes, assigned: AssignedModel, assumptions: AccessAssumptions): ComparedPrincipal => ({
  principal,
  key: principalKey(principal, ''),
  clusterKey: clusterOf(principal)?.key ?? '',
  name: nameIn(principal, assigned),
  accountKey: principal.kind === 'pods' && principal.workload ? principalKey({ ...principal, workload: undefined }, '') : undefined,
  reach: reachOf(principal, assigned, assumptions),
});

/** The pods of a cluster that the templates do not show, without and with the network of their node. */
const otherPods = (cluster: Cluster, assigned: AssignedModel): ComparedPrincipal[] => [false, true].map((onHostNetwork) => {
  const name = `pods that the templates do not show${onHostNetwork ? ', on the network of their node' : ''}`;
  return {
    key: name,
    clusterKey: cluster.id.key,
    name: inCluster(name, cluster.id, assigned),
    reach: reachOfOtherPods(cluster, onHostNetwork, assigned),
  };
});

/** The name of a principal in a comparison. */
export const nameIn = (principal: Principal, assigned: AssignedModel): string => inCluster(principalName(principal), clusterOf(principal), assigned);

/** With the cluster, if there are several. */
const inCluster = (name: string, cluster: ClusterId | undefined, { clusterNames }: AssignedModel): string =>
  (cluster && !clusterNames.only ? `${name} in cluster ${clusterNames.shown(cluster)}` : name);
