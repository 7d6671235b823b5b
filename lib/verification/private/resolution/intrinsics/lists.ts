import { MalformedIntrinsic, listArgument, literalArgument } from './malformed';
import { isObject } from '../../assembly/template';
import { asciiWhere, derived, excludedBy } from '../../values/derived';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { Scope } from '../scope';

export function split(scope: Scope, argument: unknown): Resolved {
  const { known, isComplete, text, separator } = piecesOf(scope, argument);
  return isComplete ? [...known] : unknownPieces(text, separator);
}

function piecesOf(scope: Scope, argument: unknown) {
  const [delimiter, source] = listArgument(argument, 2);
  const separator = literalArgument(delimiter);
  if (separator === '') {
    throw new MalformedIntrinsic('must have a delimiter that is not empty');
  }
  const text = scope.text(source);
  return { ...splitText(text, separator), text, separator };
}

/** A list that is not known. Its items have no other characters than the text. */
const unknownPieces = (text: Text, separator: string) =>
  derived('Fn::Split', [Text.of(separator), text], { excludes: excludedBy(text) + (separator.length === 1 ? separator : '') });

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html */
export function select(scope: Scope, argument: unknown): Resolved {
  const [position, source] = listArgument(argument, 2);
  const index = scope.text(position);
  const list = isObject(source) && Object.keys(source).join() === 'Fn::Split' ? selectable(scope, source['Fn::Split']) : selectableList(scope.resolve(source));
  const i = /^\d+$/.test(index.literal ?? '') ? Number(index.literal) : undefined;
  refuseMissingItems(scope, Array.isArray(source) && i !== undefined ? source.slice(0, i + 1) : source);
  if (index.literal !== undefined && (i === undefined || (list.isComplete && i >= list.known.length))) {
    throw new MalformedIntrinsic(`selects index ${index.literal}, which is not in the list`);
  }
  if (i !== undefined && i < list.known.length) {
    return list.known[i];
  }
  const value = list.whole();
  return derived('Fn::Select', [index, value], { excludes: value instanceof Text ? excludedBy(value) : '' });
}

/** CloudFormation does not document how it counts items that are `AWS::NoValue`. */
function refuseMissingItems(scope: Scope, list: unknown): void {
  if (hasMissingItems(scope, list)) {
    throw new MalformedIntrinsic('has AWS::NoValue in its list, and CloudFormation does not document whether that counts as an item');
  }
}

const hasMissingItems = (scope: Scope, list: unknown): boolean => (Array.isArray(list)
  ? list.some((item) => scope.resolve(item) === undefined)
  : isObject(list) && Array.isArray(list['Fn::If']) && list['Fn::If'].slice(1).some((branch) => hasMissingItems(scope, branch)));

/** The items of a list, as far as they are known, and the whole list. */
interface Selectable { readonly known: readonly Resolved[]; readonly isComplete: boolean; whole(): Resolved }

function selectable(scope: Scope, argument: unknown): Selectable {
  const { known, isComplete, text, separator } = piecesOf(scope, argument);
  return { known, isComplete, whole: () => unknownPieces(text, separator) };
}

const selectableList = (value: Resolved): Selectable =>
  ({ known: Array.isArray(value) ? value : [], isComplete: Array.isArray(value), whole: () => value });

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html */
export function length(scope: Scope, argument: unknown): Resolved {
  refuseMissingItems(scope, argument);
  const value = scope.resolve(argument);
  if (Array.isArray(value)) {
    return Text.of(String(value.length));
  }
  return derived('Fn::Length', [value instanceof ResolvedMap ? scope.fresh('object') : value], { excludes: asciiWhere((character) => !/\d/.test(character)) });
}

/**
 * The Availability Zones, which differ between accounts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
export function zones(scope: Scope, argument: unknown): Resolved {
  const region = scope.resolve(argument);
  return derived('Fn::GetAZs', [Text.of(scope.template.environment), region], { excludes: '/:*?"\\$', label: 'Fn::GetAZs' });
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html */
export function cidr(scope: Scope, argument: unknown): Resolved {
  const values = listArgument(argument, 2, 3).map((value) => scope.resolve(value));
  return derived('Fn::Cidr', values, { excludes: '*?"\\$' });
}
