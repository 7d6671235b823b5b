import { DraftGraph } from './draft-graph';
import { Permission, permissionsOf, resourceName } from './permissions';
import { placesOf, sentencesOf } from './reasons';
import { Requested, requestsToAsk } from './requests';
import { RequestVerdict, RoleDecider } from './role-decider';
import { roleNode } from './role-nodes';
import { shellWord } from '../../internal/shell-word';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';
import { isInTemplates } from '../assignments/role-index';
import { commonOutcome, conditionsBehind } from '../decisions/conditional-outcomes';
import { Outcome } from '../evaluation/decision';
import { Role } from '../model/model';

/** A permission of a role under one assignment. */
interface Under { readonly assigned: AssignedModel; readonly permission: Permission; readonly decider: RoleDecider }

/** How some of the requests of a permission are decided, under all assignments. */
interface Outcomes {
  readonly outcome: Outcome;
  readonly actions: Set<string>;
  readonly why: Set<string>;
  readonly settledBy: Set<string>;
}

/**
 * Adds what a role allows, and how the policies of the role and of the resources decide about it.
 *
 * @param assembly what the user calls the templates, for commands.
 */
export function addPermissions(graph: DraftGraph, role: Role, assignments: Assignments, assembly: string): void {
  const each = assignments.all.map((assigned) => ({ assigned, own: assigned.roles.holder(role.arn) })).filter(({ own }) => isInTemplates(own));
  const known = each.length > 0 ? each : [{ assigned: assignments.all[0], own: role }];
  const byKey = new Map<string, Under[]>();
  for (const { assigned, own } of known) {
    const decider = new RoleDecider(own, assigned, assignments);
    for (const permission of permissionsOf(own, assigned)) {
      byKey.set(permission.key, [...byKey.get(permission.key) ?? [], { assigned, permission, decider }]);
    }
  }
  const from = roleNode(graph, role).key;
  for (const [key, under] of byKey) {
    const [{ permission, assigned }] = under;
    const node = graph.node({ ...permission.node, key, column: 'permission', command: commandOf(permission, assigned, assembly) });
    for (const { outcome, actions, why, settledBy } of outcomesOf(under, known.map((one) => one.assigned))) {
      graph.edge({
        from,
        to: node.key,
        by: '',
        outcome,
        why: [...(actions.size > 0 ? [`${[...actions].join(', ')}:`] : []), permission.title, ...why],
        settledBy,
        places: placesOf(under.flatMap((one) => (one.permission.place ? [{ what: '', place: one.permission.place }] : []))),
      });
    }
  }
}

const NOT_ALL = 'not each of its many requests is decided here, and policies distinguish them: ask about one of them';
const NO_REQUEST = 'AWS documents no such action on these resources: correct the policy, or ask with --undocumented-action';

function outcomesOf(under: readonly Under[], all: readonly AssignedModel[]): Outcomes[] {
  const [{ permission, decider }] = under;
  if (permission.unread !== undefined) {
    return [{ outcome: 'UNKNOWN', actions: new Set(), why: new Set(), settledBy: new Set([permission.unread]) }];
  }
  const { requests, areAll } = requestsToAsk(permission, decider.decidesAlike(permission));
  if (requests.length === 0 || (!areAll && !decider.decidesAlike(permission))) {
    return [{ outcome: 'UNKNOWN', actions: new Set(), why: new Set(), settledBy: new Set([requests.length === 0 ? NO_REQUEST : NOT_ALL]) }];
  }
  const byOutcome = new Map<Outcome, Outcomes>();
  for (const request of requests) {
    const { outcome, reasons, missing } = verdictOf(request, under, all);
    const known = byOutcome.get(outcome) ?? { outcome, actions: new Set(), why: new Set(), settledBy: new Set() };
    byOutcome.set(outcome, known);
    known.actions.add(request.action);
    missing.forEach((what) => known.settledBy.add(what));
    (outcome === 'ALLOWED' ? [] : sentencesOf(reasons)).forEach((sentence) => known.why.add(sentence));
  }
  const found = [...byOutcome.values()];
  if (found.length > 1 && !areAll) {
    return [{ outcome: 'UNKNOWN', actions: new Set(), why: new Set(), settledBy: new Set([NOT_ALL]) }];
  }
  return found.length === 1 ? [{ ...found[0], actions: new Set() }] : found;
}

/** Under all assignments: where the role does not have the permission, it is denied. */
function verdictOf({ action, resource }: Requested, under: readonly Under[], all: readonly AssignedModel[]): RequestVerdict {
  const verdicts = under.map(({ assigned, decider }) => ({ assigned, verdict: decider.decide(action, resource) }));
  const outcomes = all.map((assigned) =>
    ({ assignment: assigned.assignment, outcome: verdicts.find((one) => one.assigned === assigned)?.verdict.outcome ?? 'DENIED' as const }));
  const outcome = commonOutcome(outcomes);
  const missing = [...new Set([...conditionsBehind(outcomes), ...verdicts.flatMap(({ verdict }) => verdict.missing)])];
  return { outcome, reasons: verdicts.flatMap(({ verdict }) => verdict.reasons), missing: outcome === 'UNKNOWN' ? missing : [] };
}

/** A question about the first request, which says who else can do it. */
function commandOf(permission: Permission, assigned: AssignedModel, assembly: string): string | undefined {
  const [request] = requestsToAsk(permission, true).requests;
  if (!request) {
    return undefined;
  }
  const resource = resourceName(request.pattern, assigned);
  const on = resource === '*' || resource.includes('${') ? '' : ` on ${resource}`;
  return `npx --no cdk-irsa access ${shellWord(assembly)} --can ${shellWord(`${request.action}${on}`)}`;
}
