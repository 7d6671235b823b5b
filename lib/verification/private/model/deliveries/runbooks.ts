import { HandingOn } from './handing-on';
import { hasNodes, namedNode } from './named-nodes';
import { givenIn, SentRequest } from './sent-requests';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, literalOf, textAfter, textOf, textsUnder } from '../../values/text-parts';
import { withTexts } from '../../values/with-texts';
import { parseYaml } from '../../values/yaml-text';
import { actionOfClient } from '../client-requests';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { Delivery } from '../events';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** A runbook with a role of its own, and the requests that start it. Whoever gives the role as a parameter passes it. */
export interface Runbook {
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
export const runbooksIn = (resources: StackResources): Runbook[] => resources.ofType('AWS::SSM::Document')
  .filter((document) => isText(document.property('DocumentType'), 'Automation') !== 'no').flatMap((document) => {
    const content = objectOf(document.property('Content'));
    const roleArn = roleIn(content);
    const name = textOf(document.property('Name')) ?? document.ref;
    const started = [Text.join([Text.of('document/'), name]), Text.join([Text.of('automation-definition/'), name, Text.of(':'), anyPart('version')])];
    const starts = started.map((part) => ({ action: 'ssm:StartAutomationExecution', arn: arnOf('ssm', part, anyPart('Region'), anyPart('account')) }));
    return roleArn ? [{ document, content, roleArn, starts: [...starts, BY_CHANGE_REQUEST] }] : [];
  });

/** Those that hand their parameters on as what they run, so that whoever starts one decides what its role does. */
export const readRunbooks = (resources: StackResources, handing: HandingOn): Program[] =>
  runbooksIn(resources).flatMap((runbook) => programOfRunbook(runbook, handing, (step) => isDecided(step, handing)));

/** A runbook of which some steps hand on something that matters, or whose steps the templates do not show. */
export function programOfRunbook({ document, content, roleArn, starts }: Runbook, handing: HandingOn, handsOn: (step: Step) => boolean): Program[] {
  const isOpen = content instanceof Text && hasParameter(content);
  const fedBy = isOpen || stepsOf(content).some(handsOn) ? starts.flatMap(({ arn }) => handing.handersTo(arn)) : undefined;
  return fedBy ? [{ arns: [], startedBy: [], takeovers: [], code: starts, fedBy, roleArn, place: document.place() }] : [];
}

/** A step of a runbook with the request that it sends, whose parameters are its inputs. */
interface Step extends SentRequest { readonly action: string; readonly inputs: Resolved }

/** The requests of actions that run or change something. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html */
const REQUESTS: { readonly [action: string]: string } = {
  'aws:copyImage': 'ec2:CopyImage',
  'aws:createImage': 'ec2:CreateImage',
  'aws:createStack': 'cloudformation:CreateStack',
  'aws:createTags': 'ec2:CreateTags',
  'aws:executeAutomation': 'ssm:StartAutomationExecution',
  'aws:executeStateMachine': 'states:StartExecution',
  'aws:invokeLambdaFunction': 'lambda:InvokeFunction',
  'aws:runCommand': 'ssm:SendCommand',
  'aws:runInstances': 'ec2:RunInstances',
};

/** The steps of a runbook, also of one in YAML. */
export const stepsOf = (content: Resolved): Step[] =>
  withInnerSteps(valueAt(content instanceof Text ? parseYaml(content)?.[0] : content, 'mainSteps')).map(readStep);

/** A loop has steps, too. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html */
const withInnerSteps = (steps: Resolved): Resolved[] => listOf(steps).flatMap((step) => [step, ...withInnerSteps(valueAt(step, 'inputs', 'Steps'))]);

function readStep(step: Resolved): Step {
  const inputs = withTexts(valueAt(step, 'inputs'), withoutVariables);
  const [action, service, api] = [valueAt(step, 'action'), ...['Service', 'Api'].map((name) => valueAt(inputs, name))].map((value) => literalOf(value) ?? '');
  const request = Object.hasOwn(REQUESTS, action) ? REQUESTS[action] : actionOfClient(service, api);
  return { action, inputs, request, parameters: inputs, isGiven: hasParameter };
}

/** Where AWS fills in the account, the Region or the like. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html */
const VARIABLE = /\{\{\s*((?:global|automation):\w+)\s*\}\}/;

/** A text in which what AWS fills in is not known. */
const withoutVariables = ({ parts }: Text): Text => Text.join(parts.flatMap((part) => (typeof part !== 'string' ? [Text.unknown(part)]
  : part.split(VARIABLE).map((piece, i) => (i % 2 === 0 ? Text.of(piece) : anyPart(piece))))));

/** What runbooks send to functions, state machines and the like, with something of their parameters or not. */
export const deliveriesOfRunbooks = (resources: StackResources): Delivery[] => runbooksIn(resources).flatMap(({ content, starts }) =>
  stepsOf(content).flatMap((step) => {
    const [service, name] = step.request.split(':');
    const isFixed = givenIn(step).every((parameter) => parameter !== undefined && OF_RECEIVERS.test(parameter));
    return !SENDS.test(name) ? [] : textsUnder(step.inputs, OF_RECEIVERS).map((text) =>
      ({ service: 'ssm', requests: starts, to: hasNodes(service) ? namedNode(service, text) : text, isFixed }));
  }));

/** The inputs that name what gets something. */
const OF_RECEIVERS = /^(functionname|statemachinearn|(queue|topic|stream|bus|eventbus)(arn|name|url)|targetarn)$/i;

const SENDS = /^(Invoke|Publish|Put|Send|Start)/i;

/** Also of one in YAML, which is not parsed, or the default of the parameter that it is. */
function roleIn(content: Resolved): Text | undefined {
  const written = content instanceof Text ? textAfter(content, 'assumeRole:') : undefined;
  const role = written ? wordsOf(written, /[\s"']+/).find(({ literal }) => literal !== '') : textOf(valueAt(content, 'assumeRole'));
  const [, parameter] = /^\{\{\s*(\w+)\s*\}\}$/.exec(role?.literal ?? '') ?? [];
  const given = parameter === undefined ? role : textOf(valueAt(content, 'parameters', parameter, 'default'));
  return given && !hasParameter(given) && given.literal !== '' ? given : undefined;
}

/** Parameters and outputs of steps. Others are of AWS. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html */
const hasParameter = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\{\{(?!\s*(global|automation):)/.test(part));

/** The inputs that decide which request is sent, or which function or state machine is started. */
const DECIDING = ['service', 'api', 'functionname', 'statemachinearn'];

/** A script has its parameters in the payload, unless they are in its text. */
const isDecided = (step: Step, handing: HandingOn): boolean => (step.action === 'aws:executeScript' ? givenIn(step).includes('Script')
  : givenIn(step).some((name) => DECIDING.includes(name?.toLowerCase() ?? '')) || handing.handsOn(step));
