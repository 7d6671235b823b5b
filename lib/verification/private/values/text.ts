import { Unknown } from './unknown';

/** A text of which some parts may be known only at deployment. */
export class Text {
  static readonly EMPTY = new Text([]);

  static of(literal: string): Text {
    return new Text(literal === '' ? [] : [literal]);
  }

  static unknown(unknown: Unknown): Text {
    return new Text([unknown]);
  }

  static ofPart(part: string | Unknown): Text {
    return typeof part === 'string' ? Text.of(part) : Text.unknown(part);
  }

  static join(texts: readonly Text[], separator = ''): Text {
    const parts: Array<string | Unknown> = [];
    texts.forEach((text, i) => {
      for (const part of i > 0 && separator !== '' ? [separator, ...text.parts] : text.parts) {
        const last = parts.length - 1;
        if (typeof part === 'string' && typeof parts[last] === 'string') {
          parts[last] += part;
        } else {
          parts.push(part);
        }
      }
    });
    return new Text(parts);
  }

  /** The key of the text of a literal. */
  static keyOf(literal: string): string {
    return literal.includes('$') || literal.includes('\\') ? literal.replace(/[\\$]/g, '\\$&') : literal;
  }

  /** Literals that are not empty, never two in a row, and what only the deployment knows. */
  readonly parts: ReadonlyArray<string | Unknown>;
  #key?: string;
  #characters?: ReadonlyArray<string | Unknown>;

  private constructor(parts: ReadonlyArray<string | Unknown>) {
    this.parts = parts;
  }

  /** The whole text, or undefined if a part of it is unknown. */
  get literal(): string | undefined {
    const [first = '', ...rest] = this.parts;
    return typeof first === 'string' && rest.length === 0 ? first : undefined;
  }

  /** The only values that the whole text can have, if that is known although the deployment decides which one. */
  get values(): readonly string[] | undefined {
    const [only, ...rest] = this.parts;
    return only instanceof Unknown && rest.length === 0 ? only.values : undefined;
  }

  get unknowns(): Unknown[] {
    return this.parts.filter((part) => part instanceof Unknown);
  }

  /** The text in lower case: for what IAM compares without regard to case. */
  toLowerCase(): Text {
    return new Text(this.parts.map((part) => part.toLowerCase()));
  }

  /** The literal that the text starts with; empty if it starts with something unknown. */
  get start(): string {
    const [first = ''] = this.parts;
    return typeof first === 'string' ? first : '';
  }

  startsWith(prefix: string): boolean {
    return this.start.startsWith(prefix);
  }

  /** What patterns compare: each character of the literals, and what only the deployment knows. */
  get characters(): ReadonlyArray<string | Unknown> {
    this.#characters ??= this.parts.flatMap<string | Unknown>((part) => (typeof part === 'string' ? [...part] : [part]));
    return this.#characters;
  }

  /** Identifies the text: two texts have the same key if they are written in the same way. */
  get key(): string {
    this.#key ??= this.writeKey();
    return this.#key;
  }

  private writeKey(): string {
    return this.parts.map((part) => (typeof part === 'string' ? Text.keyOf(part) : `\${${part.id}}`)).join('');
  }

  /** For messages: what is unknown is shown as `${label}`, and what stands for a part of a pattern as that part. */
  toString(): string {
    return this.parts.map((part) => (typeof part === 'string' ? part : part.isOfPattern ? part.label : `\${${part.label}}`)).join('');
  }
}
