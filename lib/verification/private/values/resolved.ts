import { equal } from './pattern';
import { Text } from './text';
import { Unknown } from './unknown';

/** A value of a template, as CloudFormation resolves it. Numbers and booleans are texts; undefined is a value that is not there, as with `AWS::NoValue`. */
export type Resolved = Text | Resolved[] | ResolvedMap | undefined;

/** An object of a template. Some keys may be known only at deployment. */
export class ResolvedMap {
  private readonly byKey: Map<string, Resolved>;
  private readonly open: ReadonlyArray<readonly [Text, Resolved]>;

  constructor(readonly entries: ReadonlyArray<readonly [Text, Resolved]>) {
    this.byKey = new Map(entries.map(([key, value]) => [key.key, value]));
    this.open = entries.filter(([{ literal }]) => literal === undefined);
  }

  /** The value of a literal key. It is not known if a key that only the deployment knows may be this one. */
  get(name: string): Resolved {
    const known = this.byKey.get(Text.keyOf(name));
    const possible = known === undefined ? this.open.filter(([key]) => equal(Text.of(name), key) !== 'no') : [];
    return possible.length > 0 ? below(possible[0][0], valueKey(new ResolvedMap(possible)), name) : known;
  }

  /** The value along literal keys, or undefined where the path ends before. */
  at(...path: string[]): Resolved {
    return valueAt(this, ...path);
  }
}

/** An object with literal keys. */
export const mapOf = (values: { readonly [name: string]: Resolved }): ResolvedMap =>
  new ResolvedMap(Object.entries(values).map(([name, value]) => [Text.of(name), value]));

/** The value along literal keys of an object. Below a value of which only the deployment knows whether it is one, it is not known. */
export function valueAt(value: Resolved, ...path: string[]): Resolved {
  return path.reduce<Resolved>((object, name) =>
    (object instanceof ResolvedMap ? object.get(name) : isOpen(object) ? below(object, object.key, name) : undefined), value);
}

/** Identifies a value: two values have the same key if they are written in the same way. */
export function valueKey(value: Resolved): string {
  if (value instanceof Text) {
    return JSON.stringify(value.key);
  }
  if (value instanceof ResolvedMap) {
    return `{${value.entries.map(([key, item]) => `${valueKey(key)}:${valueKey(item)}`).join(',')}}`;
  }
  return value === undefined ? 'undefined' : `[${value.map(valueKey).join(',')}]`;
}

/** A list as it is, one value as a list of one, and what is not there as an empty list: as in policies. */
export function listOf(value: Resolved): Resolved[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Whether only the deployment knows a whole value, which can then be an object or a list. */
const isOpen = (value: Resolved): value is Text => value instanceof Text && value.parts.length === 1 && value.literal === undefined;

/** @param id what the value depends on, besides its name: two objects can have one open key with different values. */
function below(text: Text, id: string, name: string): Text {
  const label = `${text.parts.map((part) => (typeof part === 'string' ? part : part.label)).join('')}.${name}`;
  return Text.unknown(new Unknown(`${id}.${name}`, { label, madeOf: text.unknowns }));
}
