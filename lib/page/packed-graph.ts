import { AccessGraph, Change, Column, GraphEdge, GraphFinding, GraphNode } from './access-graph';

/** A graph in which each text and each of its words is there once, and named by its index. Accounts repeat sentences, and sentences repeat words. */
export interface PackedGraph extends Omit<AccessGraph, 'nodes' | 'edges' | 'findings'> {
  readonly words: readonly string[];
  /** The words of each text, which spaces separate. */
  readonly texts: ReadonlyArray<readonly number[]>;
  readonly nodes: readonly PackedNode[];
  readonly edges: readonly PackedEdge[];
  readonly findings: readonly PackedFinding[];
}

type PackedFinding = readonly [what: number, settledBy: number];
type PackedNode = readonly [
  column: number, name: number, group: number, kind: number, isElsewhere: 0 | 1, facts: ReadonlyArray<readonly [number, number]>,
  places: readonly number[], findings: readonly PackedFinding[], command: number, reaches: readonly number[] | 0, change: number,
];
type PackedEdge = readonly [
  from: number, to: number, by: number, outcome: number, why: readonly number[], settledBy: readonly number[], places: readonly number[],
  change: number,
];

const COLUMNS: readonly Column[] = ['workload', 'account', 'role', 'permission'];
const OUTCOMES = ['ALLOWED', 'UNKNOWN', 'DENIED'] as const;
const CHANGES: ReadonlyArray<Change | undefined> = [undefined, 'gained', 'lost'];
const NO_TEXT = -1;

/** A graph as it is in the file. */
export function packGraph({ nodes, edges, findings, ...others }: AccessGraph): PackedGraph {
  const [texts, words] = [new Indices(), new Indices()];
  const index = (text: string) => texts.of(text);
  const indices = (all: readonly string[]) => all.map(index);
  const finding = ({ what, settledBy }: GraphFinding): PackedFinding => [index(what), index(settledBy)];
  const parts = {
    nodes: nodes.map((node): PackedNode => [
      COLUMNS.indexOf(node.column), index(node.name), index(node.group), index(node.kind), node.isElsewhere ? 1 : 0,
      node.facts.map(([label, text]) => [index(label), index(text)] as const), indices(node.places), node.findings.map(finding),
      node.command === undefined ? NO_TEXT : index(node.command), node.reaches ?? 0, CHANGES.indexOf(node.change),
    ]),
    edges: edges.map((edge): PackedEdge => [
      edge.from, edge.to, index(edge.by), OUTCOMES.indexOf(edge.outcome), indices(edge.why), indices(edge.settledBy), indices(edge.places),
      CHANGES.indexOf(edge.change),
    ]),
    findings: findings.map(finding),
  };
  return { ...others, ...parts, texts: texts.all.map((text) => text.split(' ').map((word) => words.of(word))), words: words.all };
}

/** Texts by the order in which they came, each once. */
class Indices {
  private readonly indices = new Map<string, number>();

  of(text: string): number {
    const known = this.indices.get(text) ?? this.indices.size;
    this.indices.set(text, known);
    return known;
  }

  get all(): string[] {
    return [...this.indices.keys()];
  }
}

/** The graph that was packed. */
export function unpackGraph({ words, texts: packed, nodes, edges, findings, ...others }: PackedGraph): AccessGraph {
  const texts = packed.map((text) => text.map((i) => words[i]).join(' '));
  const all = (indices: readonly number[]) => indices.map((i) => texts[i]);
  const finding = ([what, settledBy]: PackedFinding): GraphFinding => ({ what: texts[what], settledBy: texts[settledBy] });
  return {
    ...others,
    nodes: nodes.map(([column, name, group, kind, isElsewhere, facts, places, found, command, reaches, change]): GraphNode => ({
      column: COLUMNS[column],
      name: texts[name],
      group: texts[group],
      kind: texts[kind],
      isElsewhere: isElsewhere === 1,
      facts: facts.map(([label, text]) => [texts[label], texts[text]] as const),
      places: all(places),
      findings: found.map(finding),
      command: command === NO_TEXT ? undefined : texts[command],
      reaches: reaches === 0 ? undefined : reaches,
      change: CHANGES[change],
    })),
    edges: edges.map(([from, to, by, outcome, why, settledBy, places, change]): GraphEdge => ({
      from, to, by: texts[by], outcome: OUTCOMES[outcome], why: all(why), settledBy: all(settledBy), places: all(places), change: CHANGES[change],
    })),
    findings: findings.map(finding),
  };
}
