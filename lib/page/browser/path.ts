import type { GraphIndex } from './graph-index';
import { isStronger, Outcome, weaker } from './outcomes';
import type { Way, Ways } from './ways';

/** What a selection lights: each node and edge with the outcome of the strongest path that connects it with the selection. */
export interface Path {
  readonly nodes: ReadonlyMap<number, Outcome>;
  readonly edges: ReadonlyMap<number, Outcome>;
}

/**
 * Forwards to permissions, and backwards to workloads, but never back and forth: what shares a role with the selection has no part in it. Where access is denied,
 * nobody gets what is behind it, but the path has who is refused.
 */
export function pathThroughNode(index: GraphIndex, ways: Ways, node: number): Path {
  const isPermission = index.column(node) === 'permission';
  const edges = isPermission ? new Set([...index.incoming[node], ...index.incoming[node].flatMap((edge) => edgesTo(ways, index.edge(edge).from))])
    : edgesOf(ways, ways.through(node));
  const path = new LitPath(index, edges);
  path.light(node, 'ALLOWED', 'to');
  path.light(node, 'ALLOWED', 'from');
  return path;
}

/** The path through edges from one node to another. */
export function pathThroughEdges(index: GraphIndex, ways: Ways, chosen: readonly number[]): Path {
  const [{ from, to }] = chosen.map((edge) => index.edge(edge));
  const edges = index.column(to) === 'permission' ? new Set(edgesTo(ways, from))
    : edgesOf(ways, ways.through(to).filter((way) => way.edges.some((edge) => chosen.includes(edge))));
  const path = new LitPath(index, edges);
  for (const edge of chosen) {
    const { outcome } = index.edge(edge);
    path.edges.set(edge, outcome);
    path.light(to, outcome, 'to');
    path.light(from, outcome, 'from');
  }
  return path;
}

const edgesTo = (ways: Ways, role: number) => ways.through(role).filter((way) => way.role === role && way.outcome !== 'DENIED').flatMap((way) => way.edges);

const edgesOf = (ways: Ways, taken: readonly Way[]) => new Set(taken.flatMap((way) => [...way.edges, ...ways.permissionEdges(way)]));

class LitPath implements Path {
  readonly nodes = new Map<number, Outcome>();
  readonly edges = new Map<number, Outcome>();

  constructor(private readonly index: GraphIndex, private readonly taken: ReadonlySet<number>) {}

  light(start: number, outcome: Outcome, direction: 'from' | 'to'): void {
    const reached = new Map([[start, outcome]]);
    const left = [start];
    while (left.length > 0) {
      const node = left.pop()!;
      const before = reached.get(node)!;
      const next = (direction === 'to' ? this.index.outgoing : this.index.incoming)[node];
      for (const number of before === 'DENIED' && direction === 'to' ? [] : next.filter((edge) => this.taken.has(edge))) {
        const edge = this.index.edge(number);
        const after = weaker(before, edge.outcome);
        keepStronger(this.edges, number, after);
        if (keepStronger(reached, edge[direction], after)) {
          left.push(edge[direction]);
        }
      }
    }
    reached.forEach((strongest, node) => keepStronger(this.nodes, node, strongest));
  }
}

function keepStronger(outcomes: Map<number, Outcome>, item: number, outcome: Outcome): boolean {
  const isKept = isStronger(outcome, outcomes.get(item));
  if (isKept) {
    outcomes.set(item, outcome);
  }
  return isKept;
}
