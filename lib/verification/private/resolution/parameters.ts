import { excludedByPattern } from './allowed-patterns';
import { isInLimitedName, NOT_IN_LIMITED_NAMES } from './limited-names';
import { Scope } from './scope';
import { scalarText, Template } from '../assembly/template';
import { asciiWhere } from '../values/derived';
import { Resolved, ResolvedMap } from '../values/resolved';
import { splitText } from '../values/split';
import { Text } from '../values/text';
import { StoredAs, Unknown } from '../values/unknown';

/**
 * The types whose values CloudFormation parses, or compares with what is in the account. Names of key pairs and security groups can have any characters.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const CHECKED_TYPES = [
  'Number', 'AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id', 'AWS::EC2::SecurityGroup::Id', 'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id', 'AWS::EC2::Volume::Id', 'AWS::Route53::HostedZone::Id',
];

/** Characters of IDs, and of numbers in any notation. */
const NOT_IN_CHECKED_VALUES = asciiWhere((character) => !/[\w.+-]/.test(character));
const NOT_IN_LISTS = asciiWhere((character) => !/[\w.+, -]/.test(character));

/** `Ref` returns a value from Systems Manager. Defaults and constraints of such a parameter are about the name of that value. */
const FROM_SSM = 'AWS::SSM::Parameter::Value';

/**
 * The value of a parameter. The deployment can replace a default, unless the stack is nested.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(scope: Scope, name: string): Resolved {
  const { template } = scope;
  const parameter = template.body.Parameters[name] ?? {};
  const given = givenValue(scope, name) ?? onlyValue(parameter);
  const type = scalarText(parameter.Type);
  if (given === undefined || type.startsWith(FROM_SSM)) {
    return Text.unknown(new Unknown(`${template.id}/${name}`, {
      label: name,
      excludes: excludesOf(template, name, type, parameter),
      values: allowedValues(parameter),
      storedAs: type.startsWith(FROM_SSM) && !isOfAws(given, parameter)
        ? inParameterStore(given ?? nameInCode(name, parameter), type, `${template.id}/${name}`) : undefined,
      parameter: { name, isShown: scalarText(parameter.NoEcho) !== 'true' },
      assumption: template.parent || type.startsWith(FROM_SSM) ? undefined : `parameters: { ${name}: '…' }`,
    }));
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
  const { Properties: properties } = parent.template.body.Resources[parent.logicalId];
  const given = properties?.Parameters;
  if (hasFunction(properties) || hasFunction(given)) {
    return hasFunction(properties) ? undefined : orDefault(scope, name, outer.resolve(given));
  }
  return outer.resolve(Object.hasOwn(Object(given), name) ? given[name] : undefined, given) ?? scope.resolve(body.Parameters[name]?.Default);
}

/** A function, such as `Fn::If` or `Fn::Transform`, in place of parameters, or beside them. */
const hasFunction = (value: unknown): boolean => Object.keys(Object(value)).some((name) => name.startsWith('Fn::'));

/** Undefined if it is not known which parameters a function gives. */
const orDefault = (scope: Scope, name: string, given: Resolved): Resolved =>
  (given instanceof ResolvedMap ? given.get(name) ?? scope.resolve(scope.template.body.Parameters[name]?.Default) : undefined);

/** How the names of the parameters start that AWS writes. */
export const PARAMETERS_OF_AWS = '/aws/service/';

/**
 * Whether AWS writes the value, such as the ID of an image that aws-cdk looks up. A deployment is taken to keep such a default.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 */
const isOfAws = (given: Resolved, { Default: byDefault }: any): boolean => given === undefined && scalarText(byDefault).startsWith(PARAMETERS_OF_AWS);

/**
 * The name that the code of an app gives to `StringParameter.valueForStringParameter` of aws-cdk. A deployment is taken to keep it: the code does not know this parameter.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/get-ssm-value.html
 */
const nameInCode = (parameter: string, { Default: byDefault }: any): Resolved =>
  (/^SsmParameterValue\w*C96584B6F00A464EAD1953AFF4B05118Parameter$/.test(parameter) ? Text.of(scalarText(byDefault)) : undefined);

/** A deployment can name another value than the default. */
const inParameterStore = (given: Resolved, type: string, id: string): StoredAs => ({
  service: 'ssm',
  name: given instanceof Text ? given.parts : [new Unknown(`name of ${id}`, { label: `name of ${id}` })],
  isId: type.includes('AWS::EC2::'),
});

/** The value of a parameter with one allowed value. A list can repeat that value, so it is not known. */
function onlyValue({ AllowedValues: allowed, Type: type }: any): Text | undefined {
  return Array.isArray(allowed) && allowed.length === 1 && !isList(scalarText(type)) ? Text.of(scalarText(allowed[0])) : undefined;
}

/**
 * The only values of a text. Numbers can have several notations. A value with braces can be a dynamic reference, in whose place a resource gets another value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
function allowedValues({ AllowedValues: allowed, Type: type }: any): string[] | undefined {
  const values: unknown[] = type === 'String' && Array.isArray(allowed) ? allowed : [];
  const isPlain = values.length > 0 && values.every((value) => typeof value !== 'object' && !/[{}]/.test(String(value)));
  return isPlain ? [...new Set(values.map(String))] : undefined;
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

/** The characters that a value cannot have. */
function excludesOf(template: Template, name: string, type: string, { AllowedPattern: pattern, AllowedValues: allowed }: any): string {
  return excludedByLimits(type, pattern, allowed) + (isInLimitedName(template, name) ? NOT_IN_LIMITED_NAMES : '');
}

function excludedByLimits(type: string, pattern: unknown, allowed: unknown): string {
  if (type.startsWith(FROM_SSM)) {
    return '';
  }
  if (Array.isArray(allowed) && allowed.length > 0 && !isList(type)) {
    return withoutReferences(asciiWhere((character) => !allowed.some((value) => scalarText(value).includes(character))));
  }
  if (CHECKED_TYPES.includes(/^List<(.+)>$/.exec(type)?.[1] ?? type)) {
    return isList(type) ? NOT_IN_LISTS : NOT_IN_CHECKED_VALUES;
  }
  return type === 'String' && pattern !== undefined ? withoutReferences(excludedByPattern(scalarText(pattern))) : '';
}

/** A value with braces can be a dynamic reference, in whose place a resource gets another value. */
const withoutReferences = (excludes: string): string => (/[{}]/.test(excludes) ? excludes : '');
