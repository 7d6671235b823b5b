import type { Column } from '../access-graph';
import type { GraphIndex } from './graph-index';
import { isStronger, Outcome, weaker } from './outcomes';

/** How a principal gets the credentials of a role, over all paths. Where it is denied the way ends, because nobody gets what is behind it. */
export interface Way {
  /** A workload, a node or an account, or undefined for a role whose credentials nobody gets. */
  readonly principal?: number;
  readonly role?: number;
  readonly outcome: Outcome;
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** A way and one permission of its role. What the page lights, filters and lists are such rows. */
export interface AccessRow {
  readonly way: Way;
  readonly permission?: number;
  /** From the role to the permission. */
  readonly edge?: number;
  readonly outcome: Outcome;
}

export class Ways {
  readonly all: readonly Way[];
  private readonly byNode: ReadonlyMap<number, readonly Way[]>;

  constructor(private readonly index: GraphIndex) {
    const principals = [...index.columns.workload, ...index.columns.account];
    const ways = principals.flatMap((principal) => waysOf(index, principal));
    this.all = [...ways, ...waysOfNobody(index, ways)];
    const byNode = new Map<number, Way[]>();
    for (const way of this.all) {
      for (const node of way.nodes) {
        const others = byNode.get(node);
        if (others) {
          others.push(way);
        } else {
          byNode.set(node, [way]);
        }
      }
    }
    this.byNode = byNode;
  }

  through(node: number): readonly Way[] {
    return this.byNode.get(node) ?? [];
  }

  permissionEdges({ role, outcome }: Way): readonly number[] {
    return role === undefined || outcome === 'DENIED' ? [] : edgesTo(this.index, role, 'permission');
  }

  rows(way: Way): AccessRow[] {
    const edges = this.permissionEdges(way);
    return edges.length === 0 ? [{ way, outcome: way.outcome }] : edges.map((edge) => {
      const { to, outcome } = this.index.edge(edge);
      return { way, permission: to, edge, outcome: weaker(way.outcome, outcome) };
    });
  }
}

function waysOf(index: GraphIndex, principal: number): Way[] {
  const reaches = new Set(index.node(principal).reaches);
  const isTaken = (edge: number) => reaches.has(edge) || (index.edge(edge).outcome === 'DENIED' && index.column(index.edge(edge).to) === 'role');
  const outcomes = new Map<number, Outcome>([[principal, 'ALLOWED']]);
  const left = [principal];
  while (left.length > 0) {
    const node = left.pop()!;
    const next = outcomes.get(node) === 'DENIED' ? [] : index.outgoing[node].filter(isTaken);
    for (const number of next) {
      const edge = index.edge(number);
      const outcome = weaker(outcomes.get(node)!, edge.outcome);
      if (isStronger(outcome, outcomes.get(edge.to))) {
        outcomes.set(edge.to, outcome);
        left.push(edge.to);
      }
    }
  }
  const mayPass = (edge: number) => isTaken(edge) && (outcomes.get(index.edge(edge).from) ?? 'DENIED') !== 'DENIED';
  const roles = [...outcomes.keys()].filter((node) => index.column(node) === 'role');
  return roles.length > 0
    ? roles.map((role) => ({ principal, role, outcome: outcomes.get(role)!, ...before(index, role, mayPass) }))
    : [{ principal, outcome: 'ALLOWED', nodes: [...outcomes.keys()], edges: [...reaches] }];
}

/** What leads to a node. */
function before(index: GraphIndex, node: number, mayPass: (edge: number) => boolean): Pick<Way, 'nodes' | 'edges'> {
  const nodes = new Set([node]);
  const edges: number[] = [];
  for (const reached of nodes) { // which grows meanwhile
    for (const edge of index.incoming[reached].filter(mayPass)) {
      edges.push(edge);
      nodes.add(index.edge(edge).from);
    }
  }
  return { nodes: [...nodes], edges };
}

function waysOfNobody(index: GraphIndex, ways: readonly Way[]): Way[] {
  const reached = new Set(ways.filter(({ outcome }) => outcome !== 'DENIED').map(({ role }) => role));
  const taken = new Set(ways.flatMap(({ edges }) => edges));
  return index.columns.role.flatMap((role): Way[] => [
    ...(reached.has(role) ? [] : [{ role, outcome: 'ALLOWED' as const, nodes: [role], edges: [] }]),
    ...edgesTo(index, role, 'role').filter((edge) => !taken.has(edge)).map((edge) => {
      const { to, outcome } = index.edge(edge);
      return { role: to, outcome, nodes: [role, to], edges: [edge] };
    }),
  ]);
}

const edgesTo = (index: GraphIndex, role: number, column: Column) =>
  index.outgoing[role].filter((edge) => index.column(index.edge(edge).to) === column);
