/**
 * The fix for an invalid name, for an error message: fewer characters, or the nearest valid name.
 *
 * Callers compute the nearest name even if the name is too long. They must do so in linear time, so that a long name is refused at once:
 * a pattern that ends in `$` and is not anchored at its start takes quadratic time.
 */
export function suggestion(name: string, most: number, nearest: string): string {
  if (name.length > most) {
    return `remove ${name.length - most} of its ${name.length} characters`;
  }
  return nearest === '' ? 'use at least one letter or digit' : `for example ${JSON.stringify(nearest)}`;
}
