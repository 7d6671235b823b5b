import { MalformedIntrinsic, listArgument, literalArgument } from './malformed';
import { isObject } from '../../assembly/template';
import { asciiWhere, derived, excludedBy } from '../../values/derived';
import { replaced } from '../../values/replaced';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { Scope } from '../scope';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html */
export function join(scope: Scope, argument: unknown): Resolved {
  const [delimiter, list] = listArgument(argument, 2);
  const separator = literalArgument(delimiter);
  const texts = scope.resolve(list);
  if (Array.isArray(texts) && texts.every((text) => text instanceof Text)) {
    return Text.join(texts, separator);
  }
  // the items of an unknown list have no other characters than the list
  const excludes = texts instanceof Text ? excludedBy(Text.join([texts, Text.of(separator)])) : '';
  return replacement(scope, separator, list) ?? derived('Fn::Join', [Text.of(separator), texts], { excludes });
}

/** A text that is joined after it was split at another text: a replacement, with which templates escape values. */
function replacement(scope: Scope, written: string, list: any): Text | undefined {
  const split = isObject(list) && Object.keys(list).length === 1 ? list['Fn::Split'] : undefined;
  return Array.isArray(split) && split.length === 2 && typeof split[0] === 'string' && split[0].length === 1
    ? replaced(scope.text(split[1]), split[0], written)
    : undefined;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html */
export function sub(scope: Scope, argument: unknown): Resolved {
  const [body, variables] = typeof argument === 'string' ? [argument, {}] : listArgument(argument, 2);
  if (!isObject(variables)) {
    throw new MalformedIntrinsic('must have an object of variables');
  }
  const pieces = literalArgument(body).split(/(\$\{[^}]*\})/);
  return Text.join(pieces.map((piece, i) => (i % 2 === 0 ? Text.of(piece) : substituted(scope, piece.slice(2, -1), variables))));
}

function substituted(scope: Scope, name: string, variables: { [name: string]: unknown }): Text {
  if (name.startsWith('!')) {
    return Text.of(`\${${name.slice(1)}}`);
  }
  if (Object.hasOwn(variables, name)) {
    return scope.text(variables[name]);
  }
  return scope.text(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html */
export function base64(scope: Scope, argument: unknown): Resolved {
  const text = scope.text(argument);
  return text.literal === undefined
    ? derived('Fn::Base64', [text], { excludes: asciiWhere((character) => !/[A-Za-z0-9+/=]/.test(character)), encodes: text.parts })
    : Text.of(Buffer.from(text.literal).toString('base64'));
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html */
export function toJsonString(scope: Scope, argument: unknown): Resolved {
  const value = scope.resolve(argument);
  return jsonText(value, argument);
}

/**
 * Numbers and booleans keep their type, which is known where they are literals of the template.
 */
function jsonText(value: Resolved, source: any): Text {
  if (value instanceof Text) {
    const isScalar = typeof source === 'number' || typeof source === 'boolean';
    return isScalar ? value : jsonString(value);
  }
  if (Array.isArray(value)) {
    const sources = Array.isArray(source) && source.length === value.length ? source : [];
    return Text.join([Text.of('['), Text.join(value.map((item, i) => jsonText(item, sources[i])), ','), Text.of(']')]);
  }
  if (value instanceof ResolvedMap) {
    const members = value.entries.map(([key, item]) => Text.join([jsonString(key), jsonText(item, isObject(source) ? source[key.literal ?? ''] : undefined)], ':'));
    return Text.join([Text.of('{'), Text.join(members, ','), Text.of('}')]);
  }
  return Text.of('null');
}

function jsonString(text: Text): Text {
  const parts = text.parts.map((part) => (typeof part === 'string'
    ? Text.of(JSON.stringify(part).slice(1, -1))
    : replaced(replaced(Text.unknown(part), '\\', '\\\\'), '"', '\\"')));
  return Text.join([Text.of('"'), ...parts, Text.of('"')]);
}
