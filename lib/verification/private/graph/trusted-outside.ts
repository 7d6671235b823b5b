import { DraftGraph } from './draft-graph';
import { OUTSIDE, roleNode } from './role-nodes';
import { placeText } from '../../internal/place-text';
import { AssignedModel } from '../assignments/assigned-model';
import { titleOf } from '../evaluation/titles';
import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Principal, Statement } from '../policies/statement';
import { isProviderOfEks } from '../values/issuer-of-eks';

/** Adds those outside the templates that the trust policy of a role names: AWS accounts, their roles and users, and identity providers. */
export function addTrustedOutside(graph: DraftGraph, role: Role, assigned: AssignedModel): void {
  const { statements } = parsePolicy(role.trustPolicy, 'trust');
  const hasDenials = statements.some(({ effect }) => effect !== 'Allow');
  for (const statement of statements.filter(({ effect, principals }) => effect === 'Allow' && principals && !principals.negated)) {
    for (const principal of statement.principals!.principals) {
      const kind = kindOf(principal, assigned);
      if (kind !== undefined) {
        addTrusted(graph, role, statement, { name: principal.name.literal === '*' ? 'everyone' : principal.name.toString(), kind, hasDenials });
      }
    }
  }
}

interface Outsider { readonly name: string; readonly kind: string; readonly hasDenials: boolean }

function addTrusted(graph: DraftGraph, role: Role, statement: Statement, { name, kind, hasDenials }: Outsider): void {
  const { conditions = [], problems, place } = statement;
  const open = [
    ...problems,
    ...conditions.map(({ operator, key, values }) => `whether a request meets the condition ${operator} ${key} = ${values.join(' or ')}`),
    ...(hasDenials ? ['whether another statement of the trust policy denies it'] : []),
  ];
  const node = graph.node({ key: `outside ${name}`, column: 'account', name, group: OUTSIDE, kind, isElsewhere: true, facts: [] });
  const edge = graph.edge({
    from: node.key,
    to: roleNode(graph, role).key,
    by: 'its trust policy',
    outcome: open.length > 0 ? 'UNKNOWN' : 'ALLOWED',
    why: [titleOf(statement)],
    settledBy: open,
    places: place ? [placeText(place)] : [],
  });
  node.reaches?.add(edge.key);
}

/** Undefined for services, for what the templates define, and for the providers of clusters, whose service accounts have nodes. */
function kindOf({ kind, name }: Principal, { roles }: AssignedModel): string | undefined {
  const text = name.toString();
  if (kind === 'Federated') {
    return isProviderOfEks(name) === 'no' ? 'identity provider' : undefined;
  }
  if (kind !== 'AWS' || roles.hasArn(name)) {
    return undefined;
  }
  return text === '*' || /^\d{12}$|:root$/.test(text) ? 'AWS account' : 'AWS principal';
}
