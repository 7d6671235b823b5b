import { Intrinsic, entriesOf, isIntrinsic, typeOf } from '../../private/intrinsics';
import type { InTemplate, ObjectDocument, PlacedValue } from '../contract/object-document';

type Values = InTemplate<PlacedValue>[];

/**
 * An object for the function. CloudFormation would paste a value into the JSON as it is, quotes and all, so that every leaf with a token
 * travels beside it.
 *
 * @param object the object, resolved with `allowIntrinsicKeys`.
 */
export function objectDocument(object: unknown): string | InTemplate<ObjectDocument> {
  const { Json, Values } = documentOf(object) as { Json: string; Values?: Values };
  return Values ? { Json, Values } : Json;
}

/** A document; `Fn::If` and `AWS::NoValue` stay what CloudFormation chooses by. */
function documentOf(value: unknown): unknown {
  if (isIntrinsic(value)) {
    if (value['Fn::If']) {
      const [condition, ...branches] = value['Fn::If'];
      return { 'Fn::If': [condition, ...branches.map(documentOf)] };
    }
    if (value.Ref === 'AWS::NoValue') {
      return value;
    }
  }
  const values: Values = [];
  const json = JSON.stringify(withoutTokens(value, '', values));
  return { Json: json, ...values.length > 0 && { Values: values } };
}

/** The value with `null` in each place that only the deployment can fill; `values` gets what goes there. */
function withoutTokens(value: unknown, path: string, values: Values): unknown {
  if (isIntrinsic(value)) {
    values.push({ Path: path, ...placed(value) });
    return null;
  }
  if (isDynamicReference(value)) {
    values.push({ Path: path, Value: value });
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => withoutTokens(item, `${path}/${i}`, values));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const known: [string, unknown][] = [];
  for (const [key, item] of entriesOf(value)) {
    if (typeof key === 'string' && !isDynamicReference(key)) {
      known.push([key, withoutTokens(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, values)]);
    } else {
      values.push({ Path: path, Key: key, Document: documentOf(item) });
    }
  }
  return Object.fromEntries(known);
}

function placed(value: Intrinsic): Omit<InTemplate<PlacedValue>, 'Path'> {
  if (typeOf(value) === 'number') {
    return { Number: value };
  }
  return value['Fn::If']?.slice(1).some(isStructure) ? { Document: documentOf(value) } : { Value: value };
}

/** Whether a branch is more than a string: CloudFormation would turn the numbers and booleans in it into strings. */
function isStructure(branch: unknown): boolean {
  if (!isIntrinsic(branch)) {
    return typeof branch !== 'string';
  }
  return branch['Fn::If']?.slice(1).some(isStructure) ?? typeOf(branch) === 'number';
}

/** CloudFormation puts in what stands for it without any escape. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const isDynamicReference = (value: unknown) => typeof value === 'string' && value.includes('{{resolve:');
