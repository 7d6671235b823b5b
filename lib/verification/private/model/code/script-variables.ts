import { Variable, variablesBelow } from './container-variables';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';

/** What assigns a value to a variable, in a shell or in a buildspec. */
const ASSIGNS = /(?<![\w-])([A-Za-z_]\w*)["']?(?:=|:[ \t]*)["']?([\w./-]+)/g;

/** How shells and PowerShell write a variable, and languages, before its name. A brace or a parenthesis separates words. */
const VARIABLE = /^\$(?:env:)?(\w+)|^%(\w+)%$|(?:^|\.)env\.(\w+)$/;

const BEFORE_VARIABLE = /^\$$|(?:^|\.)(?:environ(?:\.get)?|getenv)$/;

/** The values of the variables of a value, such as a container, and of what is around it. They are read when something asks for one. */
export class KnownVariables {
  static readonly NONE = new KnownVariables(undefined);

  private values?: ReadonlyMap<string, readonly Text[]>;

  constructor(private readonly value: Resolved, private readonly outer?: KnownVariables) {}

  valuesOf(name: string): readonly Text[] {
    this.values ??= byName(variablesBelow(this.value));
    return [...this.values.get(name) ?? [], ...this.outer?.valuesOf(name) ?? []];
  }
}

/** The values of the variables of a script: those that it assigns, and those that are known around it. */
export class ScriptVariables {
  private assigned?: ReadonlyMap<string, readonly Text[]>;

  constructor(private readonly script: Text, private readonly around: KnownVariables) {}

  /** The word of a script at a position, or the values that are known of the variable that it is. */
  valuesAt(words: readonly Text[], i: number): readonly Text[] {
    const [before, word, after] = [i - 1, i, i + 1].map((at) => words[at]?.start ?? '');
    if (BEFORE_VARIABLE.test(before)) {
      return [];
    }
    const named = BEFORE_VARIABLE.test(word) ? [/^\w*/.exec(after)![0]] : VARIABLE.exec(word)?.slice(1); // an empty name is a match, too
    const name = named?.find((one) => one !== undefined);
    return name === undefined ? [words[i]] : this.valuesOf(name);
  }

  private valuesOf(name: string): readonly Text[] {
    this.assigned ??= byName(assignedIn(this.script));
    return [...this.assigned.get(name) ?? [], ...this.around.valuesOf(name)];
  }
}

function byName(variables: readonly Variable[]): ReadonlyMap<string, readonly Text[]> {
  const values = new Map<string, Text[]>();
  variables.forEach(({ name, value }) => values.set(name, values.get(name) ?? []).get(name)!.push(value));
  return values;
}

const assignedIn = ({ parts }: Text): Variable[] => parts.flatMap((part) => (typeof part === 'string'
  ? [...part.matchAll(ASSIGNS)].map(([, name, value]) => ({ name, value: Text.of(value) })) : []));
