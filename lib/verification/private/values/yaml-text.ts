import { parseJson } from './json-text';
import { Resolved, ResolvedMap } from './resolved';
import { Text } from './text';
import { Unknown } from './unknown';

const parsed = new WeakMap<Text, Resolved[] | undefined>();

/**
 * The documents of a text in YAML, in which some parts are known only at deployment. Undefined if it is not of the part of YAML that objects are written in: objects
 * and lists, without aliases and complex keys. Control lines of templates of Helm, which add or leave out what is between them, are left out.
 *
 * @see https://yaml.org/spec/1.2.2/
 */
export function parseYaml(text: Text): Resolved[] | undefined {
  if (!parsed.has(text)) {
    parsed.set(text, read(text));
  }
  return parsed.get(text);
}

class Problem extends Error {}

/** What stands for an unknown part while the text is read: its number, between characters that no manifest has. */
const MARK = /\uE000(\d+)\uE001/;

/** A line of a template that writes nothing itself. */
const CONTROL = /^\s*\{\{-?\s*(?:(?:if|else|end|range|with)\b|\/\*).*\}\}\s*$/;

function read(text: Text): Resolved[] | undefined {
  const json = /^\s*[{[]/.test(text.start) && !/^\s*\{\{/.test(text.start) ? parseJson(text) : undefined;
  if (json && 'value' in json) {
    return [json.value];
  }
  if (text.parts.some((part) => typeof part === 'string' && /[\uE000\uE001]/.test(part))) {
    return undefined;
  }
  const unknowns: Unknown[] = [];
  const written = text.parts.map((part) => (typeof part === 'string' ? part : `\uE000${unknowns.push(part) - 1}\uE001`)).join('');
  const textOf = (raw: string) =>
    Text.join(raw.split(MARK).map((piece, i) => (i % 2 === 0 ? Text.of(piece) : Text.unknown(unknowns[Number(piece)]))));
  try {
    return written.split(/^(?:---|\.\.\.)(?=\s|$)/m)
      .map((document) => new Reader(document.split(/\r?\n/).filter((line) => !CONTROL.test(line)), textOf).document());
  } catch (error) {
    if (error instanceof Problem) {
      return undefined;
    }
    throw error;
  }
}

/** More would not fit on the stack. */
const DEEPEST = 100;

const indentOf = (line: string): number => line.length - line.trimStart().length;

const isEmpty = (line: string): boolean => /^\s*(#|$)/.test(line);

const isItem = (content: string): boolean => content === '-' || content.startsWith('- ');

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly lines: string[], private readonly textOf: (raw: string) => Text) {}

  document(): Resolved {
    const value = this.block(0);
    if (this.next() !== undefined || value instanceof Text) {
      throw new Problem();
    }
    return value;
  }

  /** The next line that has something, without passing it. */
  private next(): string | undefined {
    while (this.at < this.lines.length && isEmpty(this.lines[this.at])) {
      this.at++;
    }
    return this.lines[this.at];
  }

  /** What is indented by so much, or more. */
  private block(least: number): Resolved {
    const line = this.next();
    if (line === undefined || indentOf(line) < least) {
      return undefined;
    }
    if (this.depth++ > DEEPEST) {
      throw new Problem();
    }
    const [indent, content] = [indentOf(line), line.trimStart()];
    const value = isItem(content) ? this.list(indent) : keyIn(content) ? this.map(indent) : this.scalar(content, least);
    this.depth--;
    return value;
  }

  private list(indent: number): Resolved[] {
    const items: Resolved[] = [];
    for (let line = this.next(); line !== undefined && indentOf(line) === indent && isItem(line.trimStart()); line = this.next()) {
      this.lines[this.at] = `${line.slice(0, indent)} ${line.slice(indent + 1)}`; // what follows is a block of its own
      items.push(this.block(indent + 1));
    }
    return items;
  }

  private map(indent: number): ResolvedMap {
    const entries: Array<[Text, Resolved]> = [];
    const known = new Set<string>();
    for (let line = this.next(); line !== undefined && indentOf(line) >= indent; line = this.next()) {
      const key = keyIn(line.trimStart());
      if (!key || indentOf(line) > indent || known.has(key.name)) {
        throw new Problem();
      }
      known.add(key.name);
      entries.push([this.textOf(key.name), key.rest === '' || key.rest.startsWith('#') ? this.below(indent) : this.scalar(key.rest, indent + 1)]);
    }
    return new ResolvedMap(entries);
  }

  /** The value of a key on the lines after it. A list need not be indented. */
  private below(indent: number): Resolved {
    this.at++;
    const line = this.next();
    return line !== undefined && indentOf(line) === indent && isItem(line.trimStart()) ? this.list(indent) : this.block(indent + 1);
  }

  /** A value that starts on this line, and can continue on those that are indented by so much. */
  private scalar(start: string, least: number): Resolved {
    this.at++;
    if (/^[|>]/.test(start)) {
      return this.textOf(this.literal(least));
    }
    if (/^[!&]\S* /.test(start)) {
      this.at--;
      return this.scalar(start.replace(/^\S+\s+/, ''), least);
    }
    let written = start;
    for (let line = this.lines[this.at]; line !== undefined && !isEmpty(line) && indentOf(line) >= least; line = this.lines[++this.at]) {
      written += ` ${line.trim()}`;
    }
    return new FlowReader(written, this.textOf).value();
  }

  private literal(least: number): string {
    const from = this.at;
    while (this.at < this.lines.length && (this.lines[this.at].trim() === '' || indentOf(this.lines[this.at]) >= least)) {
      this.at++;
    }
    const lines = this.lines.slice(from, this.at);
    const indent = lines.reduce((smallest, line) => (line.trim() === '' ? smallest : Math.min(smallest, indentOf(line))), Infinity);
    return lines.map((line) => line.slice(indent)).join('\n');
  }
}

const QUOTED = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/;

/** What a line has before a colon, and after it. */
function keyIn(content: string): { readonly name: string; readonly rest: string } | undefined {
  const [quoted] = QUOTED.exec(content) ?? [];
  const colon = quoted === undefined ? content.search(/:(\s|$)/) : quoted.length;
  const isKey = quoted === undefined ? colon > 0 && !/^([[{#&*!|>%@`?]|- )/.test(content) : /^\s*:(\s|$)/.test(content.slice(colon));
  const name = isKey ? unquoted(content.slice(0, colon).trim()) : undefined;
  return name === undefined ? undefined : { name, rest: content.slice(content.indexOf(':', colon) + 1).trim() };
}

function unquoted(text: string): string {
  try {
    return text.startsWith('"') ? JSON.parse(text) : text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
  } catch {
    throw new Problem(); // YAML has more escapes than JSON
  }
}

/** Values on one line: lists and objects in brackets, and texts. */
class FlowReader {
  private at = 0;

  constructor(private readonly written: string, private readonly textOf: (raw: string) => Text) {}

  value(): Resolved {
    const isPlain = !/^(["'[]|\{(?!\{))/.test(this.written);
    const value = isPlain ? this.plain(/^((?!\s#).)*/) : this.nested(0);
    if (!/^\s*(#.*)?$/.test(this.rest) || (isPlain && /:(\s|$)/.test(this.written.slice(0, this.at)))) {
      throw new Problem();
    }
    return value;
  }

  private get rest(): string {
    return this.written.slice(this.at);
  }

  private nested(depth: number): Resolved {
    this.skip();
    const [quoted] = QUOTED.exec(this.rest) ?? [];
    if (quoted !== undefined) {
      this.at += quoted.length;
      return this.textOf(unquoted(quoted));
    }
    if (depth > DEEPEST) {
      throw new Problem();
    }
    return this.takes('[') ? this.items(']', () => this.nested(depth + 1)) : this.takes('{') ? new ResolvedMap(this.items('}', () => this.entry(depth)))
      : this.plain(/^((?!:\s)[^,[\]{}])*/);
  }

  private entry(depth: number): [Text, Resolved] {
    const key = this.nested(depth + 1);
    this.skip();
    if (!(key instanceof Text) || !this.takes(':')) {
      throw new Problem();
    }
    return [key, this.nested(depth + 1)];
  }

  private items<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    for (this.skip(); !this.takes(end); this.skip()) {
      items.push(item());
      this.skip();
      if (!this.takes(',') && !this.rest.startsWith(end)) {
        throw new Problem();
      }
    }
    return items;
  }

  private plain(pattern: RegExp): Resolved {
    const [taken] = pattern.exec(this.rest)!;
    this.at += taken.length;
    if (/^[*]/.test(taken)) {
      throw new Problem();
    }
    return /^(~|null)?$/i.test(taken.trim()) ? undefined : this.textOf(taken.trim());
  }

  private skip(): void {
    this.at += indentOf(this.rest);
  }

  private takes(character: string): boolean {
    const isThere = this.written[this.at] === character;
    this.at += isThere ? 1 : 0;
    return isThere;
  }
}
