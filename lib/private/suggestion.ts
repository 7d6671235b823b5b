/** How to mend a name, for an error to say: with fewer characters, or as the nearest one that is taken. */
export function suggestion(name: string, most: number, nearest: string): string {
  if (name.length > most) {
    return `leave out ${name.length - most} of its ${name.length} characters`;
  }
  return nearest === '' ? 'give it at least one letter or digit' : `for example ${JSON.stringify(nearest)}`;
}
