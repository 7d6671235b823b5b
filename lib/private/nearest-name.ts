/** A known name, and how far another one is from it. */
export interface NearName {
  readonly name: string;
  /** Typing errors between the two: characters that are missing, superfluous, wrong, or exchanged with the next one. */
  readonly errors: number;
}

/** The known name that is nearest to another one. Neither case nor hyphens count. Undefined if more than a third of the characters differ. */
export function nearestName(name: string, known: readonly string[]): NearName | undefined {
  const plain = plainCharacters(name);
  const most = Math.max(1, Math.floor(plain.length / 3));
  return known.filter((one) => Math.abs(plainCharacters(one).length - plain.length) <= most) // others cannot be near
    .map((one) => ({ name: one, errors: typingErrors(plain, plainCharacters(one)) }))
    .filter(({ errors }) => errors <= most)
    .sort((one, other) => one.errors - other.errors)[0];
}

const plainCharacters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The optimal string alignment distance. @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance */
function typingErrors(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isExchanged = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (isSame ? 0 : 1),
        isExchanged ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  }
  return rows[one.length][other.length];
}
