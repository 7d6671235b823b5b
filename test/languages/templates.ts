import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** The templates and lists of assets, whose hashes are in them. Other files have the paths of the machine and the traces of the language. */
const COMPARED = /\.(template|assets)\.json$/;

/** What differs in the templates and assets of two cloud assemblies: a line for each value. */
export function templateDifferences(expected: string, actual: string): string[] {
  const files = new Set([expected, actual].flatMap((folder) => readdirSync(folder)).filter((file) => COMPARED.test(file)));
  return [...files].flatMap((file) => valueDifferences(file, contentOf(join(expected, file)), contentOf(join(actual, file))));
}

const contentOf = (path: string): unknown => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

function valueDifferences(place: string, expected: unknown, actual: unknown): string[] {
  if (isDeepStrictEqual(expected, actual)) {
    return [];
  }
  if (!isContainer(expected) || !isContainer(actual)) {
    return [`${place} is ${asText(actual)} instead of ${asText(expected)}`];
  }
  const keys = new Set([expected, actual].flatMap(Object.keys));
  return [...keys].flatMap((key) => valueDifferences(`${place} ${key}`, expected[key], actual[key]));
}

const isContainer = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null;

const asText = (value: unknown) => (value === undefined ? 'missing' : JSON.stringify(value));
