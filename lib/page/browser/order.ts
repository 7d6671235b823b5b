import type { AccessGraph, Column } from '../access-graph';

export const COLUMNS: readonly Column[] = ['workload', 'account', 'role', 'permission'];

/** Enough that lines hardly cross; each more changes little. */
const SWEEPS = 4;

/**
 * The nodes of each column, group by group. Each is where the middle of its neighbours is (its barycentre), so that few lines cross: first seen from the left,
 * then from the right, several times.
 */
export function orderedColumns(graph: AccessGraph): { readonly [column in Column]: number[] } {
  const columns = COLUMNS.map((column) => graph.nodes.flatMap((node, i) => (node.column === column ? [i] : [])));
  const placeOf = new Map(COLUMNS.map((column, i) => [column, i]));
  const places = graph.nodes.map((node) => placeOf.get(node.column)!);
  const position = new Float64Array(graph.nodes.length);
  const left: number[][] = graph.nodes.map(() => []);
  const right: number[][] = graph.nodes.map(() => []);
  for (const { from, to } of graph.edges) {
    if (places[from] < places[to]) {
      right[from].push(to);
      left[to].push(from);
    }
  }
  const compareNames = (one: number, other: number) => compareTexts(graph.nodes[one].name, graph.nodes[other].name);
  const sort = (column: number[], neighbours?: readonly number[][]) => {
    const middle = (node: number) => (neighbours?.[node].length ? mean(neighbours[node].map((other) => position[other])) : position[node]);
    const wanted = new Map(column.map((node) => [node, middle(node)]));
    const members = new Map<string, number[]>();
    for (const node of column) {
      const { group } = graph.nodes[node];
      const others = members.get(group);
      others ? others.push(node) : members.set(group, [node]);
    }
    column.splice(0, Infinity, ...[...members]
      .map(([group, nodes]) => ({ group, nodes, place: mean(nodes.map((node) => wanted.get(node)!)) }))
      .sort((one, other) => one.place - other.place || compareTexts(one.group, other.group))
      .flatMap(({ nodes }) => nodes.sort((one, other) => wanted.get(one)! - wanted.get(other)! || compareNames(one, other))));
    column.forEach((node, i) => position[node] = (i + 0.5) / column.length);
  };
  columns.forEach((column) => sort(column));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    columns.slice(1).forEach((column) => sort(column, left));
    columns.slice(0, -1).reverse().forEach((column) => sort(column, right));
  }
  return Object.fromEntries(COLUMNS.map((column, i) => [column, columns[i]])) as { [column in Column]: number[] };
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const compareTexts = (one: string, other: string) => (one < other ? -1 : Number(one > other));
