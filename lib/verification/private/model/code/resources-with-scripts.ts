import { scriptsIn } from './commands';
import { isCustomResource } from '../../resource-types/custom-resources';
import { parseJson } from '../../values/json-text';
import { Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Texts that may be scripts, and what others are as JSON. */
interface Scripts { readonly scripts: readonly string[]; readonly json: readonly Resolved[] }

export interface ResourceWithScripts extends Scripts { readonly resource: StackResource }

/** A long word in Base64, which can have any text. */
const IN_BASE64 = /[A-Za-z\d+/]{80}/;

/** Types with the input of `cfn-init` in their metadata. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html */
const WITH_INIT = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'];

const initOf = (resource: StackResource): Resolved => resource.once('cfn-init', () => valueAt(resource.metadata, 'AWS::CloudFormation::Init'));

/**
 * The resources with texts that match, whatever runs these: user data, a build, a task, a function or a document. Custom resources do what their properties say with
 * a role that is followed anyway.
 */
export function resourcesWithScripts(resources: StackResources, pattern: RegExp): ResourceWithScripts[] {
  const mentioning = resources.mentioning(new RegExp(`${pattern.source}|${IN_BASE64.source}`), (type) => !isCustomResource(type));
  const all = new Set([...mentioning, ...resources.ofType(...WITH_INIT).filter((resource) => initOf(resource) !== undefined)]);
  return [...all].map((resource) => ({ resource, ...resource.once(`scripts with ${pattern.source}`, () => scriptsOf([resource.property(), initOf(resource)], pattern)) }))
    .filter(({ scripts }) => scripts.length > 0);
}

/** Also those in JSON, such as the commands of a build. */
function scriptsOf(value: Resolved, pattern: RegExp): Scripts {
  const texts = scriptsIn(value).filter((text) => pattern.test(text)).map((text) => ({ text, json: jsonIn(text) }));
  const json = texts.flatMap((one) => one.json ?? []);
  const inner = json.map((one) => scriptsOf(one, pattern));
  return {
    scripts: [...texts.filter((one) => one.json === undefined).map(({ text }) => text), ...inner.flatMap(({ scripts }) => scripts)],
    json: [...json, ...inner.flatMap((one) => one.json)],
  };
}

/** Undefined if it is another text. */
function jsonIn(text: string): Resolved {
  const parsed = /^\s*[{[]/.test(text) ? parseJson(Text.of(text)) : undefined;
  return parsed && 'value' in parsed ? parsed.value : undefined;
}
