import { Intrinsic, entriesOf, isIntrinsic, typeOf } from '../../private/intrinsics';
import type { InTemplate, ObjectDocument, PlacedValue } from '../contract/object-document';

type Values = InTemplate<PlacedValue>[];

/**
 * An object in the properties of the custom resource. CloudFormation would insert a value into the JSON without escaping its quotes, so
 * every leaf with a token is separate from the JSON.
 *
 * @param object the object, resolved with `allowIntrinsicKeys`.
 */
export function objectDocument(object: unknown): string | InTemplate<ObjectDocument> {
  const { Json, Values } = documentOf(object) as { Json: string; Values?: Values };
  return Values ? { Json, Values } : Json;
}

/** A document. CloudFormation still evaluates `Fn::If` and `AWS::NoValue` in it. */
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

/** The value with `null` in each place that only the deployment can fill. The tokens for these places are added to `values`. */
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
  for (const [key, item] of entriesOf(value).sort(byKey)) {
    if (typeof key === 'string' && !isDynamicReference(key)) {
      known.push([key, withoutTokens(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, values)]);
    } else {
      values.push({ Path: path, Key: key, Document: documentOf(item) });
    }
  }
  return Object.fromEntries(known);
}

/** The maps of a Java program can have another order in each run, which would be another template. */
function byKey([one]: [unknown, unknown], [other]: [unknown, unknown]): number {
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}

function placed(value: Intrinsic): Omit<InTemplate<PlacedValue>, 'Path'> {
  if (typeOf(value) === 'number') {
    return { Number: value };
  }
  return value['Fn::If']?.slice(1).some(isStructure) ? { Document: documentOf(value) } : { Value: value };
}

/** Whether a branch is not only a string: CloudFormation would convert the numbers and booleans in it to strings. */
function isStructure(branch: unknown): boolean {
  if (!isIntrinsic(branch)) {
    return typeof branch !== 'string';
  }
  return branch['Fn::If']?.slice(1).some(isStructure) ?? typeOf(branch) === 'number';
}

/** CloudFormation inserts its value without escaping it. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const isDynamicReference = (value: unknown) => typeof value === 'string' && value.includes('{{resolve:');
