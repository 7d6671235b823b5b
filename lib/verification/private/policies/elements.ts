import { ResolvedMap } from '../values/resolved';

/** A problem for each element of an object that is not one of `elements`. */
export const elementProblems = (object: ResolvedMap, elements: readonly string[]): string[] =>
  object.entries.filter(([key]) => !elements.includes(key.literal ?? '')).map(([key]) => `${key} is not allowed here`);
