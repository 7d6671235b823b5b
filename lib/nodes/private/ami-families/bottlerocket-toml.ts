import { Token } from 'aws-cdk-lib';
import { stepTo } from '../../../private/completed-text';
import { refusalWithoutValue } from '../../../private/errors';
import { Escapes, IN_QUOTES } from '../../../private/escapes';

/**
 * In a value that Amazon EKS reads. It cannot read `\"`, and its documentation does not say whether the string ends there or whether the
 * quote is written unescaped into the user data of the node. So a quote becomes an escape sequence that is invalid in TOML, and a backslash
 * never precedes the quote that ends the string.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 * @see https://toml.io/en/v1.0.0#string
 */
export const IN_TOML_OF_EKS: Escapes = IN_QUOTES.map(([character, written]) => [character, { '"': '\\q', '\\': '\\u005c' }[character] ?? written]);

/** Refuses null, which TOML does not have. */
export function refuseNull(property: string, value: unknown): void {
  if (value === null) {
    throw refusalWithoutValue(property, 'omitted instead of null', 'TOML has no null');
  }
  if (Array.isArray(value)) {
    value.forEach((item, i) => refuseNull(`${property}[${i}]`, item));
  } else if (isTable(value) && !Token.isUnresolved(value)) {
    Object.entries(value).forEach(([key, item]) => refuseNull(`${property}${stepTo(key)}`, item));
  }
}

/**
 * Refuses settings that are valid TOML but that Amazon EKS cannot merge with its own settings.
 *
 * @param value the settings. Tokens must already be strings.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function checkTomlOfEks(property: string, value: unknown): void {
  if (typeof value === 'string' && value.includes('"')) {
    throw refusalWithoutValue(property, 'without double quotes',
      'Amazon EKS cannot read them in a value; use a setting with an encoded value, such as the user data of a host container');
  }
  if (Array.isArray(value)) {
    checkItems(property, value);
  } else if (isTable(value)) {
    Object.entries(value).forEach(([key, item]) => checkSetting(`${property}${stepTo(key)}`, key, item));
  }
}

function checkSetting(property: string, key: string, value: unknown): void {
  if (key.includes('"')) {
    throw refusalWithoutValue(property, 'under a key without double quotes', 'Amazon EKS cannot read them');
  }
  // the table header would have the key in quotes
  if (isTable(value) && !/^[-\w]+$/.test(key)) {
    throw refusalWithoutValue(property, 'under a key of letters, digits, hyphens and underscores, because it contains settings', 'Amazon EKS cannot read other keys');
  }
  checkTomlOfEks(property, value);
}

function checkItems(property: string, items: unknown[]): void {
  const kinds = new Set(items.map((item) => (typeof item !== 'number' ? typeof item : Number.isInteger(item) ? 'integer' : 'float')));
  if (kinds.size > 1) {
    throw refusalWithoutValue(property, 'a list of one type', 'Amazon EKS cannot read mixed types, such as integers and decimals');
  }
  items.forEach((item, i) => checkTomlOfEks(`${property}[${i}]`, item));
}

const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
