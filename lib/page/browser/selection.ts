import type { Path } from './path';

/** What is selected: a node, or all edges between two nodes. */
export type Selection =
  | { readonly kind: 'node'; readonly node: number; readonly path: Path }
  | { readonly kind: 'edges'; readonly edges: readonly number[]; readonly path: Path }
  | { readonly kind: 'missing'; readonly keys: readonly string[] };
