import { Token } from 'aws-cdk-lib';
import { Node } from 'constructs';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkNoMarks } from '../../private/kubernetes-labels';
import { checkLabel } from '../../private/kubernetes-names';
import { suggestion } from '../../private/suggestion';

/** A Kubernetes object as plain data. */
export interface PlainObject { [key: string]: unknown }

/** One more, and an update, which carries the set twice, comes close to what Lambda takes asynchronously. */
const MOST_OBJECTS = 100;
const MOST_BYTES = 100_000;

/** Refuses objects that cannot be told from others, or are too many; `property` says where they stand. */
export function checkObjects(property: string, objects: PlainObject[]): void {
  if (objects.length > MOST_OBJECTS) {
    throw refusal(`the number of ${property}`, objects.length, `at most ${MOST_OBJECTS}`, 'make several sets');
  }
  objects.forEach((object, i) => checkObject(`${property}[${i}]`, object));
}

/** Refuses what cannot be told from other objects; `property` says where it stands. */
export function checkObject(property: string, object: PlainObject): void {
  const { apiVersion, kind, metadata, items } = object ?? {};
  const { name, generateName, namespace, annotations } = (metadata ?? {}) as { [key: string]: unknown };
  if (kind === 'List' || Array.isArray(items)) { // Kubernetes takes whatever has items for a list
    throw refusal(`${property}.kind`, kind, 'that of one object', 'give the items one by one');
  }
  checkText(`${property}.apiVersion`, apiVersion, 'for example "v1" or "apps/v1"');
  checkText(`${property}.kind`, kind, 'for example "ConfigMap"');
  checkText(`${property}.metadata.name`, name, generateName ? 'one from generateName would be another in each deployment' : 'for example "settings"');
  checkPathSegment(`${property}.metadata.name`, name as string);
  if (namespace !== undefined && namespace !== null) {
    checkLabel(`${property}.metadata.namespace`, namespace as string);
  }
  checkNoMarks(`${property}.metadata.annotations`, annotations as { [key: string]: unknown });
}

function checkText(property: string, value: unknown, fix: string): void {
  if (!Token.isUnresolved(value) && (typeof value !== 'string' || value === '')) {
    const allowed = 'a text that is not empty';
    throw typeof value === 'object' ? refusalWithoutValue(property, allowed, fix) : refusal(property, value, allowed, fix);
  }
}

/** Each kind has rules of its own beside this one. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
function checkPathSegment(property: string, name: string): void {
  if (!Token.isUnresolved(name) && /^\.\.?$|[/%]/.test(name)) {
    const nearest = name.split(/[/%]+/).filter(Boolean).join('-').replace(/^\.\.?$/, '');
    throw refusal(property, name, 'neither . nor .., and without / and %', suggestion(name, Infinity, nearest));
  }
}

/** What is too much for one set, as the template has it; empty if nothing is. */
export function excesses(documents: unknown[]): string[] {
  const { length } = documents;
  const bytes = Buffer.byteLength(JSON.stringify(documents));
  return [
    ...length > MOST_OBJECTS ? [`${length} objects, but at most ${MOST_OBJECTS} go into one set: make several`] : [],
    ...bytes > MOST_BYTES ? [`${bytes} bytes of JSON, but at most ${MOST_BYTES} go into one set: ${length > 1 ? 'make several' : 'make it smaller'}`] : [],
  ];
}

/** Names an object to a person, whatever the version of its API; undefined where a part is known at deployment only. */
export function identityOf({ apiVersion, kind, metadata }: PlainObject): string | undefined {
  const { name, namespace } = metadata as { name: string; namespace?: string | null };
  const group = String(apiVersion).slice(0, Math.max(String(apiVersion).lastIndexOf('/'), 0));
  const identity = `${kind}${group && `.${group}`} ${namespace ?? 'default'}/${name}`;
  return Token.isUnresolved(identity) ? undefined : identity;
}

/** Objects that several sets define, or one twice. */
export function repeated(objects: PlainObject[], others: { node: Node; _objects: PlainObject[] }[]): string[] {
  const seen = new Map(others.flatMap(({ node: { path }, _objects }) => _objects.map((object) => [identityOf(object), path])));
  return objects.flatMap((object) => {
    const identity = identityOf(object);
    const path = seen.get(identity);
    seen.set(identity, 'this set');
    return identity !== undefined && path !== undefined ? [`${identity} is defined by ${path} already: define it once`] : [];
  });
}
