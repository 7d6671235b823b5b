import { GraphEdge, GraphFinding, GraphNode } from '../../../page/access-graph';

/** A node, and what is still added to it. */
export interface DraftNode extends Omit<GraphNode, 'findings' | 'places' | 'reaches'> {
  /** Identifies it, also in another version of the templates. */
  readonly key: string;
  readonly findings: GraphFinding[];
  readonly places: Set<string>;
  /** The edges by which it gets credentials, by their keys. */
  readonly reaches?: Set<string>;
}

/** An edge between nodes that are named by their keys. */
export interface DraftEdge extends Omit<GraphEdge, 'from' | 'to' | 'why' | 'settledBy' | 'places'> {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly why: Set<string>;
  readonly settledBy: Set<string>;
  readonly places: Set<string>;
}

type NewNode = Omit<DraftNode, 'findings' | 'places' | 'reaches'> & { readonly places?: Iterable<string> };
type NewEdge = Omit<DraftEdge, 'key' | 'why' | 'settledBy' | 'places'> & { readonly [part in 'why' | 'settledBy' | 'places']?: Iterable<string> };

/** The most sentences of one edge: an explanation that nobody reads would fill the page of a large app. */
const MOST = 12;

/** A graph to which nodes and edges are added, each once. */
export class DraftGraph {
  readonly nodes = new Map<string, DraftNode>();
  readonly edges = new Map<string, DraftEdge>();

  /** Adds a node, unless it is there. What is new of its places is added. */
  node({ places = [], ...node }: NewNode): DraftNode {
    const reaches = node.column === 'workload' || node.column === 'account' ? new Set<string>() : undefined;
    const known = this.nodes.get(node.key) ?? { ...node, findings: [], places: new Set<string>(), reaches };
    this.nodes.set(node.key, known);
    addTo(known.places, places);
    return known;
  }

  /** Adds an edge, or to one with the same meaning, why it is there. */
  edge({ why = [], settledBy = [], places = [], ...edge }: NewEdge): DraftEdge {
    const open = [...new Set(settledBy)];
    const key = JSON.stringify([edge.from, edge.to, edge.by, edge.outcome, open]);
    const known = this.edges.get(key) ?? { ...edge, key, why: new Set<string>(), settledBy: new Set(open), places: new Set<string>() };
    this.edges.set(key, known);
    addTo(known.why, why);
    addTo(known.places, places);
    return known;
  }
}

function addTo(texts: Set<string>, more: Iterable<string>): void {
  for (const text of more) {
    if (texts.size < MOST) {
      texts.add(text);
    }
  }
}
