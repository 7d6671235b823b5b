import { Stack, Token } from 'aws-cdk-lib';
import { Node } from 'constructs';
import { refusal } from '../../private/errors';

/** A Kubernetes object as plain data. */
export interface PlainObject { [key: string]: unknown }

/** One more, and an update, which carries the set twice, comes close to what Lambda takes asynchronously. */
const MOST_OBJECTS = 100;
const MOST_BYTES = 100_000;

/** Refuses what cannot be told from other objects; `property` says where it stands. */
export function checkObject(property: string, object: PlainObject): void {
  const { apiVersion, kind, metadata } = object ?? {};
  const name = (metadata as { name?: unknown } | undefined)?.name;
  for (const [field, value] of Object.entries({ apiVersion, kind, 'metadata.name': name })) {
    if (typeof value !== 'string' || value === '') {
      throw refusal(`${property}.${field}`, value, 'a text that is not empty');
    }
  }
}

/** What is too much for one set; empty if nothing is. */
export function excesses(stack: Stack, objects: PlainObject[]): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(stack.resolve(objects.map((object) => stack.toJsonString(object)))));
  return [
    ...objects.length > MOST_OBJECTS ? [`${objects.length} objects, but at most ${MOST_OBJECTS} go into one set: make several`] : [],
    ...bytes > MOST_BYTES ? [`${bytes} bytes of JSON, but at most ${MOST_BYTES} go into one set: make several`] : [],
  ];
}

/** Names an object to a person, whatever the version of its API; undefined where a part is known at deployment only. */
export function identityOf({ apiVersion, kind, metadata }: PlainObject): string | undefined {
  const { name, namespace = 'default' } = metadata as { name: string; namespace?: string };
  const group = String(apiVersion).replace(/\/?[^/]*$/, '');
  const identity = `${kind}${group && `.${group}`} ${namespace}/${name}`;
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
