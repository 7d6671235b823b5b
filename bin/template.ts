import { gunzipSync } from 'node:zlib';

export type Json = { [key: string]: any };
export interface Resource { readonly Type: string; readonly Properties: Json }
export interface Template { readonly Resources: { [logicalId: string]: Resource } }

/** The resources of a type, by logical id. */
export const resourcesOfType = ({ Resources }: Template, type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** A value of a template as text. What only CloudFormation knows is shown as in `Fn::Sub`, and what that cannot show as JSON. */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const [[name, argument] = []] = Object.entries(value);
  switch (name) {
    case 'Fn::Join': return Array.isArray(argument[1]) ? argument[1].map(text).join(argument[0]) : JSON.stringify(value);
    case 'Fn::GetAtt': return `\${${[argument].flat().join('.')}}`;
    case 'Ref': return `\${${argument}}`;
    case 'Fn::Sub': return [argument].flat()[0];
    default: return JSON.stringify(value);
  }
}

/** The logical id of the resource whose attribute a value is, if the template shows that. */
export const sourceOf = (value: unknown) => /^\$\{(\w+)\.\w+\}$/.exec(text(value))?.[1];

/** The Kubernetes objects that a template applies. */
export function objectsIn(template: Template): Json[] {
  return resourcesOfType(template, 'Custom::KubernetesObjects').flatMap(([, { Properties }]) => Properties.Objects.map(objectOf));
}

/** An entry is JSON, compressed if it is large, and the values that CloudFormation resolves, which are beside the JSON. */
function objectOf(entry: string | Json): Json {
  if (typeof entry === 'string') {
    return JSON.parse(entry);
  }
  const root = { '': JSON.parse(entry.Gzip === undefined ? entry.Json : gunzipSync(Buffer.from(entry.Gzip, 'base64')).toString()) };
  for (const { Path, Key, Value, Number: digits, Document } of entry.Values ?? []) {
    const keys = Path.split('/').map((key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (Key !== undefined) { // Path is that of the map
      keys.push(text(Key));
    }
    const last = keys.pop();
    keys.reduce((map: Json, key: string) => map[key], root)[last] = text(Document ?? Value ?? digits);
  }
  return root[''];
}
