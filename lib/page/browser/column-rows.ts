import type { GraphIndex } from './graph-index';

/** What a column lists from top to bottom: the names of groups, and their nodes. Heights are fixed, so that places are known without drawing. */
export const NODE_HEIGHT = 46;
export const GROUP_HEIGHT = 32;

export type Row = { readonly group: string; readonly count: number } | { readonly node: number };

export class ColumnRows {
  readonly rows: readonly Row[];
  readonly nodes: readonly number[];
  /** Where each row begins, and where the last one ends. */
  readonly tops: readonly number[];
  private readonly rowOfNode = new Map<number, number>();

  constructor(index: GraphIndex, nodes: readonly number[]) {
    const rows: Row[] = [];
    const tops = [0];
    let first = 0;
    while (first < nodes.length) {
      const { group } = index.node(nodes[first]);
      let end = first;
      while (end < nodes.length && index.node(nodes[end]).group === group) {
        end += 1;
      }
      rows.push({ group, count: end - first });
      tops.push(tops.at(-1)! + GROUP_HEIGHT);
      for (const node of nodes.slice(first, end)) {
        this.rowOfNode.set(node, rows.length);
        rows.push({ node });
        tops.push(tops.at(-1)! + NODE_HEIGHT);
      }
      first = end;
    }
    this.nodes = nodes;
    this.rows = rows;
    this.tops = tops;
  }

  get height(): number {
    return this.tops.at(-1)!;
  }

  /** Where the node begins, or undefined if the column does not list it. */
  top(node: number): number | undefined {
    const row = this.rowOfNode.get(node);
    return row === undefined ? undefined : this.tops[row];
  }

  /** The rows between two heights. */
  between(top: number, bottom: number): [first: number, end: number] {
    const at = (height: number) => {
      let [low, high] = [0, this.rows.length];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (this.tops[middle + 1] <= height) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    };
    return [at(top), Math.min(this.rows.length, at(bottom) + 1)];
  }
}
