import { DraftGraph, DraftNode } from './draft-graph';
import { GraphFinding } from '../../../page/access-graph';
import { AccessPlace } from '../../access-reason';
import { placeText } from '../../internal/place-text';
import { Assignments } from '../assignments/assignments';
import { findingsIn, messageIn } from '../decisions/gaps';
import { violationsOfRules } from '../rules/violations-in';

/** Adds what was found, and what breaks rules, to the nodes that it is about, and returns what is about none. */
export function addAppFindings(graph: DraftGraph, assignments: Assignments): GraphFinding[] {
  const nodes = nodesByPlace(graph);
  const all = [
    ...findingsIn(assignments).map((finding) => ({ what: messageIn(assignments, finding), fix: '', place: finding.place })),
    ...violationsOfRules(assignments).map(({ rule: { id, fix }, message, place }) => ({ what: `${id}: ${message}`, fix: `${fix}. `, place })),
  ];
  return all.flatMap(({ what, fix, place }) => {
    const finding = { what, settledBy: `${fix}${place ? `At ${placeText(place)}` : ''}`.trim() };
    const found = place && nodes.get(nameOf(place));
    found?.findings.push(finding);
    return found ? [] : [finding];
  });
}

/** Without the path below the resource. */
const nameOf = ({ path: _path, ...place }: AccessPlace): string => placeText(place);

/** A role also has what is about its policies. */
function nodesByPlace({ nodes, edges }: DraftGraph): Map<string, DraftNode> {
  const ofPolicies = [...edges.values()].filter(({ to }) => nodes.get(to)?.column === 'permission')
    .flatMap(({ from, places }) => [...places].map((place): [string, DraftNode] => [place.split(', ')[0], nodes.get(from)!]));
  const own = [...nodes.values()].flatMap((node) => [...node.places].map((place): [string, DraftNode] => [place, node]));
  return new Map([...ofPolicies, ...own]);
}
