import { DraftEdge, DraftGraph, DraftNode } from './draft-graph';
import { accountOfWorkload, principalNode } from './principal-nodes';
import { placesOf, sentencesOf } from './reasons';
import { otherCredentialsNode, roleKey, roleNode } from './role-nodes';
import { otherWaysOf, Way, waysOf } from './ways';
import { placeText } from '../../internal/place-text';
import { rowOf } from '../answers/table-row';
import { AskedPrincipal } from '../decisions/principals/asked-principal';
import { nameIn } from '../diff/sides';
import { Role } from '../model/model';

/** What the graph has of a principal. */
interface Drawn {
  readonly asked: AskedPrincipal;
  readonly node: DraftNode;
  readonly ways: readonly Way[];
}

/** What principals reach, and the keys of their nodes by their names in comparisons. */
interface Reached {
  readonly roles: readonly Role[];
  readonly subjects: ReadonlyMap<string, string>;
}

/** Adds principals and their ways to roles. */
export function addPrincipals(graph: DraftGraph, principals: readonly AskedPrincipal[]): Reached {
  const drawn = principals.map((asked): Drawn => ({ asked, node: principalNode(graph, asked), ways: waysOf(asked) }));
  const accounts = new Map(drawn.filter(({ node }) => node.column === 'account').map((account) => [account.node.key, account]));
  for (const { asked, node, ways } of drawn) {
    const account = accountOfWorkload(graph, asked);
    if (account) {
      node.reaches?.add(accountEdge(graph, node, account).key);
    }
    const shared = account && accounts.get(account.key);
    for (const way of ways) {
      const isShared = shared?.ways.some((other) => areEqual(way, other)) ?? false;
      node.reaches?.add(wayEdge(graph, isShared && shared ? shared.node : node, way).key);
    }
    addOthers(graph, asked, node);
    node.findings.push(...findingsOf(asked));
  }
  const roles = drawn.flatMap(({ ways }) => ways.map(({ credentials: { role } }): [string, Role] => [roleKey(role), role]));
  const subjects = drawn.flatMap(({ asked, node }) => asked.each.flatMap(({ assigned, principal }): Array<[string, string]> =>
    (principal ? [[nameIn(principal, assigned), node.key]] : [])));
  return { roles: [...new Map(roles).values()], subjects: new Map(subjects) };
}

const accountEdge = (graph: DraftGraph, { key: from, places }: DraftNode, { key: to, name }: DraftNode): DraftEdge =>
  graph.edge({ from, to, by: '', outcome: 'ALLOWED', why: [`its pods run as service account ${name}`], places });

/** A workload gets by its account what the account gets in the same way. */
function areEqual(one: Way, other: Way): boolean {
  const [own, of] = [one.credentials, other.credentials];
  return own.role.arn.key === of.role.arn.key && own.by === of.by && one.outcome === other.outcome && one.settledBy.join() === other.settledBy.join();
}

function wayEdge(graph: DraftGraph, node: DraftNode, { credentials, from, outcome, settledBy }: Way): DraftEdge {
  const { role, by, chain, isObtained, broken } = credentials;
  const steps = chain.slice(from?.chain.length ?? 0);
  const why = isObtained === 'no' && broken ? [broken, ...steps] : steps;
  return graph.edge({
    from: from ? roleNode(graph, from.role).key : node.key,
    to: roleNode(graph, role).key,
    by: mechanismOf(by),
    outcome,
    why: sentencesOf(why),
    settledBy,
    places: placesOf(why),
  });
}

const CHAINING = 'role chaining';

/** Without the role that it starts from, which the edge shows. */
function mechanismOf(by: string): string {
  if (by.startsWith('sts:AssumeRole')) {
    return by.includes('session tags') ? `${CHAINING} with session tags` : CHAINING;
  }
  return by.replace(/ from .*$/s, '');
}

function addOthers(graph: DraftGraph, asked: AskedPrincipal, node: DraftNode): void {
  for (const other of otherWaysOf(asked)) {
    const { key, settledBy } = otherCredentialsNode(graph, other);
    const reasons = [other];
    const edge = graph.edge({
      from: node.key, to: key, by: '', outcome: 'UNKNOWN', why: sentencesOf(reasons), settledBy: [settledBy], places: placesOf(reasons),
    });
    node.reaches?.add(edge.key);
  }
}

/** Those about other credentials are edges. */
const findingsOf = (asked: AskedPrincipal) => rowOf(asked).findings.filter(({ id }) => id === 'no-credentials' || id === 'node-role-reachable')
  .map(({ message, place }) => ({ what: message, settledBy: place ? `At ${placeText(place)}` : '' }));
