import { inputIn } from './dynamic-parameters';
import { decides } from '../../resource-types/service-integrations';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf } from '../../values/text-parts';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * Rules and pipes that hand events on as what their targets run, so that whoever sends an event decides what their role does. The deliveries show which state
 * machines get an event.
 */
export const readHandedEvents = (resources: StackResources): Program[] => [
  ...resources.ofType('AWS::Events::Rule').flatMap(programsOfRule),
  ...resources.ofType('AWS::Pipes::Pipe').flatMap(programsOfPipe),
];

const programOf = (roleArn: Text, fedBy: Text, resource: StackResource): Program =>
  ({ arns: [], startedBy: [], takeovers: [], code: [], fedBy: [fedBy], roleArn, place: resource.place() });

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const programsOfRule = (rule: StackResource): Program[] => listOf(rule.property('Targets')).flatMap((target) => {
  const roleArn = target instanceof ResolvedMap && transforms(target) ? textOf(target.get('RoleArn')) : undefined;
  return roleArn ? [programOf(roleArn, rule.attribute('Arn'), rule)] : [];
});

/** What decides in the input of a target, as a value or in a list of values, and what does as a whole only, because it has the values of environment variables, too. */
const DECIDING = [
  /"(commands?|taskRoleArn|executionRoleArn|jobDefinition|serviceRoleOverride)"\s*:\s*("[^"]*|\[[^\]]*)?<[\w.-]+>/i,
  /"(buildspecOverride|imageOverride|sourceLocationOverride|sourceVersion)"\s*:\s*("[^"]*)?<[\w.-]+>/i,
  /"(containerOverrides|overrides|environment|environmentVariablesOverride)"\s*:\s*\[?\s*<[\w.-]+>/i,
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

/** The requests of tasks, jobs and statements, by the parameters of targets. */
const REQUESTS = { EcsTaskParameters: 'ecs:RunTask', BatchJobParameters: 'batch:SubmitJob', RedshiftDataParameters: 'redshift-data:ExecuteStatement' };

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html */
function programsOfPipe(pipe: StackResource): Program[] {
  const [roleArn, source] = ['RoleArn', 'Source'].map((name) => textOf(pipe.property(name)));
  const handsOn = Object.entries(REQUESTS).some(([name, request]) =>
    inputIn(undefined, true, pipe.property('TargetParameters', name)).some((parameter) => decides(request, parameter)));
  return roleArn && source && handsOn ? [programOf(roleArn, source, pipe)] : [];
}
