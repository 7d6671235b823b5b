import { Variable, variablesBelow, variablesOf } from './container-variables';
import { byName, formsOf, KnownValues, NOTHING_KNOWN } from './filled-texts';
import { parseJson } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';

/**
 * A value as it is written, such as a template of pods or the properties of a build, and forms of it with values in place of the variables of its scripts: those of the
 * container that a script is in, or else those of anything in the value, or around it. A script assigns values to variables itself, too.
 */
export function formsOfValue(value: Resolved, around: readonly Variable[] = []): Resolved[] {
  let known: ReadonlyMap<string, readonly Text[]> | undefined;
  return formsIn(value, (name) => {
    known ??= byName([...variablesBelow(value), ...around]); // most values have no script that needs them
    return known.get(name) ?? [];
  });
}

function formsIn(value: Resolved, known: KnownValues): Resolved[] {
  if (value instanceof Text) {
    return formsOfText(value, known);
  }
  if (Array.isArray(value)) {
    return combined(value, value.map((item) => formsIn(item, known)), (items) => items);
  }
  if (value === undefined) {
    return [value];
  }
  const [own, { entries }] = [byName(variablesOf(value)), value];
  const inner: KnownValues = own.size === 0 ? known : (name) => own.get(name) ?? known(name);
  const forms = entries.map(([, item]) => formsIn(item, inner));
  return combined(value, forms, (items) => new ResolvedMap(entries.map(([key], i) => [key, items[i]])));
}

/** The forms of a value by those of what it consists of. What has fewer of them has its last one in the others. */
function combined<T extends Resolved>(value: T, forms: ReadonlyArray<readonly Resolved[]>, join: (parts: Resolved[]) => Resolved): Resolved[] {
  const most = forms.reduce((count, { length }) => Math.max(count, length), 1);
  return [value, ...Array.from({ length: most - 1 }, (_, i) => join(forms.map((all) => all[i + 1] ?? all.at(-1))))];
}

/** A text in JSON has forms of what it says. */
function formsOfText(text: Text, known: KnownValues): Resolved[] {
  const parsed = /^\s*[{[]/.test(text.start) ? parseJson(text) : undefined;
  if (!parsed || !('value' in parsed)) {
    return formsOf(text, known);
  }
  const inner = byName(variablesBelow(parsed.value));
  const [, ...filled] = formsIn(parsed.value, (name) => inner.get(name) ?? known(name));
  return [text, ...filled];
}

/** The forms of a script of which nothing is known but what it says itself. */
export const formsOfScript = (script: Text): Text[] => formsOf(script, NOTHING_KNOWN);
