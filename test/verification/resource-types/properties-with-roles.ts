import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What the database of `@aws-cdk/aws-service-spec` says about the type of a value. */
interface ValueType {
  readonly type: string;
  readonly element?: ValueType;
  readonly types?: readonly ValueType[];
  readonly reference?: { readonly $ref: string };
}

interface Properties { readonly [name: string]: { readonly type: ValueType; readonly documentation?: string } }

interface Database {
  readonly schema: {
    readonly resource: { readonly entities: ReadonlyArray<{ readonly cloudFormationType: string; readonly properties: Properties }> };
    readonly typeDefinition: { readonly entities: ReadonlyArray<{ readonly $id: string; readonly properties: Properties }> };
  };
}

function database(): Database {
  const folder = dirname(require.resolve('@aws-cdk/aws-service-spec/package.json'));
  return JSON.parse(gunzipSync(readFileSync(join(folder, 'db.json.gz'))).toString());
}

const inside = ({ element, types = [] }: ValueType): ValueType[] => [...(element ? [element] : []), ...types];
const isText = (type: ValueType): boolean => type.type === 'string' || inside(type).some(isText);
const definitionsIn = (type: ValueType): string[] => [...(type.reference ? [type.reference.$ref] : []), ...inside(type).flatMap(definitionsIn)];

/** Whether a property can have a role or an instance profile, as its name or its documentation says. */
function mayHaveRole(path: readonly string[], documentation: string): boolean {
  const [name] = path.slice(-1);
  return /role|instanceprofile/i.test(name) || /^(Arn|Name)$/.test(name) && /role|instanceprofile/i.test(path.at(-2) ?? '')
    || /(arn|credentials)$/i.test(name) && /\bIAM role\b/i.test(documentation);
}

/** The properties of all resource types, at any depth, that can have a role, as `AWS::Lambda::Function Role`. */
export const propertiesWithRoles = (): string[] => propertiesWhere((path, type, documentation) => isText(type) && mayHaveRole(path, documentation));

/** The properties of all resource types, at any depth, for which something is true. */
export function propertiesWhere(isOne: (path: readonly string[], type: ValueType, documentation: string) => boolean): string[] {
  const { resource, typeDefinition } = database().schema;
  const definitions = new Map(typeDefinition.entities.map(({ $id, properties }) => [$id, properties]));
  const within = (properties: Properties, path: readonly string[], seen: readonly string[]): string[] =>
    Object.entries(properties).flatMap(([name, { type, documentation = '' }]) => {
      const own = [...path, name];
      const nested = definitionsIn(type).filter((id) => !seen.includes(id)).flatMap((id) => within(definitions.get(id)!, own, [...seen, id]));
      return [...(isOne(own, type, documentation) ? [own.join('.')] : []), ...nested];
    });
  return resource.entities.flatMap(({ cloudFormationType, properties }) => [...new Set(within(properties, [], []))].map((path) => `${cloudFormationType} ${path}`));
}
