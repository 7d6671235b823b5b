import { Template } from './template';

const known = new WeakMap<Template, ReadonlyMap<object, string>>();

/** The path of an object of a template, such as `"Resources" "Role"`, by identity. Undefined if the object is not in the template. */
export function pathInTemplate(template: Template, value: object): string | undefined {
  const paths = known.get(template) ?? pathsIn(template.body);
  known.set(template, paths);
  return paths.get(value);
}

/** The resource, output or the like of a template that has an object, such as `"Resources" "Role"`. Undefined if the object is not in the template. */
export const partOfTemplate = (template: Template, value: object): string | undefined => pathInTemplate(template, value)?.match(PART)?.[0];

/** Names as JSON. */
const PART = /^( "(\\.|[^"\\])*"){2}/;

function pathsIn(body: object): ReadonlyMap<object, string> {
  const paths = new Map<object, string>();
  const rest: Array<[path: string, value: object]> = [['', body]];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [path, value] = next;
    paths.set(value, path);
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'object' && item !== null) {
        rest.push([`${path} ${JSON.stringify(key)}`, item]);
      }
    }
  }
  return paths;
}
