import { Side, ComparedPrincipal } from './side';
import { AccessAssumptions } from '../../access-assumptions';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { changesNothing } from '../assignments/merged-assumptions';
import { clusterOf, principalName, Principal } from '../assignments/principal';
import { principalKey, principalsIn } from '../decisions/principals/all-principals';
import { Model } from '../model/model';
import { reachOf } from '../reach/reach';

/** What an assembly says, under each assignment of its conditions. */
export const sidesOf = ({ all, assumptions }: Assignments): Side[] => all.map((assigned) => ({
  label: assigned.assignment.label,
  model: withoutGaps(assigned.model, assumptions),
  principals: [...principalsIn(assigned).values()].map((principal) => comparedPrincipal(principal, assigned, assumptions)),
}));

/** Without those that change nothing, as a user has stated. */
const withoutGaps = (model: Model, assumptions: AccessAssumptions): Model =>
  ({ ...model, findings: model.findings.filter(({ gap }) => !gap || !changesNothing(gap, assumptions)) });

const comparedPrincipal = (principal: Principal, assigned: AssignedModel, assumptions: AccessAssumptions): ComparedPrincipal => ({
  principal,
  key: principalKey(principal, ''),
  clusterKey: clusterOf(principal)?.key ?? '',
  name: nameIn(principal, assigned),
  accountKey: principal.kind === 'pods' && principal.workload ? principalKey({ ...principal, workload: undefined }, '') : undefined,
  reach: reachOf(principal, assigned, assumptions),
});

/** With the cluster, if there are several. */
function nameIn(principal: Principal, { clusterNames }: AssignedModel): string {
  const cluster = clusterOf(principal);
  return cluster && !clusterNames.only ? `${principalName(principal)} in cluster ${clusterNames.shown(cluster)}` : principalName(principal);
}
