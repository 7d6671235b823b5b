import { Change } from './change';
import { Side } from './side';

/**
 * What is found in the new assembly only: something that cannot be read, and so could allow anything.
 *
 * @param reported changes that are already reported. Unknowns in the same places are not reported again.
 */
export function compareFindings(before: Side, after: Side, reported: readonly Change[]): Array<[string, Change]> {
  const known = new Set(before.model.findings.map((finding) => JSON.stringify(finding)));
  const places = new Set(reported.filter(({ kind }) => kind === 'UNKNOWN').map(({ place }) => JSON.stringify(place)));
  return after.model.findings
    .filter((finding) => !known.has(JSON.stringify(finding)) && !(finding.place && places.has(JSON.stringify(finding.place))))
    .map(({ id, message, place }) => ['templates', { kind: 'UNKNOWN', what: `${id}: ${message}`, place, broadens: true }]);
}
