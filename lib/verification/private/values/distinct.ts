/** One of each key, such as texts that are written in the same way. */
export const distinct = <T extends { readonly key: string }>(all: readonly T[]): T[] => [...new Map(all.map((one) => [one.key, one])).values()];
