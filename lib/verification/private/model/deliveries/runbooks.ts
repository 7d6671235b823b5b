import { decides } from '../../resource-types/service-integrations';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, literalOf, textAfter, textOf } from '../../values/text-parts';
import { anyPart, arnOf } from '../code/code-write';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/**
 * Runbooks with a role of their own that hand their parameters on as what they run, so that whoever starts one decides what its role does. Whoever gives the role
 * as a parameter passes it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup.html
 */
export const readRunbooks = (resources: StackResources): Program[] => resources.ofType('AWS::SSM::Document')
  .filter((document) => isText(document.property('DocumentType'), 'Automation') !== 'no').flatMap((document) => {
    const content = objectOf(document.property('Content'));
    const roleArn = roleIn(content);
    const name = textOf(document.property('Name')) ?? document.ref;
    const started = [Text.join([Text.of('document/'), name]), Text.join([Text.of('automation-definition/'), name, Text.of(':'), anyPart('version')])];
    const code = started.map((part) => ({ action: 'ssm:StartAutomationExecution', arn: arnOf('ssm', part, anyPart('Region'), anyPart('account')) }));
    return roleArn && handsOn(content) ? [{ arns: [], startedBy: [], takeovers: [], code, roleArn, place: document.place() }] : [];
  });

/** Also of one in YAML, which is not parsed. */
function roleIn(content: Resolved): Text | undefined {
  const written = content instanceof Text ? textAfter(content, 'assumeRole:') : undefined;
  const role = written ? wordsOf(written, /[\s"']+/).find(({ literal }) => literal !== '') : textOf(valueAt(content, 'assumeRole'));
  return role && !hasParameter(role) ? role : undefined;
}

const handsOn = (content: Resolved): boolean => (content instanceof ResolvedMap
  ? listOf(content.get('mainSteps')).some((step) => isDecided(valueAt(step, 'action'), valueAt(step, 'inputs'))) : content instanceof Text && hasParameter(content));

/** Parameters and outputs of steps. Others are of AWS. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html */
const hasParameter = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\{\{(?!\s*(global|automation):)/.test(part));

/** The requests of actions that run something. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html */
const REQUESTS: { readonly [action: string]: string } = {
  'aws:createStack': 'cloudformation:CreateStack',
  'aws:executeAutomation': 'ssm:StartAutomationExecution',
  'aws:runCommand': 'ssm:SendCommand',
  'aws:runInstances': 'ec2:RunInstances',
};

/** A script has its parameters in the payload, unless they are in its text. */
function isDecided(action: Resolved, inputs: Resolved): boolean {
  const [service, api] = ['Service', 'Api'].map((name) => textOf(valueAt(inputs, name)));
  const name = literalOf(action) ?? '';
  const request = Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : `${service}:${api}`;
  const names = dynamicIn('', inputs);
  return names.some((parameter) => (name === 'aws:executeScript' ? parameter === 'Script' : ['Service', 'Api'].includes(parameter) || decides(request, parameter)));
}

/** The names of inputs that have something of a parameter. */
const dynamicIn = (key: string, value: Resolved): string[] => (value instanceof Text ? (hasParameter(value) ? [key] : [])
  : Array.isArray(value) ? value.flatMap((item) => dynamicIn(key, item))
    : value?.entries.flatMap(([{ literal = '' }, inner]) => dynamicIn(literal, inner)) ?? []);
