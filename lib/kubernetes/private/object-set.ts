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

/** Refuses invalid objects, and too many objects. `property` is their place, for errors. */
export function checkObjects(property: string, objects: PlainObject[]): void {
  if (objects.length > MOST_OBJECTS) {
    throw refusal(`the number of ${property}`, objects.length, `at most ${MOST_OBJECTS}`, 'define several sets');
  }
  objects.forEach((object, i) => checkObject(`${property}[${i}]`, object));
}

/** Refuses an object that is not plain data or has no valid identity, and one that only the function can define. `property` is its place, for errors. */
export function checkObject(property: string, object: PlainObject): void {
  checkPlainData(property, object);
  const { apiVersion, kind, metadata, items } = object ?? {};
  const { name, generateName, namespace, annotations } = (metadata ?? {}) as { [key: string]: unknown };
  if (kind === 'List' || Array.isArray(items)) { // Kubernetes treats every object with items as a list
    throw refusal(`${property}.kind`, kind, 'the kind of a single object', 'specify each item as an object');
  }
  checkText(`${property}.apiVersion`, apiVersion, 'for example "v1" or "apps/v1"');
  checkText(`${property}.kind`, kind, 'for example "ConfigMap"');
  checkText(`${property}.metadata.name`, name, generateName ? 'generateName would create a different name in each deployment' : 'for example "settings"');
  checkPathSegment(`${property}.metadata.name`, name as string);
  if (namespace !== undefined && namespace !== null) {
    checkLabel(`${property}.metadata.namespace`, namespace as string);
  }
  if (isOfRecords(address(object))) {
    throw refusalWithoutValue(`${property}.metadata`, `outside the namespace ${RECORDS_NAMESPACE}`, 'the function keeps its records there');
  }
  checkNoMarks(`${property}.metadata.annotations`, annotations as { [key: string]: unknown });
}

function checkText(property: string, value: unknown, fix: string): void {
  if (!Token.isUnresolved(value) && (typeof value !== 'string' || value === '')) {
    const allowed = 'a string that is not empty';
    throw typeof value === 'object' ? refusalWithoutValue(property, allowed, fix) : refusal(property, value, allowed, fix);
  }
}

/** Each kind has additional rules. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
function checkPathSegment(property: string, name: string): void {
  if (!Token.isUnresolved(name) && !isPathSegment(name)) {
    const nearest = () => name.split(/[/%]+/).filter(Boolean).join('-').replace(/^\.\.?$/, '');
    throw refusal(property, name, 'a name that does not contain / or % and is not . or ..', suggestion(name, Infinity, nearest));
  }
}

/** An error for each object that a set defines twice. */
export function duplicates(objects: PlainObject[]): string[] {
  const identities = objects.map(knownIdentity);
  return objects.filter((_, i) => identities[i] !== undefined && identities.indexOf(identities[i]) < i)
    .map((object) => `${nameOfObject(object)} is already defined by this set: define it once`);
}

/** The identity of an object; undefined if a part of it is known only at deployment. */
export function knownIdentity(object: PlainObject): string | undefined {
  const known = identity({ ...address(object), apiVersion: `${object.apiVersion}` }); // a token can be an object
  return Token.isUnresolved(known) ? undefined : known;
}

/** The name of an object in messages. */
export const nameOfObject = (object: PlainObject): string => nameOf(address(object));

/** The address of an object that was checked. */
const address = (object: PlainObject) => object as unknown as ObjectAddress;
