import { Token } from 'aws-cdk-lib';
import { refusal, refusalWithoutValue } from './errors';
import { isSubdomain } from './kubernetes-names';
import { suggestion } from './suggestion';

const NAME = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
const NAME_IN_WORDS = '63 letters, digits, hyphens, underscores and dots that begin and end with a letter or digit';
const MOST_BYTES_OF_ANNOTATIONS = 256 * 1024;

interface Texts { readonly [key: string]: string }

/**
 * Refuses labels that Kubernetes does not accept. Tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkLabels(property: string, labels: Texts = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    checkLabelKey(`a key of ${property}`, key);
    checkLabelValue(`${property}['${key}']`, value);
  }
}

/** Refuses a key that is not valid for a label or taint. Tokens pass. */
export function checkLabelKey(property: string, key: string): void {
  if (!Token.isUnresolved(key) && !isKey(key)) {
    throw refusalOfKey(property, key);
  }
}

/** Refuses a value that is not valid for a label or taint. Tokens pass. */
export function checkLabelValue(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !(typeof value === 'string' && (value === '' || isName(value)))) {
    throw refusal(property, value, `an empty string or 1 to ${NAME_IN_WORDS}`, suggestion(`${value}`, 63, () => validPart(`${value}`)));
  }
}

/**
 * Refuses annotations that Kubernetes does not accept. Tokens pass. Unlike in labels, the prefix of a key can have uppercase letters.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export function checkAnnotations(property: string, annotations: Texts = {}): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (!Token.isUnresolved(key) && !isKey(key.toLowerCase())) {
      throw refusalOfKey(`a key of ${property}`, key);
    }
    if (!Token.isUnresolved(value) && typeof value !== 'string') {
      throw refusalWithoutValue(`${property}['${key}']`, 'a string', 'convert it with String or JSON.stringify');
    }
  }
  const known = Object.entries(annotations).flat().filter((text) => !Token.isUnresolved(text));
  const bytes = known.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_BYTES_OF_ANNOTATIONS) {
    throw refusal(`the size of ${property}`, bytes, `at most ${MOST_BYTES_OF_ANNOTATIONS} bytes, keys and values together`, 'store large data in a ConfigMap');
  }
}

function isKey(key: string): boolean {
  const [name, prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && isName(name) && (prefix === undefined || isSubdomain(prefix));
}

const isName = (text: string) => text.length <= 63 && NAME.test(text);

const validPart = (text: string) => /[A-Za-z0-9](.*[A-Za-z0-9])?/.exec(text.replace(/[^-_.A-Za-z0-9]+/g, '-'))?.[0] ?? '';

function refusalOfKey(property: string, key: string): Error {
  return refusal(property, key, `1 to ${NAME_IN_WORDS}, optionally after an RFC 1123 subdomain and a slash`, 'for example "team" or "example.com/team"');
}
