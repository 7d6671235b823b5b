/** How many combinations there are of an item of each list. */
export const combinationsOf = (lists: ReadonlyArray<readonly unknown[]>): number => lists.reduce((count, { length }) => count * length, 1);

/** All combinations of an item of each list. */
export const combinations = <T>(lists: ReadonlyArray<readonly T[]>): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((others) => list.map((item) => [...others, item])), [[]]);
