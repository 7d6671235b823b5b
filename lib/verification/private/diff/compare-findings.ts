import { Change } from './change';
import { Side } from './side';
import { Finding, keyOfFinding } from '../findings/finding';

/**
 * What is found in the new assembly only: something that cannot be read, and so could allow anything. The same holds if what was not read has changed.
 * And if what was not read is gone, because it may have denied something.
 *
 * @param reported changes that are already reported. Unknowns in the same places are not reported again.
 */
export function compareFindings(before: Side, after: Side, reported: readonly Change[]): Array<[string, Change]> {
  const places = new Set(reported.filter(({ kind }) => kind === 'UNKNOWN').map(({ place }) => JSON.stringify(place)));
  const [old, now] = [before, after].map(({ model }) => model.findings.filter(({ place }) => !place || !places.has(JSON.stringify(place))));
  const contents = new Map(before.model.findings.map((finding) => [keyOfFinding(finding), finding.content]));
  const newKeys = new Set(after.model.findings.map(keyOfFinding));
  const isKnown = (finding: Finding) => contents.has(keyOfFinding(finding));
  return [
    ...now.filter((finding) => !isKnown(finding)).map((finding) => changeOf('', finding)),
    ...now.filter((finding) => isKnown(finding) && contents.get(keyOfFinding(finding)) !== finding.content).map((finding) => changeOf('what is not read has changed: ', finding)),
    ...old.filter((finding) => finding.content !== undefined && !newKeys.has(keyOfFinding(finding))).map((finding) => changeOf('no longer there: ', finding)),
  ];
}

const changeOf = (start: string, { id, message, place }: Finding): [string, Change] =>
  ['templates', { kind: 'UNKNOWN', what: `${start}${id}: ${message}`, place, broadens: true }];
