import { DraftEdge, DraftGraph, DraftNode } from './draft-graph';
import { placesOf, sentencesOf } from './reasons';
import { otherCredentialsNode, OUTSIDE, roleKey, roleNode } from './role-nodes';
import { otherWaysOf, Way, waysOf } from './ways';
import { placeText } from '../../internal/place-text';
import { rowOf } from '../answers/table-row';
import { Nodes, Pods, RoleSessions, Trusted } from '../assignments/principal';
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
  const roles = new Map<string, Role>();
  for (const { asked, node, ways } of [...drawn].sort((one, other) => Number(one.node.column === 'workload') - Number(other.node.column === 'workload'))) {
    const account = accountOf(graph, asked);
    const shared = account === undefined ? undefined : accounts.get(account.key);
    if (account) {
      node.reaches?.add(graph.edge({ from: node.key, to: account.key, by: '', outcome: 'ALLOWED', why: [`its pods run as service account ${account.name}`], places: node.places }).key);
    }
    for (const way of ways) {
      roles.set(roleKey(way.credentials.role), way.credentials.role);
      const isShared = shared?.ways.some((other) => areEqual(way, other)) ?? false;
      node.reaches?.add(wayEdge(graph, isShared && shared ? shared.node : node, way).key);
    }
    addOthers(graph, asked, node);
    addFindings(asked, node);
  }
  const subjects = drawn.flatMap(({ asked, node }) => asked.each.flatMap(({ assigned, principal }): Array<[string, string]> =>
    (principal ? [[nameIn(principal, assigned), node.key]] : [])));
  return { roles: [...roles.values()], subjects: new Map(subjects) };
}

/** A workload gets by its account what the account gets in the same way. */
const areEqual = (one: Way, other: Way): boolean => one.credentials.role.arn.key === other.credentials.role.arn.key && one.credentials.by === other.credentials.by
  && one.outcome === other.outcome && one.settledBy.join() === other.settledBy.join();

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

/** Without the role that it starts from, which the edge shows. */
const mechanismOf = (by: string): string => (by.startsWith('sts:AssumeRole') ? `role chaining${by.includes('session tags') ? ' with session tags' : ''}` : by.replace(/ from .*$/s, ''));

function addOthers(graph: DraftGraph, asked: AskedPrincipal, node: DraftNode): void {
  for (const other of otherWaysOf(asked)) {
    const { node: role, settledBy } = otherCredentialsNode(graph, other);
    const edge = graph.edge({ from: node.key, to: role.key, by: '', outcome: 'UNKNOWN', why: sentencesOf([other]), settledBy: [settledBy], places: placesOf([other]) });
    node.reaches?.add(edge.key);
  }
}

/** Those about other credentials are edges. */
function addFindings(asked: AskedPrincipal, node: DraftNode): void {
  const own = rowOf(asked).findings.filter(({ id }) => id === 'no-credentials' || id === 'node-role-reachable');
  node.findings.push(...own.map(({ message, place }) => ({ what: message, settledBy: place ? `at ${placeText(place)}` : '' })));
}

function principalNode(graph: DraftGraph, asked: AskedPrincipal): DraftNode {
  const { principal } = asked;
  switch (principal.kind) {
    case 'pods': return principal.workload ? workloadNode(graph, asked, principal, principal.workload) : accountNode(graph, asked, principal);
    case 'nodes': return nodegroupNode(graph, asked, principal);
    default: return trustedNode(graph, principal);
  }
}

function workloadNode(graph: DraftGraph, asked: AskedPrincipal, pods: Pods, workload: NonNullable<Pods['workload']>): DraftNode {
  const { cluster: { key }, namespace, serviceAccountName } = pods;
  return graph.node({
    key: JSON.stringify([workload.kind, key, namespace.key, workload.name.key]),
    column: 'workload',
    name: workload.name.toString(),
    group: `${asked.cluster} / ${namespace}`,
    kind: workload.kind,
    isElsewhere: false,
    facts: [['Cluster', asked.cluster], ['Namespace', namespace.toString()], ['Service account', serviceAccountName.toString()]],
    places: [placeText(workload.place)],
  });
}

const accountKey = ({ cluster, namespace, serviceAccountName }: Pods): string => JSON.stringify(['ServiceAccount', cluster.key, namespace.key, serviceAccountName.key]);

function accountNode(graph: DraftGraph, asked: AskedPrincipal, pods: Pods): DraftNode {
  const { namespace, serviceAccountName } = pods;
  const things = asked.each.flatMap(({ assigned: { accounts, associations } }) => [...accounts.of(pods), ...associations.of(pods)]);
  return graph.node({
    key: accountKey(pods),
    column: 'account',
    name: serviceAccountName.toString(),
    group: `${asked.cluster} / ${namespace}`,
    kind: 'service account',
    isElsewhere: asked.isDefinedElsewhere,
    facts: [['Cluster', asked.cluster], ['Namespace', namespace.toString()]],
    places: things.filter(({ isOwn }) => isOwn !== 'no').map(({ thing }) => placeText(thing.place)),
  });
}

/** The account that a workload runs as, which no template may define. */
function accountOf(graph: DraftGraph, asked: AskedPrincipal): DraftNode | undefined {
  const { principal } = asked;
  if (principal.kind !== 'pods' || !principal.workload) {
    return undefined;
  }
  const { workload: _workload, ...pods } = principal;
  return graph.nodes.get(accountKey(pods)) ?? accountNode(graph, new AskedPrincipal(asked.assignments, asked.each.map(({ assigned }) => ({ assigned, principal: pods })) as unknown as AskedPrincipal['each']), pods);
}

function nodegroupNode(graph: DraftGraph, asked: AskedPrincipal, { nodegroup }: Nodes): DraftNode {
  const { cluster, label, place, name, podsReachMetadata, why } = nodegroup;
  const pods = { yes: 'pods reach it', no: 'pods without the network of their node do not reach it', unknown: 'pods might reach it' }[podsReachMetadata];
  return graph.node({
    key: JSON.stringify(['nodegroup', cluster.key, label, place.nestedStack ?? place.template]),
    column: 'workload',
    name: label,
    group: `${asked.cluster} / nodes`,
    kind: 'nodegroup',
    isElsewhere: false,
    facts: [['Cluster', asked.cluster], ['Name', name.toString()], ['Instance metadata', `${pods}: ${why}`]],
    places: [placeText(place)],
  });
}

function trustedNode(graph: DraftGraph, { role }: Trusted | RoleSessions): DraftNode {
  return graph.node({
    key: `trusted by ${roleKey(role)}`,
    column: 'account',
    name: `whoever role ${role.label} trusts`,
    group: OUTSIDE,
    kind: 'whoever a role trusts',
    isElsewhere: true,
    facts: [],
  });
}
