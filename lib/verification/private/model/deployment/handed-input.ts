import { decides } from '../../resource-types/service-integrations';
import { parseJson } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textAfter } from '../../values/text-parts';
import { StackResource } from '../stack-resources';

export const MACHINE = 'AWS::StepFunctions::StateMachine';

/**
 * Whether a state machine hands its input on as what it runs, or as who may do what, so that whoever starts it decides what its role does. So might one whose
 * definition the templates do not show.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html
 */
export function handsInputOn(machine: StackResource): boolean {
  const written = machine.property('DefinitionString') ?? machine.property('Definition');
  const parsed = written instanceof Text ? parseJson(written) : { value: written };
  return !('value' in parsed) || parsed.value === undefined || parsed.value instanceof Text || tasksIn(parsed.value).some(handsOn);
}

/** The states that send requests, also those in maps and in branches. */
function tasksIn(value: Resolved): ResolvedMap[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(tasksIn) : [];
  }
  return isText(value.get('Type'), 'Task') !== 'no' ? [value] : value.entries.flatMap(([, inner]) => tasksIn(inner));
}

function handsOn(task: ResolvedMap): boolean {
  const resource = task.get('Resource');
  const request = resource instanceof Text ? requestOf(resource) : undefined;
  if (request === undefined) {
    return false;
  }
  const name = PARAMETERS.find((one) => task.get(one) !== undefined);
  const found = name === undefined ? [undefined] : inputIn(undefined, name.endsWith('.$'), task.get(name));
  return found.some((parameter) => decides(request, parameter));
}

/** Without them, the input of a state is what it sends. */
const PARAMETERS = ['Arguments', 'Parameters', 'Parameters.$'];

/** Names of the SDK in place of the prefixes of actions. */
const PREFIXES: { readonly [service: string]: string } = { emrcontainers: 'emr-containers', emrserverless: 'emr-serverless', emr: 'elasticmapreduce', sfn: 'states' };

/** The request of a task, such as `ecs:runTask`. @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function requestOf(resource: Text): string | undefined {
  const integration = textAfter(resource, ':states:::')?.literal?.replace(/^aws-sdk:/, '').replace(/\..*$/, '');
  const [service, request] = integration?.split(':') ?? [];
  return request === undefined ? undefined : `${Object.hasOwn(PREFIXES, service) ? PREFIXES[service] : service}:${request}`;
}

/**
 * The names of parameters that have something of the input; undefined for all of them.
 *
 * @param isPath whether their texts can be paths, whatever their names.
 */
export function inputIn(key: string | undefined, isPath: boolean, value: Resolved): Array<string | undefined> {
  if (value instanceof ResolvedMap) {
    return value.entries.flatMap(([{ literal = '' }, item]) => inputIn(literal.replace(/\.\$$/, ''), isPath || literal.endsWith('.$'), item));
  }
  return Array.isArray(value) ? value.flatMap((item) => inputIn(key, isPath, item)) : value && isOfInput(value, isPath) ? [key] : [];
}

/** Paths, variables and expressions of JSONata. The context has the input of the execution and the items of maps, too. */
function isOfInput({ parts }: Text, isPath: boolean): boolean {
  const written = parts.filter((part) => typeof part === 'string').join('');
  return isPath ? /(^|[^$])\$(?!\$)|\$\$(?!\.)|\$\$\.(Execution(?!\.)|Execution\.Input|Map\b)/.test(written) : /^\{%.*\$/s.test(written);
}
