type Json = { [key: string]: any };

/** What `Ref` and the attributes of a resource are once it is deployed, by the name of the attribute. */
export interface Values { readonly [attribute: string]: string }

/** How a template can refer to something outside it: as it is, by a parameter without a default, or by an import. */
export const MODES = ['a literal', 'a parameter', 'an import'] as const;
export type Mode = typeof MODES[number];

/** Something with resources, without one of them, and with other references to it, as if another app created it. */
export function outside<T extends { readonly resources: Json }>(all: T, id: string, values: Values, mode: Mode): { changed: T; Parameters: Json } {
  const Parameters: Json = {};
  const valueOf = (attribute: string): unknown => {
    const name = `${id}${attribute}`;
    switch (mode) {
      case 'a literal': return known(values, id, attribute);
      case 'an import': return { 'Fn::ImportValue': name };
      default: Parameters[name] = { Type: 'String' };
        return { Ref: name };
    }
  };
  const { [id]: _, ...resources } = all.resources;
  return { changed: replaced({ ...all, resources }, id, valueOf), Parameters };
}

function known(values: Values, id: string, attribute: string): string {
  if (values[attribute] === undefined) {
    throw new Error(`the test does not say what ${attribute} of ${id} is`);
  }
  return values[attribute];
}

function replaced(value: any, id: string, valueOf: (attribute: string) => unknown): any {
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, id, valueOf));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value.Ref === id) {
    return valueOf('Ref');
  }
  if (value['Fn::GetAtt']?.[0] === id) {
    return valueOf(value['Fn::GetAtt'][1]);
  }
  return value['Fn::Sub'] === undefined ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, id, valueOf)]))
    : { 'Fn::Sub': substituted(value['Fn::Sub'], id, valueOf) };
}

function substituted(sub: string | [string, Json], id: string, valueOf: (attribute: string) => unknown): [string, Json] {
  const [text, variables] = typeof sub === 'string' ? [sub, {}] : sub;
  const all: Json = replaced(variables, id, valueOf);
  const written = text.replace(/\$\{(\w+)(?:\.(\w+))?\}/g, (reference, name: string, attribute = 'Ref') => {
    if (name !== id || Object.hasOwn(variables, name)) {
      return reference;
    }
    all[`Outside${attribute}`] = valueOf(attribute);
    return `\${Outside${attribute}}`;
  });
  return [written, all];
}
