import type { Column, GraphNode } from '../access-graph';
import { factOf, fullName } from './facts';
import type { GraphIndex } from './graph-index';
import { OUTCOMES } from './outcomes';
import type { Filters } from './state';

/** Something that a row has to have, at a node or at an edge. */
export interface Condition {
  readonly node: (node: number) => boolean;
  readonly edge: (edge: number) => boolean;
}

const MOST_WORDS = 16;

/** The conditions of the filters, all of which a row has to meet. */
export class Search {
  private readonly texts = new Map<number, readonly string[]>();

  constructor(private readonly index: GraphIndex) {}

  conditions(filters: Filters): Condition[] {
    const ofNodes = (isMet: (node: GraphNode) => boolean): Condition => ({ node: (node) => isMet(this.index.node(node)), edge: () => false });
    const ofName = (column: Column, text: string) => ofNodes((node) =>
      node.column === column && node.name.toLowerCase().includes(text.toLowerCase()));
    return [
      ...textsOf(filters).map((text) => this.word(text)),
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

  /** How well a node matches what is searched: 0 is best, and undefined if it does not match. */
  bestRank(node: number, filters: Filters): number | undefined {
    const ranks = textsOf(filters).flatMap((text) => this.rank(node, text) ?? []);
    return ranks.length === 0 ? undefined : Math.min(...ranks);
  }

  private word(word: string): Condition {
    return { node: (node) => this.rank(node, word) !== undefined, edge: (edge) => this.index.edge(edge).by.toLowerCase().includes(word) };
  }

  private rank(node: number, word: string): number | undefined {
    const place = this.ranked(node).findIndex((text) => text.includes(word));
    return place < 0 ? undefined : place;
  }

  /** All words that the page shows about a node: first its names, and findings last. */
  private ranked(node: number): readonly string[] {
    let texts = this.texts.get(node);
    if (texts === undefined) {
      const { name, group, kind, facts, places, change, isElsewhere } = this.index.node(node);
      const names = [name, fullName(this.index.node(node))];
      const others = [group, kind, ...facts.map(([, text]) => text), ...places, change ?? '', isElsewhere ? 'elsewhere' : ''];
      const findings = this.index.findings.of(node).flatMap(({ what, settledBy }) => [what, settledBy]);
      texts = [names, others, findings].map((all) => all.join('\n').toLowerCase());
      this.texts.set(node, texts);
    }
    return texts;
  }
}

/** What a row has to have as its outcome. */
export function outcomesOf({ search, outcome }: Filters): string[] {
  return [...(outcome ? [outcome] : []), ...wordsOf(search).map((word) => word.toUpperCase()).filter(isOutcome)];
}

/** What names and other texts have to contain. */
function textsOf({ search }: Filters): string[] {
  return wordsOf(search).filter((word) => !isOutcome(word.toUpperCase())).map((word) => word.replace(/^"|"$/g, ''));
}

const wordsOf = (search: string): string[] => (search.toLowerCase().match(/"[^"]+"|\S+/g) ?? []).slice(0, MOST_WORDS);
const isOutcome = (word: string) => OUTCOMES.some((outcome) => outcome === word);
