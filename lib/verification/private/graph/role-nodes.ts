import { DraftGraph, DraftNode } from './draft-graph';
import { placeText } from '../../internal/place-text';
import { isInTemplates } from '../assignments/role-index';
import { titleOf } from '../evaluation/titles';
import { stackOf } from '../findings/gap';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { OtherCredentials } from '../reach/credentials';

/** The group of what no template defines. */
export const OUTSIDE = 'outside the templates';

/** What identifies the node of a role. */
export const roleKey = ({ noun, arn }: Role): string => `${noun} ${arn.key}`;

/** The node of a role or a user. */
export function roleNode(graph: DraftGraph, role: Role): DraftNode {
  const { noun, label, arn, boundary, policies, place } = role;
  const denied = policies.flatMap((policy) => parsePolicy(policy, 'identity').statements).filter(({ effect }) => effect === 'Deny').map(titleOf);
  return graph.node({
    key: roleKey(role),
    column: 'role',
    name: label,
    group: isInTemplates(role) ? stackOf(place).replace(/\.template\.json/, '') : OUTSIDE,
    kind: noun,
    isElsewhere: !isInTemplates(role) || role.isElsewhere === true,
    facts: [
      ['ARN', arn.toString()],
      ...(boundary ? [['Permissions boundary', boundary.name] as const] : []),
      ...denied.map((title) => ['Denied', title] as const),
    ],
    places: isInTemplates(role) ? [placeText(place)] : [],
  });
}

/** The nodes of roles, by their names in comparisons. */
export const roleNodesByName = ({ nodes }: DraftGraph): Map<string, string> => new Map([...nodes.values()].filter(({ column }) => column === 'role')
  .flatMap(({ key, name }): Array<[string, string]> => [[`trust policy of role ${name}`, key], [`whoever role ${name} trusts`, key]]));

/** What stands for credentials that the templates do not show, and what settles whether somebody gets them. */
export function otherCredentialsNode(graph: DraftGraph, { excludedBy }: OtherCredentials): { readonly key: string; readonly settledBy: string } {
  const { name, settledBy } = OTHERS[excludedBy ?? 'nothing'];
  const key = `other ${excludedBy}`;
  const facts = [['Not known', UNKNOWN_ROLE], ['Settled by', settledBy]] as const;
  graph.node({ key, column: 'role', name, group: OUTSIDE, kind: name, isElsewhere: true, facts });
  return { key, settledBy };
}

interface Other { readonly name: string; readonly settledBy: string }

const UNKNOWN_ROLE = 'the templates do not show which role this is, nor what it allows';

const OTHERS: Record<NonNullable<OtherCredentials['excludedBy']> | 'nothing', Other> = {
  noOtherNodes: { name: 'role of other nodes', settledBy: 'if there are no such nodes, or pods do not reach their role: --assume-no-other-nodes' },
  noOtherCredentials: { name: 'other credentials', settledBy: 'if pods get none: --assume-no-other-credentials' },
  nothing: { name: 'unknown credentials', settledBy: 'also read the templates that define what is missing' },
};
