import { Token } from 'aws-cdk-lib';
import { refusal, refusalWithoutValue } from './errors';
import { isSubdomain } from './kubernetes-names';
import { suggestion } from './suggestion';

const NAME = /^[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
const NAME_IN_WORDS = '63 letters, digits, hyphens, underscores and dots, with a letter or digit first and last';
const MOST_BYTES_OF_ANNOTATIONS = 256 * 1024;

interface Texts { readonly [key: string]: string }

/**
 * Refuses labels that Kubernetes does not take; tokens pass.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkLabels(property: string, labels: Texts = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    checkLabelKey(`a key of ${property}`, key);
    checkLabelValue(`${property}['${key}']`, value);
  }
}

/** Refuses what is not the key of a label, nor of a taint; tokens pass. */
export function checkLabelKey(property: string, key: string): void {
  if (!Token.isUnresolved(key) && !isKey(key)) {
    throw refusalOfKey(property, key);
  }
}

/** Refuses what is not the value of a label, nor of a taint; tokens pass. */
export function checkLabelValue(property: string, value: string): void {
  if (!Token.isUnresolved(value) && !(typeof value === 'string' && (value === '' || isName(value)))) {
    throw refusal(property, value, `a text that is empty or of 1 to ${NAME_IN_WORDS}`, suggestion(`${value}`, 63, nearestName(`${value}`)));
  }
}

/**
 * Refuses annotations that Kubernetes does not take; tokens pass. Other than in labels, the prefix of a key may have capital letters.
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
    throw refusal(`the size of ${property}`, bytes, `at most ${MOST_BYTES_OF_ANNOTATIONS} bytes, keys and values together`, 'put large data into a ConfigMap');
  }
}

function isKey(key: string): boolean {
  const [name, prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && isName(name) && (prefix === undefined || isSubdomain(prefix));
}

const isName = (text: string) => text.length <= 63 && NAME.test(text);

const nearestName = (text: string) => /[A-Za-z0-9](.*[A-Za-z0-9])?/.exec(text.replace(/[^-_.A-Za-z0-9]+/g, '-'))?.[0] ?? '';

function refusalOfKey(property: string, key: string): Error {
  return refusal(property, key, `1 to ${NAME_IN_WORDS}, or an RFC 1123 subdomain, a slash and such a name`, 'for example "team" or "example.com/team"');
}
