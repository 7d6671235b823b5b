import { refusalWithoutValue } from '../../private/errors';

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
    throw refusalWithoutValue(`${policy}: ${listName}`, `omitted with ${allName}`);
  }
  if (all) {
    return 'all';
  }
  if (!list || list.length === 0) {
    throw refusalWithoutValue(`${policy}: ${listName}`, 'a list of at least one', `to allow all of them, set ${allName}: true`);
  }
  return list;
}
