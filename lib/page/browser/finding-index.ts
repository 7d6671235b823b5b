import type { AccessGraph, GraphFinding } from '../access-graph';
import { fullName } from './facts';

/** A finding, and the nodes that it is about. */
export interface Subject {
  readonly what: string;
  /** What the nodes have in common. */
  readonly settledBy: string;
  readonly nodes: readonly number[];
}

/** The findings of the graph, each once. One about the whole app is also one of the nodes that it names. */
export class FindingIndex {
  readonly all: readonly Subject[];
  private readonly byNode: ReadonlyArray<readonly GraphFinding[]>;

  constructor({ nodes, findings }: AccessGraph) {
    const named = findings.map((finding) => ({ finding, names: new Set(finding.what.split(/[\s,;:.]*(?:\s|$)/)) }));
    this.byNode = nodes.map((node) => {
      const about = named.filter(({ names }) => names.has(fullName(node)));
      return unique([...node.findings, ...about.map(({ finding }) => finding)]);
    });
    const subjects = new Map<string, { settledBy: string; nodes: number[] }>(findings.map(({ what, settledBy }) => [what, { settledBy, nodes: [] }]));
    this.byNode.forEach((all, node) => all.forEach(({ what, settledBy }) => {
      const subject = subjects.get(what);
      if (subject) {
        subject.nodes.push(node);
        subject.settledBy = subject.settledBy === settledBy ? settledBy : '';
      } else {
        subjects.set(what, { settledBy, nodes: [node] });
      }
    }));
    this.all = [...subjects].map(([what, subject]) => ({ what, ...subject }));
  }

  of(node: number): readonly GraphFinding[] {
    return this.byNode[node];
  }
}

const unique = (findings: readonly GraphFinding[]) => [...new Map(findings.map((finding) => [finding.what, finding])).values()];
