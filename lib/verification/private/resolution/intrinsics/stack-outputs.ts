import { MalformedIntrinsic } from './malformed';
import { Template, isObject } from '../../assembly/template';
import { derived } from '../../values/derived';
import { Resolved, valueKey } from '../../values/resolved';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { Exports, Scope } from '../scope';

/** The value of an output of a stack. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
export function outputOf(scope: Scope, name: string): Resolved {
  const output = scope.template.body.Outputs[name];
  if (!isObject(output) || isLeftOut(scope, output)) {
    throw new MalformedIntrinsic(`names the output ${name}, which ${scope.template.file} does not have`);
  }
  return scope.once(`the output ${name}`, () => scope.resolve(output.Value));
}

/** Whether an output or a resource has a condition that does not hold. */
export const isLeftOut = (scope: Scope, { Condition: condition }: any): boolean => typeof condition === 'string' && scope.condition(condition) === 'no';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html */
export function imported(scope: Scope, argument: unknown): Resolved {
  const name = scope.text(argument);
  const { environment } = scope.template;
  const exporting = (exportsIn(scope, environment).get(valueKey(name)) ?? [])
    .filter(({ template, output }) => !isLeftOut(scope.in(template), template.body.Outputs[output]));
  if (exporting.length > 1) {
    throw new MalformedIntrinsic(`imports ${name}, which ${exporting.map(({ template }) => template.file).join(' and ')} export`);
  }
  if (exporting.length === 1) {
    const [{ template, output }] = exporting;
    return outputOf(scope.in(template), output);
  }
  scope.find('unknown-import', `imports ${name}, which no template of this assembly exports for the same account and region, so its value is unknown`, undefined);
  return derived('Fn::ImportValue', [Text.of(environment), name]);
}

/** What the stacks of an environment export. It is looked up once, because each resource of each stack may import something. */
const exportsIn = (scope: Scope, environment: string): Exports => scope.exports(environment, () => {
  const found: Exports = new Map();
  for (const template of scope.assembly.templates.filter((each) => each.environment === environment)) {
    for (const [output, definition] of Object.entries(template.body.Outputs)) {
      const exported = definition?.Export?.Name;
      if (exported !== undefined) {
        const inStack = scope.in(template);
        const key = valueKey(namedByTemplate(template, inStack.once(`the export of ${output}`, () => inStack.resolve(exported))));
        const same = found.get(key) ?? [];
        same.push({ template, output });
        found.set(key, same);
      }
    }
  }
  return found;
});

/** The name of an export. If it has the name of its stack, which only the deployment knows, others that import it show that this is the name of the template. */
const namedByTemplate = (template: Template, value: Resolved): Resolved => (value instanceof Text && template.stackName === undefined
  ? Text.join(value.parts.map((part) => (part instanceof Unknown && part.id === `${template.id}/AWS::StackName` ? Text.of(template.file) : Text.ofPart(part))))
  : value);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
export function published(scope: Scope, argument: unknown): Resolved {
  if (!isObject(argument)) {
    throw new MalformedIntrinsic('must have an object with StackName and OutputName');
  }
  const [stackName, outputName] = [scope.text(argument.StackName), scope.text(argument.OutputName)];
  const [region, role] = [scope.resolve(argument.Region), scope.resolve(argument.RoleArn)];
  const stacks = scope.assembly.templates.filter((template) => isStack(scope, template, stackName, region));
  return stacks.length === 1 && role === undefined && outputName.literal !== undefined
    ? outputOf(scope.in(stacks[0]), outputName.literal)
    : derived('Fn::GetStackOutput', [Text.of(scope.template.environment), stackName, outputName, region, role]);
}

/** Whether a template is that of a stack in the same account, and in the same region or the one that is named. */
function isStack(scope: Scope, { parent, file, stackName, environment, account, region }: Template, name: Text, named: Resolved): boolean {
  const { template } = scope;
  const isThere = named === undefined || (named instanceof Text && named.literal === template.region)
    ? environment === template.environment
    : named instanceof Text && named.literal === region && account !== undefined && account === template.account;
  return !parent && (stackName ?? file) === name.literal && isThere;
}
