import { equal } from './pattern';
import { Resolved, ResolvedMap } from './resolved';
import { Text } from './text';
import { derived } from './text-parts';
import { unescaped } from './unescaped';
import { Unknown } from './unknown';

export type ParsedJson = { readonly value: Resolved } | { readonly problem: string };

const parsed = new WeakMap<Text, ParsedJson>();

/**
 * Parses JSON, once, in whose strings some parts are known only at deployment. A problem completes a sentence: `is not JSON at character 3`.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc8259
 */
export function parseJson(text: Text): ParsedJson {
  const known = parsed.get(text) ?? parse(text);
  parsed.set(text, known);
  return known;
}

/**
 * What a text says if the values in its strings contain neither quotes nor backslashes. With them, it could say more, so that this shows only what is there for certain
 * or may be.
 */
export function parseOpenJson(text: Text): ParsedJson {
  const known = parseJson(text);
  return 'value' in known ? known : parse(text, true);
}

/** The object of a property that can also have it as a text. Of a text that cannot be read, nothing is known. */
export function objectOf(value: Resolved): Resolved {
  if (!(value instanceof Text) || !value.startsWith('{')) {
    return value;
  }
  const read = parseJson(value);
  return 'value' in read ? read.value : derived(value, 'object');
}

function parse(text: Text, isOpen = false): ParsedJson {
  try {
    return { value: new JsonReader(text.parts, isOpen).document() };
  } catch (error) {
    if (error instanceof Problem) {
      return { problem: error.message };
    }
    throw error;
  }
}

class Problem extends Error {}

/** More would not fit on the stack, and is more than any service allows. */
const DEEPEST = 200;
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Up to a quote, or to an unknown part. */
const CHARACTERS = /[^"\\]*(?:\\[^][^"\\]*)*/y;

class JsonReader {
  private part = 0;
  private offset = 0;
  private depth = 0;

  /** @param isOpen whether unknown parts of strings are taken to contain no quotes. */
  constructor(private readonly parts: ReadonlyArray<string | Unknown>, private readonly isOpen: boolean) {}

  document(): Resolved {
    const value = this.value();
    this.take(SPACE);
    if (this.part < this.parts.length) {
      this.fail();
    }
    return value;
  }

  private value(): Resolved {
    this.take(SPACE);
    if (this.starts('"')) {
      return this.string();
    }
    if (this.starts('{')) {
      return this.nested(() => new ResolvedMap(this.members()));
    }
    if (this.starts('[')) {
      return this.nested(() => this.items(']', () => this.value()));
    }
    const scalar = this.take(SCALAR);
    if (scalar === '') {
      this.fail();
    }
    return scalar === 'null' ? undefined : Text.of(String(JSON.parse(scalar)));
  }

  private nested<T>(read: () => T): T {
    if (this.depth++ >= DEEPEST) {
      throw new Problem(`is nested more than ${DEEPEST} levels deep`);
    }
    const value = read();
    this.depth--;
    return value;
  }

  private members(): Array<[Text, Resolved]> {
    const members = this.items('}', (): [Text, Resolved] => {
      this.take(SPACE);
      const key = this.starts('"') ? this.string() : this.fail();
      this.take(SPACE);
      this.expect(':');
      return [key, this.value()];
    });
    checkKeys(members.map(([key]) => key));
    return members;
  }

  private items<T>(end: string, read: () => T): T[] {
    const items: T[] = [];
    this.advance(1);
    this.take(SPACE);
    if (!this.starts(end)) {
      do {
        items.push(read());
        this.take(SPACE);
      } while (this.skips(','));
    }
    this.expect(end);
    return items;
  }

  private string(): Text {
    this.advance(1);
    const pieces: Text[] = [];
    while (!this.starts('"')) {
      const part = this.parts[this.part];
      if (part instanceof Unknown) {
        pieces.push(Text.unknown(unescaped(part) ?? (this.isOpen ? part : this.failAt(part))));
        this.next();
      } else {
        pieces.push(Text.of(this.characters()));
      }
    }
    this.expect('"');
    return Text.join(pieces);
  }

  private characters(): string {
    const { part, offset } = this;
    const written = this.take(CHARACTERS);
    if (written === '') {
      this.fail();
    }
    try {
      return JSON.parse(`"${written}"`);
    } catch {
      return this.notJson(part, offset);
    }
  }

  private starts(character: string): boolean {
    const part = this.parts[this.part];
    return typeof part === 'string' && part[this.offset] === character;
  }

  private skips(character: string): boolean {
    const starts = this.starts(character);
    if (starts) {
      this.advance(1);
    }
    return starts;
  }

  private expect(character: string): void {
    if (!this.skips(character)) {
      this.fail();
    }
  }

  /** What a pattern matches here. */
  private take(pattern: RegExp): string {
    const part = this.parts[this.part];
    if (typeof part !== 'string') {
      return '';
    }
    pattern.lastIndex = this.offset;
    const [taken] = pattern.exec(part) ?? [''];
    this.advance(taken.length);
    return taken;
  }

  private advance(count: number): void {
    this.offset += count;
    if (this.offset >= (this.parts[this.part] as string).length) {
      this.next();
    }
  }

  private next(): void {
    this.part++;
    this.offset = 0;
  }

  private failAt(part: Unknown): never {
    const advice = part.assumption === undefined ? '' : `: to state its value, assume ${part.assumption}`;
    throw new Problem(`has \${${part.label}} in a string, which may contain quotes or backslashes, so what it says is unknown${advice}`);
  }

  private fail(): never {
    const part = this.parts[this.part];
    if (part instanceof Unknown) {
      throw new Problem(`has \${${part.label}} outside of a string, so what it says is unknown`);
    }
    return this.notJson(this.part, this.offset);
  }

  private notJson(part: number, offset: number): never {
    // unknown parts count as empty
    const before = this.parts.slice(0, part).map((earlier) => (typeof earlier === 'string' ? earlier.length : 0));
    throw new Problem(`is not JSON at character ${before.reduce((sum, length) => sum + length, offset) + 1}`);
  }
}

function checkKeys(keys: readonly Text[]): void {
  const known = new Set<string>();
  for (const key of keys) {
    if (known.has(key.key)) {
      throw new Problem(`has the key ${key} twice`);
    }
    known.add(key.key);
  }
  const unknown = keys.filter(({ literal }) => literal === undefined);
  for (const key of unknown) {
    const other = keys.find((candidate) => candidate !== key && equal(key, candidate) !== 'no');
    if (other) {
      throw new Problem(`has the keys ${key} and ${other}, which may be the same`);
    }
  }
}
