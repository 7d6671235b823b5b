import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/**
 * Refuses settings whose TOML Amazon EKS cannot merge with its own, although it is valid.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function checkTomlOfEks(property: string, value: unknown): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (typeof value === 'string' && value.includes('"')) {
    throw refusal(property, value, 'without double quotes', 'Amazon EKS cannot read them in a value; encode it, as settings of host containers are');
  }
  if (Array.isArray(value)) {
    checkItems(property, value);
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, item]) => checkSetting(property, key, item));
  }
}

function checkSetting(property: string, key: string, value: unknown): void {
  const path = `${property}.${key}`;
  if (key.includes('"')) {
    throw refusal(`a key of ${property}`, key, 'without double quotes', 'Amazon EKS cannot read them');
  }
  // its header would have the key in quotes
  if (isTable(value) && !/^[-\w]+$/.test(key)) {
    throw refusal(`a key of ${property}`, key, 'of letters, digits, hyphens and underscores, since it holds settings', 'Amazon EKS cannot read others');
  }
  checkTomlOfEks(path, value);
}

function checkItems(property: string, items: unknown[]): void {
  const kinds = new Set(items.map((item) => (typeof item !== 'number' ? typeof item : Number.isInteger(item) ? 'integer' : 'float')));
  if (kinds.size > 1) {
    throw refusal(property, items, 'a list of one kind', 'Amazon EKS cannot read a mix, such as of whole numbers and fractions');
  }
  items.forEach((item, i) => checkTomlOfEks(`${property}[${i}]`, item));
}

const isTable = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
