import { hasNodes, namedNode } from './named-nodes';
import { BY_LOGS } from './observed-pods';
import { fixedIn, givenIn, SentRequest } from './sent-requests';
import { substituted, substitutionsOf } from './substitutions';
import { parseJson, parseOpenJson } from '../../values/json-text';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isReference, isSet, textAfter } from '../../values/text-parts';
import { withTexts } from '../../values/with-texts';
import { actionOfClient } from '../client-requests';
import { Delivery } from '../events';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

export const MACHINE = 'AWS::StepFunctions::StateMachine';

/** What a state machine sends requests with, and for which results it waits. */
export interface MachineDefinition {
  /** Of tasks, and of what reads the items of maps. */
  readonly requests: readonly SentRequest[];
  /** Whether others give it results, by the token of a task. */
  readonly waits: boolean;
  /** Whether it may have more, because it is a text with a value that could contain quotes. */
  readonly isOpen: boolean;
}

/** Undefined if the templates do not show it. */
export function machineDefinition(machine: StackResource): MachineDefinition | undefined {
  const written = machine.property('DefinitionString') ?? machine.property('Definition');
  const parsed = written instanceof Text ? parseOpenJson(written) : { value: written };
  if (!('value' in parsed) || parsed.value === undefined || parsed.value instanceof Text) {
    return undefined;
  }
  const substitutions = substitutionsOf(machine);
  const states = statesWithRequests(withTexts(parsed.value, (text) => substituted(text, substitutions)));
  const isOpen = written instanceof Text && 'problem' in parseJson(written);
  return { requests: states.flatMap(requestOfState), waits: states.some(([resource]) => isWaiting(resource)), isOpen };
}

type StateWithRequest = readonly [resource: Text, state: ResolvedMap];

/** Tasks and readers of items, also in maps and in branches. */
function statesWithRequests(value: Resolved): StateWithRequest[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(statesWithRequests) : [];
  }
  const resource = value.get('Resource');
  return [...(resource instanceof Text ? [[resource, value] as const] : []), ...value.entries.flatMap(([, inner]) => statesWithRequests(inner))];
}

/**
 * Callbacks and activities. What is not known can be an activity.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html
 */
const isWaiting = (resource: Text): boolean => resource.toString().endsWith('.waitForTaskToken') || textAfter(resource, ':activity:') !== undefined
  || (resource.start === '' && !isReference(resource));

/** Without them, the input of a state is what it sends. */
const PARAMETERS = ['Arguments', 'Parameters', 'Parameters.$'];

function requestOfState([resource, state]: StateWithRequest): SentRequest[] {
  const request = requestOf(resource);
  const name = PARAMETERS.find((one) => state.get(one) !== undefined);
  return request === undefined ? [] : [{ request, parameters: name === undefined ? undefined : state.get(name), isPath: name?.endsWith('.$') ?? false }];
}

/** The request of a task, as an action of IAM. */
function requestOf(resource: Text): string | undefined {
  const integration = textAfter(resource, ':states:::')?.literal?.replace(/^aws-sdk:/, '').replace(/\..*$/, '');
  const [service, request] = integration?.split(':') ?? [];
  return request === undefined ? undefined : actionOfClient(service, request);
}

/**
 * What state machines send to others, as far as the definition names these, with something of their input, and the logs that they get of the jobs that they run in a cluster.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html
 */
export const deliveriesOfMachines = (resources: StackResources): Delivery[] => resources.ofType(MACHINE).flatMap((machine) =>
  (machineDefinition(machine)?.requests ?? []).flatMap((one): Delivery[] => {
    if (machine.arn && one.request === 'eks:runJob' && isSet(valueAt(one.parameters, 'LogOptions', 'RetrieveLogs')) !== 'no') {
      return [{ ...BY_LOGS, to: machine.arn }];
    }
    const [service, name] = one.request.split(':');
    const to = hasNodes(service) && SENDS.test(name) ? (text: Text) => namedNode(service, text) : one.request === 'lambda:InvokeFunction' ? (text: Text) => text : undefined;
    return to && givenIn(one).length > 0 ? fixedIn(one).map((text) => ({ from: machine.arn, to: to(text) })) : [];
  }));

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html */
const SENDS = /^(batchWrite|execute|publish|put|send|start|transactWrite|update)/i;
