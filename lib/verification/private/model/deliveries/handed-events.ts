import { HandingOn } from './handing-on';
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
export const readHandedEvents = (resources: StackResources, handing: HandingOn): Program[] => [
  ...resources.ofType('AWS::Events::Rule').flatMap((rule) => programsOfRule(rule, handing)),
  ...resources.ofType('AWS::Pipes::Pipe').flatMap((pipe) => programsOfPipe(pipe, handing)),
];

const programOf = (roleArn: Text, fedBy: Text, resource: StackResource): Program =>
  ({ arns: [], startedBy: [], takeovers: [], code: [], fedBy: [fedBy], roleArn, place: resource.place() });

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const programsOfRule = (rule: StackResource, handing: HandingOn): Program[] => listOf(rule.property('Targets')).flatMap((target) => {
  const roleArn = target instanceof ResolvedMap && transforms(target, handing) ? textOf(target.get('RoleArn')) : undefined;
  return roleArn ? [programOf(roleArn, rule.attribute('Arn'), rule)] : [];
});

/** What decides in the input of a target, as a value or in a list of values, and what does as a whole only, because it has the values of environment variables, too. */
const DECIDING = [
  /"(commands?|taskRoleArn|executionRoleArn|jobDefinition|serviceRoleOverride)"\s*:\s*("[^"]*|\[[^\]]*)?<[\w.-]+>/i,
  /"(buildspecOverride|imageOverride|sourceLocationOverride|sourceVersion)"\s*:\s*("[^"]*)?<[\w.-]+>/i,
  /"(containerOverrides|overrides|environment|environmentVariablesOverride)"\s*:\s*\[?\s*<[\w.-]+>/i,
  /^\s*<[\w.-]+>\s*$/,
];

/** The name of an environment variable whose value has a part of an event, before or after it. */
const VARIABLES = /"name"\s*:\s*"(?<before>\w+)"\s*,\s*"value"\s*:\s*"?[^"]*<[\w.-]+>|"value"\s*:\s*"?[^"]*<[\w.-]+>"?\s*,\s*"name"\s*:\s*"(?<after>\w+)"/gi;

/** Whether a part of an event becomes the input of a task, a job, a build or a command, or what decides in it. */
function transforms(target: ResolvedMap, handing: HandingOn): boolean {
  const isOfService = ['EcsParameters', 'BatchParameters', 'RunCommandParameters'].some((name) => target.get(name) !== undefined)
    || textAfter(textOf(target.get('Arn')) ?? Text.EMPTY, ':codebuild:') !== undefined;
  const template = target.at('InputTransformer', 'InputTemplate');
  const written = template instanceof Text ? template.parts.filter((part) => typeof part === 'string').join('') : '';
  const isOpen = template instanceof Text && template.literal === undefined && template.parts.length === 1;
  const variables = [...written.matchAll(VARIABLES)].map(({ groups: { before, after } = {} }) => before ?? after);
  return isOfService && (target.get('InputPath') !== undefined || isOpen || DECIDING.some((pattern) => pattern.test(written))
    || variables.some((name) => handing.decidesByVariable(name, [written])));
}

/** The requests of tasks, jobs and statements, by the parameters of targets. */
const REQUESTS = { EcsTaskParameters: 'ecs:RunTask', BatchJobParameters: 'batch:SubmitJob', RedshiftDataParameters: 'redshift-data:ExecuteStatement' };

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html */
function programsOfPipe(pipe: StackResource, handing: HandingOn): Program[] {
  const [roleArn, source] = ['RoleArn', 'Source'].map((name) => textOf(pipe.property(name)));
  const handsOn = Object.entries(REQUESTS).some(([name, request]) =>
    handing.handsOn({ request, parameters: pipe.property('TargetParameters', name) ?? [], isPath: true }));
  return roleArn && source && handsOn ? [programOf(roleArn, source, pipe)] : [];
}
