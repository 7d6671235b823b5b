/** The most characters in which a misspelled name may differ: half of a short one. */
const MOST_EDITS = 3;

/** The names that someone may have meant who wrote another one, the most likely first. */
export function nearestNames(written: string, names: readonly string[]): string[] {
  const edits = names.map((name) => ({ name, count: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, count }) => count <= Math.min(MOST_EDITS, Math.floor(Math.min(written.length, name.length) / 3)))
    .sort((one, other) => one.count - other.count);
  return edits.length > 0 ? [edits[0].name] : names.filter((name) => share(written, name));
}

/** Whether one name has all words of the other, such as `name` and `roleName`. */
function share(one: string, other: string): boolean {
  const [shorter, longer] = [one, other].map(wordsOf).sort((a, b) => a.length - b.length);
  return shorter.every((word) => longer.includes(word));
}

const wordsOf = (name: string) => name.split(/(?=[A-Z])|[-_]/).map((word) => word.toLowerCase());

/** How many characters have to be inserted, removed or replaced to get from one text to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + Number(character !== other)));
    }
    row = next;
  }
  return row[to.length];
}
