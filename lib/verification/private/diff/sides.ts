import { Side, Somebody } from './side';
import { AccessAssumptions } from '../../access-assumptions';
import { keyOf, principalsIn } from '../access/principals/all-principals';
import { reachOf } from '../access/reach/reach';
import { nameOf, Principal } from '../access/world/principal';
import { View } from '../access/world/view';
import { World } from '../access/world/world';
import { isGap } from '../model/incomplete';
import { Model } from '../model/model';

/** What an assembly says, in each branch of its conditions. */
export const sidesOf = ({ possibilities, assumptions }: World): Side[] => possibilities.map(({ branch, view }) => ({
  label: branch.label,
  model: assumptions.unreadPartsChangeNothing ? withoutGaps(view.model) : view.model,
  principals: [...principalsIn(view)].map(([key, principal]) => somebody(key, principal, view, assumptions)),
}));

const withoutGaps = (model: Model): Model => ({ ...model, findings: model.findings.filter((finding) => !isGap(finding)), incomplete: [] });

const somebody = (key: string, principal: Principal, view: View, assumptions: AccessAssumptions): Somebody => ({
  key,
  name: nameIn(principal, view),
  accountKey: principal.kind === 'pods' && principal.workload ? keyOf('ServiceAccount', principal.cluster, principal.namespace, principal.serviceAccountName) : undefined,
  reach: reachOf(principal, view, assumptions),
});

/** With the cluster, if there are several. */
const nameIn = (principal: Principal, { model: { clusters } }: View) => (clusters.length > 1
  ? `${nameOf(principal)} in cluster ${principal.kind === 'pods' ? principal.cluster : principal.nodegroup.cluster}`
  : nameOf(principal));
