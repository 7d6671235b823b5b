/** Texts that differ only in names, such as those about each of several nodegroups. */

const PUNCTUATION = /[,:;]?$/;

/** Names of templates have capitals, digits or marks, and other words have none. An ARN and an action, which decide, are no names, and neither is a number. */
const isName = (word: string): boolean => /[a-z]/i.test(word) && /[A-Z0-9$_./-]/.test(word) && !/^arn:|^[a-z0-9-]+:[A-Za-z*]/.test(word);

const areNames = (one: string, other: string): boolean =>
  isName(one) && isName(other) && PUNCTUATION.exec(one)![0] === PUNCTUATION.exec(other)![0]; // the pattern matches every word

/** Where two lines differ; undefined if they differ in more than names. */
function differences(one: readonly string[], other: readonly string[]): number[] | undefined {
  const differing = one.flatMap((word, i) => (word === other[i] ? [] : [i]));
  return one.length === other.length && differing.every((i) => areNames(one[i], other[i])) ? differing : undefined;
}

const wordsIn = (line: string): string[] => line.split(' ');

/** Whether lines are the same, except for names in them. */
export const areAlike = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((line, i) => differences(wordsIn(line), wordsIn(others[i])) !== undefined);

/** Puts items that are alike together, in the order of the first of each. */
export function alike<T>(items: readonly T[], isSame: (one: T, other: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const item of items) {
    const group = groups.find(([first]) => isSame(first, item));
    if (group) {
      group.push(item);
    } else {
      groups.push([item]);
    }
  }
  return groups;
}

/** Lines, of which those that differ in one name are one, with all of the names. */
export function mergedLines(lines: readonly string[]): string[] {
  const merged: Array<{ readonly words: readonly string[]; at?: number; readonly names: string[] }> = [];
  for (const line of lines) {
    const words = wordsIn(line);
    const found = merged.map((one) => ({ one, at: differences(one.words, words) }))
      .find(({ one, at }) => at?.length === 1 && (one.at ?? at[0]) === at[0]);
    if (found?.at) {
      const [at] = found.at;
      found.one.at = at;
      found.one.names.push(words[at]);
    } else {
      merged.push({ words, names: [] });
    }
  }
  return merged.map(({ words, at, names }) => words.map((word, i) => (i === at ? joined([word, ...names]) : word)).join(' '));
}

const joined = (names: readonly string[]): string =>
  names.map((name, i) => (i === names.length - 1 ? name : name.replace(PUNCTUATION, ''))).join(', ');
