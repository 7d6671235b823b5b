import { Template } from '../assembly/template';
import { resourceType } from '../resource-types/declarations';
import { asciiWhere } from '../values/derived';

/** In no name that AWS limits. */
export const NOT_IN_LIMITED_NAMES = asciiWhere((character) => /["\\*?]/.test(character));

const known = new WeakMap<Template, ReadonlySet<string>>();

/** Whether a parameter is a part of a name that AWS limits, in each deployment: with another character in its value, the deployment fails. */
export function isInLimitedName(template: Template, parameter: string): boolean {
  const names = known.get(template) ?? new Set(limitedNames(template).flatMap(partsOf));
  known.set(template, names);
  return names.has(parameter);
}

const limitedNames = ({ body }: Template): unknown[] => Object.values(body.Resources).flatMap(({ Type, Condition, Properties }) => {
  const name = resourceType(Type)?.limitedName;
  return name === undefined || Condition !== undefined || hasMacro(Properties) ? [] : [Object(Properties)[name]];
});

/** A macro can change the other properties, too. */
const hasMacro = (properties: unknown): boolean => Object.keys(Object(properties)).some((name) => name.startsWith('Fn::'));

/** The names whose values are in a text as they are. */
function partsOf(value: any): string[] {
  const [entry, ...others] = Object.entries<any>(Object(value));
  const [name, argument] = others.length === 0 && entry !== undefined ? entry : [];
  if (name === 'Ref') {
    return [argument];
  }
  if (name === 'Fn::Join' && Array.isArray(argument?.[1])) {
    return argument[1].flatMap(partsOf);
  }
  const [text, variables] = name === 'Fn::Sub' ? [argument].flat() : [];
  const written = typeof text === 'string' ? [...text.matchAll(/\$\{([^}!]+)\}/g)].map(([, each]) => each) : [];
  return written.flatMap((each) => (Object.hasOwn(Object(variables), each) ? partsOf(variables[each]) : [each]));
}
