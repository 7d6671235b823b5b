/** For an error about a name that is not there: the names that are, the nearest one first. */
export function available(name: string, names: readonly string[]): string {
  const sorted = [...new Set(names)].sort((one, other) => distance(name, one) - distance(name, other) || one.localeCompare(other));
  if (sorted.length === 0) {
    return 'the templates have none';
  }
  const shown = sorted.slice(0, 10).join(', ');
  return `the templates have ${shown}${sorted.length > 10 ? `, and ${sorted.length - 10} others` : ''}`;
}

/** The name that differs from another one in at most a fifth of its characters, if there is one. */
export function misspelled(name: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(name.length / 5));
  return names.filter((one) => Math.abs(one.length - name.length) <= most)
    .map((one) => ({ one, errors: distance(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ errors }) => errors <= most)
    .sort((a, b) => a.errors - b.errors)[0]?.one;
}

/** The names that someone may have meant who wrote another one: the misspelled one, or those that contain all of its words. */
export function similarNames(written: string, names: readonly string[]): string[] {
  const nearest = misspelled(written, names);
  const words = wordsOf(written);
  return nearest ? [nearest] : names.filter((name) => words.every((word) => wordsOf(name).includes(word)));
}

const wordsOf = (name: string) => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

/** Characters to add, remove or replace. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}
