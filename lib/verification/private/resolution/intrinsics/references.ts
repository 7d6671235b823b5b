import { MalformedIntrinsic, listArgument, literalArgument } from './malformed';
import { outputOf } from './stack-outputs';
import { isObject } from '../../assembly/template';
import { derived } from '../../values/derived';
import { Resolved, valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { parameterValue } from '../parameters';
import { pseudoParameter } from '../pseudo-parameters';
import { attributeValue, referenceValue } from '../resource-values';
import { Scope } from '../scope';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html */
export function ref(scope: Scope, argument: unknown): Resolved {
  const name = literalArgument(argument);
  const pseudo = pseudoParameter(scope, name);
  if (pseudo) {
    return pseudo.value;
  }
  const { Parameters, Resources } = scope.template.body;
  if (Parameters[name]) {
    return scope.once(`the parameter ${name}`, () => parameterValue(scope, name));
  }
  if (Resources[name]) {
    return scope.once(`the reference to ${name}`, () => referenceValue(scope, name));
  }
  throw new MalformedIntrinsic(`names ${name}, which is neither a parameter nor a resource of the template`);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html */
export function attribute(scope: Scope, argument: unknown): Resolved {
  const [logicalId, attributeName] = typeof argument === 'string' ? dotted(argument) : listArgument(argument, 2);
  const resource = scope.template.body.Resources[literalArgument(logicalId)];
  if (!resource) {
    throw new MalformedIntrinsic(`names ${logicalId}, which is not a resource of the template`);
  }
  const name = scope.text(attributeName);
  if (name.literal === undefined) {
    return derived('Fn::GetAtt', [Text.of(`${scope.template.id}/${logicalId}`), name]);
  }
  const nested = scope.assembly.nestedIn(scope.template, logicalId);
  return nested && name.literal.startsWith('Outputs.')
    ? outputOf(scope.in(nested), name.literal.slice('Outputs.'.length))
    : scope.once(`${logicalId}.${name.literal}`, () => attributeValue(scope, logicalId, name.literal!));
}

function dotted(text: string): [string, string] {
  const i = text.indexOf('.');
  if (i < 0) {
    throw new MalformedIntrinsic('must name a resource and an attribute');
  }
  return [text.slice(0, i), text.slice(i + 1)];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html */
export function findInMap(scope: Scope, argument: unknown): Resolved {
  const [map, first, second, options] = listArgument(argument, 3, 4);
  const keys = [map, first, second].map((key) => scope.text(key));
  const candidates = keys.reduce<unknown[]>((values, key) => values.flatMap((value) => below(value, key)), [scope.template.body.Mappings]);
  const isKnown = keys.every(({ literal }) => literal !== undefined);
  const fallback = isObject(options) && 'DefaultValue' in options ? [options.DefaultValue] : [];
  if (isKnown && candidates.length + fallback.length === 0) {
    throw new MalformedIntrinsic(`finds nothing under ${keys.map(({ literal }) => literal).join(', ')}`);
  }
  const values = (isKnown && candidates.length > 0 ? candidates : [...candidates, ...fallback]).map((value) => scope.resolve(value));
  return new Set(values.map(valueKey)).size === 1
    ? values[0]
    : derived('Fn::FindInMap', [Text.of(scope.template.id), ...keys, ...values], { label: `Fn::FindInMap ${keys.join(' ')}` });
}

/**
 * The values that a key can lead to: those of all keys that it can be, if it is not known, and what a macro adds, if the map does not have it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
function below(value: unknown, { literal, values }: Text): unknown[] {
  if (!isObject(value)) {
    return [];
  }
  const [added, own] = [true, false].map((isAdded) => Object.entries(value).filter(([name]) => name.startsWith('Fn::') === isAdded));
  const found = own.filter(([name]) => (literal === undefined ? values?.includes(name) ?? true : name === literal)).map(([, item]) => item);
  return literal !== undefined && found.length > 0 ? found : [...found, ...added.map(([name, argument]) => ({ [name]: argument }))];
}
