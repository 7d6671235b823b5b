import { readRule } from './events';
import { handsInputOn, inputIn, MACHINE } from './handed-input';
import { decides } from '../../resource-types/service-integrations';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isReference, textAfter, textOf } from '../../values/text-parts';
import { anyPart, arnOf, CodeWrite } from '../code-writes';
import { Program } from '../program';
import { StackResource, StackResources } from '../stack-resources';

/** Rules and pipes that hand events on as what their targets run, so that whoever sends an event decides what their role does. */
export function readHandedEvents(resources: StackResources): Program[] {
  const machines = resources.ofType(MACHINE).filter(handsInputOn);
  return [
    ...resources.ofType('AWS::Events::Rule').flatMap((rule) => programsOfRule(rule, machines)),
    ...resources.ofType('AWS::Pipes::Pipe').flatMap((pipe) => programsOfPipe(pipe, machines)),
  ];
}

const programOf = (roleArn: Text, code: readonly CodeWrite[], resource: StackResource): Program =>
  ({ arns: [], startedBy: [], takeovers: [], code, roleArn, place: resource.place() });

const isOneOf = (machines: readonly StackResource[], arn: Resolved): boolean =>
  arn instanceof Text && machines.some((machine) => [machine.arn, machine.ref].some((one) => one && equal(one, arn) !== 'no'));

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function programsOfRule(rule: StackResource, machines: readonly StackResource[]): Program[] {
  const { bus, hasPattern, services } = readRule(rule);
  const arn = bus.startsWith('arn:') ? bus : arnOf('events', Text.join([Text.of('event-bus/'), bus]), anyPart('Region'), anyPart('account'));
  const targets = hasPattern && services === undefined ? listOf(rule.property('Targets')) : [];
  return targets.flatMap((target) => {
    const roleArn = target instanceof ResolvedMap ? textOf(target.get('RoleArn')) : undefined;
    const handsOn = target instanceof ResolvedMap && (isOneOf(machines, target.get('Arn')) ? target.get('Input') === undefined : transforms(target));
    return roleArn && handsOn ? [programOf(roleArn, [{ action: 'events:PutEvents', arn }], rule)] : [];
  });
}

/** What decides in the input of a target, as a value or in a list of values, and what does as a whole only, because it has environment variables, too. */
const DECIDING = [
  /"(commands?|taskRoleArn|executionRoleArn|jobDefinition|serviceRoleOverride)"\s*:\s*("[^"]*|\[[^\]]*)?<[\w.-]+>/i,
  /"(buildspecOverride|imageOverride|sourceLocationOverride|sourceVersion)"\s*:\s*("[^"]*)?<[\w.-]+>/i,
  /"(containerOverrides|overrides)"\s*:\s*\[?\s*<[\w.-]+>/i,
  /^\s*<[\w.-]+>\s*$/,
];

/** Whether a part of an event becomes the input of a task, a job, a build or a command, or what decides in it. */
function transforms(target: ResolvedMap): boolean {
  const isOfService = ['EcsParameters', 'BatchParameters', 'RunCommandParameters'].some((name) => target.get(name) !== undefined)
    || textAfter(textOf(target.get('Arn')) ?? Text.EMPTY, ':codebuild:') !== undefined;
  const template = target.at('InputTransformer', 'InputTemplate');
  const written = template instanceof Text ? template.parts.filter((part) => typeof part === 'string').join('') : '';
  const isOpen = template instanceof Text && template.literal === undefined && template.parts.length === 1;
  return isOfService && (target.get('InputPath') !== undefined || isOpen || DECIDING.some((pattern) => pattern.test(written)));
}

/** The requests of tasks and jobs, by the parameters of targets. */
const REQUESTS = { EcsTaskParameters: 'ecs:RunTask', BatchJobParameters: 'batch:SubmitJob' };

/** The requests that send something to a source of a pipe, by its service. */
const SENDING = { kinesis: ['kinesis:PutRecord', 'kinesis:PutRecords'], sqs: ['sqs:SendMessage'] };

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html */
function programsOfPipe(pipe: StackResource, machines: readonly StackResource[]): Program[] {
  const [roleArn, source] = ['RoleArn', 'Source'].map((name) => textOf(pipe.property(name)));
  const isAnySource = source?.start === '' && !isReference(source);
  const sending = Object.entries(SENDING).flatMap(([service, actions]) =>
    (isAnySource || (source && textAfter(source, `:${service}:`)) ? actions : []));
  const handsOn = isOneOf(machines, pipe.property('Target')) || Object.entries(REQUESTS).some(([name, request]) =>
    inputIn(undefined, true, pipe.property('TargetParameters', name)).some((parameter) => decides(request, parameter)));
  return roleArn && source && handsOn && sending.length > 0 ? [programOf(roleArn, sending.map((action) => ({ action, arn: source })), pipe)] : [];
}
