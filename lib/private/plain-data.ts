import { Token } from 'aws-cdk-lib';
import { stepTo } from './completed-text';
import { refusalWithoutValue } from './errors';

/**
 * Refuses what JSON does not have, and would drop or change without an error. Tokens pass, and so does undefined, which is left out.
 *
 * @param place where the value is; no value is shown, because it may be secret.
 */
export function checkPlainData(place: string, value: unknown): void {
  checkValue(place, value, []);
}

function checkValue(place: string, value: unknown, around: readonly object[]): void {
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
    checkStructure(place, value, around);
  } else if (typeof value === 'number' && !Number.isFinite(value)) {
    throw refusalWithoutValue(place, 'a finite number', `JSON does not have ${value}`);
  } else if (['bigint', 'function', 'symbol'].includes(typeof value)) {
    throw notPlain(place, `a ${typeof value}`);
  }
}

function checkStructure(place: string, value: object, around: readonly object[]): void {
  if (around.includes(value)) {
    throw refusalWithoutValue(place, 'plain data', 'it contains itself');
  }
  if (Array.isArray(value)) {
    value.forEach((item, i) => checkValue(`${place}[${i}]`, item, [...around, value]));
    return;
  }
  if (!isMap(value)) {
    throw notPlain(place, `an instance of ${value.constructor?.name}`);
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') { // where the CDK resolves tokens, it would become the prototype
      throw refusalWithoutValue(`${place}.__proto__`, 'omitted', 'JavaScript would drop the key');
    }
    checkValue(`${place}${Token.isUnresolved(key) ? '[<token>]' : stepTo(key)}`, item, [...around, value]);
  }
}

/** Not by its constructor: a map can come from another realm, such as that of a test. */
function isMap(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function notPlain(place: string, what: string): Error {
  return refusalWithoutValue(place, 'a string, number, boolean, null, list or map', `it is ${what}; convert it to one of these`);
}
