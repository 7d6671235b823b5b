import { excludedBy } from './derived';
import { Text } from './text';
import { Unknown } from './unknown';

/** An unknown in which every occurrence of a character is replaced. */
export class Replaced extends Unknown {
  constructor(readonly source: Unknown, readonly character: string, readonly written: string) {
    const { id, label, assumption } = source;
    super(`${id}/${JSON.stringify(character)}→${JSON.stringify(written)}`, { label, excludes: excludesOf(source, character, written), assumption, madeOf: [source] });
  }
}

/** The text in which every occurrence of a character is replaced. */
export function replaced(text: Text, character: string, written: string): Text {
  return Text.join(text.parts.map((part) => {
    if (typeof part === 'string') {
      return Text.of(part.replaceAll(character, () => written)); // as a text, `$$` would be one dollar sign
    }
    return Text.unknown(part.mayContain(character) ? new Replaced(part, character, written) : part);
  }));
}

/** The same as for the source, but for the characters that the replacement adds or removes. */
function excludesOf(source: Unknown, character: string, written: string): string {
  const excluded = [...excludedBy(Text.unknown(source))].filter((candidate) => !written.includes(candidate)).join('');
  return written.includes(character) ? excluded : excluded + character;
}
