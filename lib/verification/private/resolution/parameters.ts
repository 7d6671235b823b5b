import { Scope } from './scope';
import { scalarText } from '../assembly/template';
import { asciiWhere } from '../values/derived';
import { Resolved } from '../values/resolved';
import { splitText } from '../values/split';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** Characters of numbers, in any notation. */
const NOT_IN_NUMBERS = asciiWhere((character) => !/[\w.+-]/.test(character));

/** `Ref` returns a value from Systems Manager. Defaults and constraints of such a parameter are about the name of that value. */
const FROM_SSM = 'AWS::SSM::Parameter::Value';

/**
 * The value of a parameter. The deployment can replace a default, unless the stack is nested.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(scope: Scope, name: string): Resolved {
  const parameter = scope.template.body.Parameters[name] ?? {};
  const given = givenValue(scope, name) ?? onlyValue(parameter);
  const type = scalarText(parameter.Type);
  if (given === undefined || type.startsWith(FROM_SSM)) {
    return Text.unknown(new Unknown(`${scope.template.id}/${name}`, { label: name, excludes: excludesOf(type, parameter) }));
  }
  return given instanceof Text && isList(type) ? listItems(given) : given;
}

/** What the parent of a nested stack gives, or what is assumed. */
function givenValue(scope: Scope, name: string): Resolved {
  const { parent, body } = scope.template;
  if (!parent) {
    return Object.hasOwn(scope.parameters, name) ? Text.of(scope.parameters[name]) : undefined;
  }
  const outer = scope.in(parent.template);
  const { Parameters: given } = parent.template.body.Resources[parent.logicalId].Properties ?? {};
  return outer.resolve(Object.hasOwn(Object(given), name) ? given[name] : undefined) ?? scope.resolve(body.Parameters[name]?.Default);
}

/** The value of a parameter with one allowed value. A list can repeat that value, so it is not known. */
function onlyValue({ AllowedValues: allowed, Type: type }: any): Text | undefined {
  return Array.isArray(allowed) && allowed.length === 1 && !isList(scalarText(type)) ? Text.of(scalarText(allowed[0])) : undefined;
}

const isList = (type: string) => type === 'CommaDelimitedList' || type.startsWith('List<');

/** CloudFormation removes the spaces around the items. */
function listItems(text: Text): Resolved {
  if (text.literal === '') {
    return [];
  }
  const { known, isComplete } = splitText(text, ',');
  const items = known.map(({ literal, unknowns }) => (literal === undefined ? unknowns.length : Text.of(literal.trim())));
  return isComplete && items.every((item) => item instanceof Text) ? items : text;
}

/** The characters that a value cannot have. Patterns count if they are one class of characters: they must match the whole value. */
function excludesOf(type: string, { AllowedPattern: pattern, AllowedValues: allowed }: any): string {
  if (type.startsWith(FROM_SSM)) {
    return '';
  }
  if (Array.isArray(allowed) && allowed.length > 0 && !isList(type)) {
    return asciiWhere((character) => !allowed.some((value) => scalarText(value).includes(character)));
  }
  if (type === 'Number') {
    return NOT_IN_NUMBERS;
  }
  const [, characters] = /^\^?\[([\w .@/:=+,-]+)\](?:[*+]|\{[\d,]+\})\$?$/.exec(type === 'String' ? scalarText(pattern) : '') ?? [];
  return characters === undefined ? '' : asciiOutside(characters);
}

/** None, if the class of characters is not valid, such as `z-a`. */
function asciiOutside(characters: string): string {
  try {
    const pattern = new RegExp(`[${characters}]`);
    return asciiWhere((character) => !pattern.test(character));
  } catch {
    return '';
  }
}
