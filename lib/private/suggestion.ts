/**
 * How to mend a name, for an error to say: with fewer characters, or as the nearest one that is taken.
 *
 * The nearest one is found before the length is looked at: in linear time, so that a long name is refused at once. A pattern that ends
 * in `$` and is not anchored at its start takes quadratic time.
 */
export function suggestion(name: string, most: number, nearest: string): string {
  if (name.length > most) {
    return `leave out ${name.length - most} of its ${name.length} characters`;
  }
  return nearest === '' ? 'give it at least one letter or digit' : `for example ${JSON.stringify(nearest)}`;
}
