import { hasNodes, namedNode } from './named-nodes';
import { decides } from '../../resource-types/service-integrations';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, literalOf, textAfter, textOf, textsUnder } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { Delivery } from '../events';
import { Program } from '../program';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A runbook with a role of its own, and the requests that start it. Whoever gives the role as a parameter passes it. */
interface Runbook {
  readonly document: StackResource;
  readonly content: Resolved;
  readonly roleArn: Text;
  readonly starts: readonly CodeWrite[];
}

/**
 * A change request runs runbooks with the parameters that it has for them. Its resource is a change template, which decides for which runbooks.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartChangeRequestExecution.html
 */
const BY_CHANGE_REQUEST: CodeWrite = {
  action: 'ssm:StartChangeRequestExecution', arn: arnOf('ssm', anyPart('change template'), anyPart('Region'), anyPart('account')),
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup.html */
const runbooksIn = (resources: StackResources): Runbook[] => resources.ofType('AWS::SSM::Document')
  .filter((document) => isText(document.property('DocumentType'), 'Automation') !== 'no').flatMap((document) => {
    const content = objectOf(document.property('Content'));
    const roleArn = roleIn(content);
    const name = textOf(document.property('Name')) ?? document.ref;
    const started = [Text.join([Text.of('document/'), name]), Text.join([Text.of('automation-definition/'), name, Text.of(':'), anyPart('version')])];
    const starts = started.map((part) => ({ action: 'ssm:StartAutomationExecution', arn: arnOf('ssm', part, anyPart('Region'), anyPart('account')) }));
    return roleArn ? [{ document, content, roleArn, starts: [...starts, BY_CHANGE_REQUEST] }] : [];
  });

/** Those that hand their parameters on as what they run, so that whoever starts one decides what its role does. */
export const readRunbooks = (resources: StackResources): Program[] => runbooksIn(resources).flatMap(({ document, content, roleArn, starts }) =>
  (handsOn(content) ? [{ arns: [], startedBy: [], takeovers: [], code: starts, roleArn, place: document.place() }] : []));

/** What runbooks send to functions, state machines and the like, with something of their parameters or not. */
export const deliveriesOfRunbooks = (resources: StackResources): Delivery[] => runbooksIn(resources).flatMap(({ content, starts }) =>
  listOf(valueAt(content instanceof Text ? parseYaml(content)?.[0] : content, 'mainSteps')).flatMap((step) => {
    const [action, inputs] = ['action', 'inputs'].map((name) => valueAt(step, name));
    const service = serviceOf(literalOf(action), inputs);
    const sent = dynamicIn('', inputs).filter((name) => !OF_RECEIVERS.test(name));
    return service === undefined ? [] : textsUnder(inputs, OF_RECEIVERS).map((text) =>
      ({ service: 'ssm', requests: starts, to: hasNodes(service) ? namedNode(service, text) : text, isFixed: sent.length === 0 }));
  }));

/** The inputs that name what gets something. */
const OF_RECEIVERS = /^(functionname|statemachinearn|(queue|topic|stream|bus|eventbus)(arn|name|url)|targetarn)$/i;

/** The service to which a step sends something. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html */
function serviceOf(action: string | undefined, inputs: Resolved): string | undefined {
  const [service = '', api = ''] = ['Service', 'Api'].map((name) => literalOf(valueAt(inputs, name)));
  return action === 'aws:invokeLambdaFunction' ? 'lambda' : action === 'aws:executeStateMachine' ? 'states'
    : action === 'aws:executeAwsApi' && SENDS.test(api) ? prefixOf(service.toLowerCase()) ?? service : undefined;
}

const SENDS = /^(Invoke|Publish|Put|Send|Start)/i;

/** Also of one in YAML, which is not parsed, or the default of the parameter that it is. */
function roleIn(content: Resolved): Text | undefined {
  const written = content instanceof Text ? textAfter(content, 'assumeRole:') : undefined;
  const role = written ? wordsOf(written, /[\s"']+/).find(({ literal }) => literal !== '') : textOf(valueAt(content, 'assumeRole'));
  const [, parameter] = /^\{\{\s*(\w+)\s*\}\}$/.exec(role?.literal ?? '') ?? [];
  const given = parameter === undefined ? role : textOf(valueAt(content, 'parameters', parameter, 'default'));
  return given && !hasParameter(given) && given.literal !== '' ? given : undefined;
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

/** The inputs that decide which request is sent, or which function or state machine is started. */
const DECIDING = /^(service|api|functionname|statemachinearn)$/i;

/** A script has its parameters in the payload, unless they are in its text. */
function isDecided(action: Resolved, inputs: Resolved): boolean {
  const [service, api] = ['Service', 'Api'].map((name) => textOf(valueAt(inputs, name)));
  const name = literalOf(action) ?? '';
  const request = Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : `${service}:${api}`;
  const names = dynamicIn('', inputs);
  return names.some((parameter) => (name === 'aws:executeScript' ? parameter === 'Script' : DECIDING.test(parameter) || decides(request, parameter)));
}

/** The names of inputs that have something of a parameter. */
const dynamicIn = (key: string, value: Resolved): string[] => (value instanceof Text ? (hasParameter(value) ? [key] : [])
  : Array.isArray(value) ? value.flatMap((item) => dynamicIn(key, item))
    : value?.entries.flatMap(([{ literal = '' }, inner]) => dynamicIn(literal, inner)) ?? []);
