import type { ObjectDocument, PlacedValue } from '../../contract/object-document';

type Container = { [key: string]: unknown } | unknown[];

/**
 * The object that a document represents, including its values.
 *
 * @throws an error without the values, which might be secret.
 */
export function completed({ Json, Values = [] }: ObjectDocument): unknown {
  const root = { '': parsed(Json) };
  const removed: Place[] = [];
  for (const entry of Values) {
    const value = placedContent(entry);
    if (entry.Key !== undefined) {
      if (value !== undefined) {
        put(newPlaceOf(root, entry.Path, entry.Key), value);
      }
    } else if (value === undefined) {
      removed.push(emptyPlaceOf(root, entry.Path));
    } else {
      put(emptyPlaceOf(root, entry.Path), value);
    }
  }
  removed.reverse().forEach(remove); // from the end of a list, so that the indexes before it do not change
  return root[''];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('it must be JSON'); // the message of JSON.parse contains a part of the text
  }
}

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const MISFIT = 'a value does not match its place in the object';

interface Place { readonly container: Container; readonly key: string }

/** Follows a JSON pointer to the container of its last part. */
function placeOf(root: Container, pointer: string): Place {
  const keys = pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const container = keys.slice(0, -1).reduce(child, root);
  return { container, key: keys[keys.length - 1] };
}

/** The JSON has null in the place of a value. */
function emptyPlaceOf(root: Container, pointer: string): Place {
  const place = placeOf(root, pointer);
  if ((place.container as { [key: string]: unknown })[place.key] !== null) {
    throw new Error(MISFIT);
  }
  return place;
}

function newPlaceOf(root: Container, pointer: string, key: string): Place {
  const { container, key: last } = placeOf(root, pointer);
  const map = child(container, last);
  if (Object.hasOwn(map, key)) {
    throw new Error(`the map at ${pointer} has the same key twice, because one key is known only at deployment: use different keys`);
  }
  return { container: map, key };
}

function child(container: Container, key: string): Container {
  const value = (container as { [key: string]: unknown })[key];
  if (!Object.hasOwn(container, key) || typeof value !== 'object' || value === null) {
    throw new Error(MISFIT);
  }
  return value as Container;
}

function placedContent({ Path, Value, Number: digits, Document }: PlacedValue): unknown {
  if (digits !== undefined) {
    if (!DECIMAL.test(digits) || !Number.isFinite(Number(digits))) {
      throw new Error(`${Path} must be a finite number`);
    }
    return Number(digits);
  }
  if (Value !== undefined && ![Value].flat().every((item) => typeof item === 'string')) {
    throw new Error(MISFIT);
  }
  return Document ? completed(Document) : Value;
}

/** Treats `__proto__` like any other key. */
function put({ container, key }: Place, value: unknown): void {
  Object.defineProperty(container, key, { value, configurable: true, enumerable: true, writable: true });
}

function remove({ container, key }: Place): void {
  if (Array.isArray(container)) {
    container.splice(Number(key), 1);
  } else {
    delete container[key];
  }
}
