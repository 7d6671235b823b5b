import { refusal, refusalWithoutValue } from '../../private/errors';

/** The two ways to say which resources a controller may use. */
export interface Selection<T> {
  /** The names of the two properties, for errors: that of the list, and that of the boolean. */
  readonly names: readonly [list: string, all: string];
  readonly list?: readonly T[];
  readonly all?: boolean;
}

/**
 * The given resources, or `'all'`. Refuses neither and both: a policy without resources is rejected by IAM, and access to all of them must be asked for.
 *
 * @param policy the name of the class, for errors.
 */
export function selected<T>(policy: string, { names: [listName, allName], list, all }: Selection<T>): readonly T[] | 'all' {
  if (all && list) {
    throw refusalWithoutValue(`${policy}: ${listName}`, `omitted with ${allName}`, 'set only one of them');
  }
  if (all) {
    return 'all';
  }
  if (!list || list.length === 0) {
    throw refusalWithoutValue(`${policy}: ${listName}`, 'a list of at least one', `to allow all of them, set ${allName}: true`);
  }
  return list;
}

/** Like `selected`, but neither is nothing. */
export const selectedIfGiven = <T>(policy: string, selection: Selection<T>): readonly T[] | 'all' =>
  selection.list || selection.all ? selected(policy, selection) : [];

/**
 * The given list, or nothing. Refuses an empty list.
 *
 * @param property the class and the property, for errors.
 */
export function listIfGiven<T>(property: string, list?: readonly T[]): readonly T[] {
  if (list?.length === 0) {
    throw refusalWithoutValue(property, 'a list of at least one, or omitted');
  }
  return list ?? [];
}

/**
 * Refuses wildcards in the name or the ARN of a resource that the app gives: access to several resources must be asked for.
 *
 * @param property the class and the property, for errors.
 */
export function withoutWildcard(property: string, name: string = ''): void {
  if (/[*?]/.test(name)) { // the text of a token has none
    throw refusal(property, withoutTokens(name), 'without the wildcards * and ?', 'name each resource');
  }
}

/** The same for the elements of a list. */
export const withoutWildcards = (property: string, names: readonly string[] = []): void =>
  names.forEach((name, i) => withoutWildcard(`${property}[${i}]`, name));

/** A text with `…` for each token. */
export const withoutTokens = (text: string): string => text.replace(/\$\{Token\[.*?\]\}/g, '…');
