import type { Column, GraphNode } from '../access-graph';
import type { GraphIndex } from './graph-index';
import type { Filters } from './state';

/** Something that a row has to have, at a node or at an edge. */
export interface Condition {
  readonly node: (node: number) => boolean;
  readonly edge: (edge: number) => boolean;
}

const MOST_WORDS = 16;

/** The conditions of the filters, all of which a row has to meet. */
export class Search {
  private readonly texts = new Map<number, string>();

  constructor(private readonly index: GraphIndex) {}

  conditions(filters: Filters): Condition[] {
    const words = filters.search.toLowerCase().match(/"[^"]+"|\S+/g) ?? [];
    const ofNodes = (isMet: (node: GraphNode) => boolean): Condition => ({ node: (node) => isMet(this.index.node(node)), edge: () => false });
    const ofName = (column: Column, text: string) => ofNodes((node) =>
      node.column === column && node.name.toLowerCase().includes(text.toLowerCase()));
    return [
      ...words.slice(0, MOST_WORDS).map((word) => this.word(word.replace(/^"|"$/g, ''))),
      ...(filters.cluster ? [ofNodes((node) => factOf(node, 'cluster') === filters.cluster)] : []),
      ...(filters.namespace ? [ofNodes((node) => factOf(node, 'namespace') === filters.namespace)] : []),
      ...(filters.account ? [ofName('account', filters.account)] : []),
      ...(filters.role ? [ofName('role', filters.role)] : []),
      ...(filters.service ? [ofNodes((node) => node.column === 'permission' && node.group === filters.service)] : []),
      ...(filters.change ? [{
        node: (node: number) => this.index.node(node).change === filters.change,
        edge: (edge: number) => this.index.edge(edge).change === filters.change,
      }] : []),
    ];
  }

  private word(word: string): Condition {
    return { node: (node) => this.text(node).includes(word), edge: (edge) => this.index.edge(edge).by.toLowerCase().includes(word) };
  }

  /** All words that the page shows about a node. */
  private text(node: number): string {
    let text = this.texts.get(node);
    if (text === undefined) {
      const { name, group, kind, facts, findings, places, change, isElsewhere } = this.index.node(node);
      const words = [name, group, kind, ...facts.flat(), ...places, ...findings.flatMap(({ what, settledBy }) => [what, settledBy])];
      text = [...words, change ?? '', isElsewhere ? 'elsewhere' : ''].join('\n').toLowerCase();
      this.texts.set(node, text);
    }
    return text;
  }
}

export function factOf(node: GraphNode, label: string): string | undefined {
  return node.facts.find(([other]) => other.toLowerCase() === label)?.[1];
}
