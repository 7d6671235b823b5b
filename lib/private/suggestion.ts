/**
 * The fix for an invalid name, for an error message: fewer characters, or the nearest valid name.
 *
 * @param nearest makes the nearest valid name. It is not called for a name that is too long, so that no pattern reads such a name.
 */
export function suggestion(name: string, most: number, nearest: () => string): string {
  if (name.length > most) {
    return `remove ${name.length - most} of its ${name.length} characters`;
  }
  const valid = nearest();
  return valid === '' ? 'use at least one letter or digit' : `for example ${JSON.stringify(valid)}`;
}
