import { nearestName } from '../nearest-name';

/** The names that someone may have meant who wrote another one: the nearest one, or those that have all of its words. */
export function nearestNames(written: string, names: readonly string[]): string[] {
  if (!/[a-z]/i.test(written)) {
    return [];
  }
  const nearest = nearestName(written, names);
  return nearest ? [nearest.name] : namesWithItsWords(written, names);
}

/** The names that have all words of another one, or only words of it. */
export const namesWithItsWords = (written: string, names: readonly string[]): string[] => names.filter((name) => share(written, name));

/** Whether one name has all words of the other, such as `name` and `roleName`. */
function share(one: string, other: string): boolean {
  const [shorter, longer] = [one, other].map(wordsOf).sort((a, b) => a.length - b.length);
  return shorter.every((word) => longer.includes(word));
}

const wordsOf = (name: string) => name.split(/(?=[A-Z])|[-_]/).map((word) => word.toLowerCase());
