/** Refuses options of a method that has none. TypeScript does, but JavaScript would ignore them, and what they ask for would not be there. */
export function checkNoOptions(method: string, [options]: IArguments, fix: string): void {
  if (options !== undefined) {
    throw new Error(`${method} takes no options: ${fix}`);
  }
}
