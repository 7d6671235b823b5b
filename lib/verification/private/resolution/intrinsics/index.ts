import { cidr, length, select, split, zones } from './lists';
import { MalformedIntrinsic, listArgument, literalArgument } from './malformed';
import { attribute, findInMap, ref } from './references';
import { imported, published } from './stack-outputs';
import { base64, join, sub, toJsonString } from './texts';
import { derived } from '../../values/derived';
import { Resolved, valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { Scope } from '../scope';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const FUNCTIONS: { readonly [name: string]: (scope: Scope, argument: any) => Resolved } = {
  'Ref': ref,
  'Fn::GetAtt': attribute,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': imported,
  'Fn::GetStackOutput': published,
  'Fn::If': choice,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Base64': base64,
  'Fn::ToJsonString': toJsonString,
  'Fn::Length': length,
  'Fn::GetAZs': zones,
  'Fn::Cidr': cidr,
};

/** How an object of a template is resolved if it is an intrinsic function, or a part of one. */
export function intrinsicOf(value: object): ((scope: Scope) => Resolved) | undefined {
  const keys = Object.keys(value);
  const [name, argument] = Object.entries(value).find(([key]) => key === 'Ref' || key.startsWith('Fn::')) ?? [];
  if (name === undefined || (name === 'Ref' && keys.length > 1)) {
    return undefined;
  }
  const resolve = Object.hasOwn(FUNCTIONS, name) && keys.length === 1 ? FUNCTIONS[name] : undefined;
  return (scope) => {
    try {
      return resolve ? resolve(scope, argument) : unread(scope, value, name, 'is not resolved');
    } catch (error) {
      if (error instanceof MalformedIntrinsic) {
        return unread(scope, value, name, error.message);
      }
      throw error;
    }
  };
}

function choice(scope: Scope, argument: any): Resolved {
  const [name, whenMet, otherwise] = listArgument(argument, 3);
  const condition = literalArgument(name);
  const truth = scope.condition(condition);
  if (truth !== 'unknown') {
    return scope.resolve(truth === 'yes' ? whenMet : otherwise);
  }
  const branches = [scope.resolve(whenMet), scope.resolve(otherwise)];
  return valueKey(branches[0]) === valueKey(branches[1])
    ? branches[0]
    : derived('Fn::If', [Text.of(`${scope.template.id}/${condition}`), ...branches], { label: `condition ${condition}` });
}

/** Two of them can have different values, even if they are written in the same way: a macro can return what it likes. */
function unread(scope: Scope, value: object, name: string, problem: string): Resolved {
  scope.find('unknown-intrinsic', `${name} ${problem}, so its value is unknown`, value);
  return scope.fresh(name);
}
