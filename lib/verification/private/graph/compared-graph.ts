import { draftOf, PageOf } from './access-graph-of';
import { DraftEdge, DraftGraph, DraftNode } from './draft-graph';
import { assumedBy, finished } from './finished-graph';
import { roleNodesByName } from './role-nodes';
import { AccessGraph, Change, GraphFinding } from '../../../page/access-graph';
import { AccessPlace } from '../../access-reason';
import { packageVersion } from '../../internal/package-version';
import { placeText } from '../../internal/place-text';

/** A change of a comparison. */
export interface ComparedChange {
  readonly kind: string;
  readonly affected: readonly string[];
  readonly what: string;
  readonly place?: AccessPlace;
}

/**
 * What a page shows of two assemblies. What one of them has alone is a change only for somebody who gained or lost something by the comparison of
 * their policies: a statement in another form is none.
 *
 * @param stated what is assumed about them, as sentences.
 */
export function comparedGraphOf(before: PageOf, after: PageOf, changes: readonly ComparedChange[], stated: readonly string[]): AccessGraph {
  const [old, now] = [before, after].map(draftOf);
  const changed = changedNodes([old.graph, now.graph], changes, [old.subjects, now.subjects]);
  const nodes = new Map<string, DraftNode>();
  const edges = mergedEdges(old.graph, now.graph, changed.keys);
  const ends = (change: Change) => new Set([...edges.values()].filter((edge) => edge.change === change).flatMap(({ from, to }) => [from, to]));
  const [gained, lost] = [ends('gained'), ends('lost')];
  for (const [key, node] of now.graph.nodes) {
    const isNew = !old.graph.nodes.has(key) && (gained.has(key) || changed.keys.has(key));
    const findings = [...changed.findings.get(key) ?? [], ...node.findings];
    nodes.set(key, { ...node, change: isNew ? 'gained' : undefined, findings, reaches: reachesOf(key, [now.graph, old.graph], edges) });
  }
  for (const [key, node] of old.graph.nodes) {
    if (!now.graph.nodes.has(key) && (lost.has(key) || changed.keys.has(key))) {
      nodes.set(key, { ...node, change: 'lost', findings: changed.findings.get(key) ?? [], reaches: reachesOf(key, [old.graph], edges) });
    }
  }
  return {
    ...finished({ nodes, edges }),
    title: `${before.assembly} and ${after.assembly}`,
    version: packageVersion(),
    assumed: assumedBy(stated),
    findings: [...changed.others, ...now.findings],
    isComparison: true,
  };
}

interface Changed {
  /** The nodes that gained or lost something, and the roles that they reach. */
  readonly keys: ReadonlySet<string>;
  readonly findings: ReadonlyMap<string, GraphFinding[]>;
  /** About what has no node, such as the policy of a bucket. */
  readonly others: readonly GraphFinding[];
}

const KINDS: { readonly [kind: string]: string } = { GAINED: 'Gained', LOST: 'Lost', UNKNOWN: 'Not known' };

function changedNodes(
  graphs: readonly DraftGraph[], changes: readonly ComparedChange[], subjects: ReadonlyArray<ReadonlyMap<string, string>>,
): Changed {
  const findings = new Map<string, GraphFinding[]>();
  const others: GraphFinding[] = [];
  const byName = new Map([...graphs.flatMap((graph) => [...roleNodesByName(graph)]), ...subjects.flatMap((names) => [...names])]);
  for (const { kind, affected, what, place } of changes) {
    const settledBy = place ? `At ${placeText(place)}` : '';
    for (const subject of affected) {
      const key = byName.get(subject);
      if (key === undefined) {
        others.push({ what: `${KINDS[kind]}: ${subject}: ${what}`, settledBy });
      } else {
        findings.set(key, [...findings.get(key) ?? [], { what: `${KINDS[kind]}: ${what}`, settledBy }]);
      }
    }
  }
  const reached = graphs.flatMap((graph) => [...findings.keys()].flatMap((key) => reachedFrom(graph, key)));
  return { keys: new Set([...findings.keys(), ...reached]), findings, others };
}

const reachedFrom = ({ nodes, edges }: DraftGraph, key: string): string[] =>
  [...nodes.get(key)?.reaches ?? []].flatMap((edge) => edges.get(edge)?.to ?? []);

/** The edges of both. What only one of them has is a change, or of somebody for whom nothing changed. */
function mergedEdges(old: DraftGraph, now: DraftGraph, changed: ReadonlySet<string>): Map<string, DraftEdge> {
  const isChange = ({ from, outcome }: DraftEdge) => outcome !== 'DENIED' && changed.has(from);
  const current = [...now.edges].map(([key, edge]): [string, DraftEdge] =>
    [key, !old.edges.has(key) && isChange(edge) ? { ...edge, change: 'gained' } : edge]);
  const gone = [...old.edges].filter(([key, edge]) => !now.edges.has(key) && isChange(edge))
    .map(([key, edge]): [string, DraftEdge] => [key, { ...edge, change: 'lost' }]);
  return new Map([...current, ...gone]);
}

function reachesOf(key: string, graphs: readonly DraftGraph[], edges: ReadonlyMap<string, unknown>): Set<string> | undefined {
  const all = graphs.flatMap(({ nodes }) => nodes.get(key)?.reaches ?? []);
  return all.length === 0 ? undefined : new Set(all.flatMap((reached) => [...reached]).filter((edge) => edges.has(edge)));
}
