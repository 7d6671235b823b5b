import { Token } from 'aws-cdk-lib';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkLabel } from '../../private/kubernetes-names';
import { checkPlainData } from '../../private/plain-data';
import { suggestion } from '../../private/suggestion';
import { identity, nameOf, ObjectAddress } from '../contract/identity';
import { MOST_OBJECTS } from '../contract/limits';
import { checkNoMarks } from '../contract/marks';
import { isPathSegment } from '../contract/names';
import { isOfRecords, RECORDS_NAMESPACE } from '../contract/records';

/** A Kubernetes object as plain data. */
export interface PlainObject { [key: string]: unknown }

/** Refuses objects that cannot be told from others, or are too many; `property` says where they stand. */
export function checkObjects(property: string, objects: PlainObject[]): void {
  if (objects.length > MOST_OBJECTS) {
    throw refusal(`the number of ${property}`, objects.length, `at most ${MOST_OBJECTS}`, 'make several sets');
  }
  objects.forEach((object, i) => checkObject(`${property}[${i}]`, object));
}

/** Refuses what is not plain data, or cannot be told from other objects; `property` says where it stands. */
export function checkObject(property: string, object: PlainObject): void {
  checkPlainData(property, object);
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
  if (isOfRecords(address(object))) {
    throw refusalWithoutValue(`${property}.metadata`, `outside of the namespace ${RECORDS_NAMESPACE}`, 'the function keeps its records there');
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
  if (!Token.isUnresolved(name) && !isPathSegment(name)) {
    const nearest = name.split(/[/%]+/).filter(Boolean).join('-').replace(/^\.\.?$/, '');
    throw refusal(property, name, 'neither . nor .., and without / and %', suggestion(name, Infinity, nearest));
  }
}

/** An error for each object that a set has twice. */
export function duplicates(objects: PlainObject[]): string[] {
  const identities = objects.map(knownIdentity);
  return objects.filter((_, i) => identities[i] !== undefined && identities.indexOf(identities[i]) < i)
    .map((object) => `${nameOfObject(object)} is defined by this set already: define it once`);
}

/** The identity of an object; undefined where a part is known at deployment only. */
export function knownIdentity(object: PlainObject): string | undefined {
  const known = identity({ ...address(object), apiVersion: `${object.apiVersion}` }); // a token may be an object
  return Token.isUnresolved(known) ? undefined : known;
}

/** Names an object to a person. */
export const nameOfObject = (object: PlainObject): string => nameOf(address(object));

/** Of an object that was checked. */
const address = (object: PlainObject) => object as unknown as ObjectAddress;
