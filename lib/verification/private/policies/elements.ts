import { ResolvedMap } from '../values/resolved';

/** What an object has besides the elements that it may have. */
export const elementProblems = (object: ResolvedMap, elements: readonly string[]): string[] =>
  object.entries.filter(([key]) => !elements.includes(key.literal ?? '')).map(([key]) => `${key} is not allowed here`);
