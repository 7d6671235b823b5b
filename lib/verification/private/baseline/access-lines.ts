import { sideLines } from './side-lines';
import { word } from './words';
import { Side } from '../diff/side';

/**
 * All access that a comparison knows, a line each, sorted. See `sideLines` for what they do not have.
 *
 * @param assumed what is assumed, because other assumptions give other access.
 */
export function accessLines(sides: readonly Side[], assumed: readonly string[]): string[] {
  const labels = labelsOf(sides);
  const found = new Map<string, string[]>();
  sides.forEach((side, i) => sideLines(side).forEach((line) => found.set(line, [...found.get(line) ?? [], labels[i]])));
  const lines = [...found].map(([line, where]) => (where.length === sides.length ? line : `${line} where ${where.sort().map(word).join(' or ')}`));
  return [
    ...assumed.map((what) => `assumed: ${word(what)}`),
    ...(sides.length > 1 ? labels.map((label) => `conditions: ${word(label)}`) : []),
    ...lines,
  ].sort();
}

/** The conditions of each side. Those of two templates can read the same. */
const labelsOf = (sides: readonly Side[]): string[] => sides.map(({ label }, i) => {
  const before = sides.slice(0, i).filter((other) => other.label === label).length;
  return before === 0 ? label : `${label}, ${before + 1}`;
});
