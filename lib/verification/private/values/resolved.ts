import { Text } from './text';

/** A value of a template, as CloudFormation resolves it. Numbers and booleans are texts; undefined is a value that is not there, as with `AWS::NoValue`. */
export type Resolved = Text | Resolved[] | ResolvedMap | undefined;

/** An object of a template. Some keys may be known only at deployment. */
export class ResolvedMap {
  private readonly byKey: Map<string, Resolved>;

  constructor(readonly entries: ReadonlyArray<readonly [Text, Resolved]>) {
    this.byKey = new Map(entries.map(([key, value]) => [key.key, value]));
  }

  /** The value of a literal key. */
  get(name: string): Resolved {
    return this.byKey.get(Text.keyOf(name));
  }

  /** The value along literal keys, or undefined where the path ends before. */
  at(...path: string[]): Resolved {
    return path.reduce<Resolved>((value, name) => (value instanceof ResolvedMap ? value.get(name) : undefined), this);
  }
}

/** A list as it is, one value as a list of one, and what is not there as an empty list: as in policies. */
export function listOf(value: Resolved): Resolved[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
