import { GivenByName } from './given-by-name';
import { parseOpenJson } from '../../values/json-text';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { entryOf } from '../code/commands';
import { MACHINE, machineDefinition } from '../deliveries/machine-requests';
import { StackResources } from '../stack-resources';

/** What starts builds: actions of pipelines, and targets of rules, schedules and pipes. */
const STARTING = ['AWS::CodePipeline::Pipeline', 'AWS::Events::Rule', 'AWS::Pipes::Pipe', 'AWS::Scheduler::Schedule'];

/**
 * The variables that builds get from what starts them, as a project has its own. An action of a pipeline has them as a list in JSON, and a target in its input.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html
 */
export function variablesOfBuilds(resources: StackResources): GivenByName<ResolvedMap> {
  const variables = new GivenByName<ResolvedMap>();
  const values = [
    ...resources.ofType(...STARTING).map((resource) => resource.property()),
    ...resources.ofType(MACHINE).flatMap((machine) => machineDefinition(machine)?.requests.map(({ parameters }) => parameters) ?? []),
  ];
  values.forEach((value) => addVariables(value, [], variables));
  return variables;
}

const OF_VARIABLES = ['environmentvariables', 'environmentvariablesoverride'];

/** Where something names the project that it starts. */
const OF_PROJECTS = ['projectname', 'arn', 'target'];

/** @param projects those that is named around the value. */
function addVariables(value: Resolved, projects: readonly Text[], variables: GivenByName<ResolvedMap>): void {
  const read = valueOf(value);
  if (Array.isArray(read)) {
    read.forEach((item) => addVariables(item, projects, variables));
  } else if (read instanceof ResolvedMap) {
    const own = OF_PROJECTS.flatMap((name) => textOf(entryOf(read, name)) ?? []);
    const named = own.length > 0 ? own : projects;
    const given = OF_VARIABLES.flatMap((name) => listOf(valueOf(entryOf(read, name)))).filter((one) => one instanceof ResolvedMap);
    variables.add(named, given.map(asInProject));
    read.entries.forEach(([, inner]) => addVariables(inner, named, variables));
  }
}

/** What a text in JSON says. */
function valueOf(value: Resolved): Resolved {
  const parsed = value instanceof Text && /^\s*[{[]/.test(value.start) ? parseOpenJson(value) : undefined;
  return parsed && 'value' in parsed ? parsed.value : value;
}

const asInProject = (variable: ResolvedMap): ResolvedMap => mapOf({ Name: entryOf(variable, 'name'), Value: entryOf(variable, 'value'), Type: entryOf(variable, 'type') });
