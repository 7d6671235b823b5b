import { Handed } from './handed';
import { dynamicIn, fixedTexts, machineDefinition, MachineRequest } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { decides } from '../../resource-types/service-integrations';
import { valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { anyPart, CodeWrite, writesBelow, writesOfObject, writesOfParameter, writesOfStoredValue } from '../code-writes';
import { StackResource } from '../stack-resources';

/** Who has the token of a task gives it a result, and so who asks for the tasks of an activity. Both have no resource. */
const CALLBACK: CodeWrite = { action: 'states:SendTaskSuccess', arn: ANY_RESOURCE };

/**
 * Who decides what a state machine does, if it hands something that its definition does not show on as what it runs, or as who may do what: its input, a
 * result of a callback, or what it has read. So might one whose definition the templates do not show. What a function returns is not followed. Undefined if
 * it does not.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html
 */
export const handedToMachine = (machine: StackResource): Handed | undefined =>
  handedIf(machine, (one) => dynamicIn(one).some((parameter) => decides(one.request, parameter)));

/** The same of a state machine if some of its requests hand on something that matters, or if the templates do not show these. */
export function handedIf(machine: StackResource, handsOn: (request: MachineRequest) => boolean): Handed | undefined {
  const definition = machineDefinition(machine);
  const fedBy = machine.arn ? [machine.arn] : [];
  if (definition === undefined) {
    return { code: [CALLBACK], fedBy };
  }
  const { requests, waits } = definition;
  if (!requests.some(handsOn)) {
    return undefined;
  }
  const read = requests.filter(({ request }) => READS.test(request));
  return { code: [...(waits ? [CALLBACK] : []), ...read.flatMap(writesOfRead)], fedBy: [...fedBy, ...read.flatMap(nodesOfRead)] };
}

/** Requests that return what others have written. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const READS = /:(batch)?(execute|get|head|list|query|receive|scan|select|transactGet)/i;

/** Tables, queues and streams. */
function nodesOfRead({ request, parameters, isPath }: MachineRequest): Text[] {
  const [service] = request.split(':');
  return hasNodes(service) && service !== 's3' ? fixedTexts(parameters, isPath).map((text) => namedNode(service, text)) : [];
}

/** What changes the object that a request names, or those of the bucket. Nothing if it takes the bucket from its input. */
export function writesOfNamedObject({ parameters, isPath }: MachineRequest): CodeWrite[] {
  const [bucket, key] = ['Bucket', 'Key'].map((name) => textOf(valueAt(parameters, name)));
  const isFixed = (text?: Text): text is Text => fixedTexts(text, isPath).length > 0;
  return !isFixed(bucket) ? [] : isFixed(key) ? writesOfObject(Text.join([bucket, key], '/')) : writesBelow(bucket);
}

/** Objects, parameters and secrets. */
function writesOfRead(read: MachineRequest): CodeWrite[] {
  const { request, parameters, isPath } = read;
  const [service] = request.split(':');
  if (service === 's3') {
    return writesOfNamedObject(read);
  }
  const names = ['secretsmanager', 'ssm'].includes(service) ? fixedTexts(parameters, isPath) : [];
  return service === 'ssm' ? names.flatMap((name) => [name, Text.join([name, anyPart('rest of a path')])]).flatMap(writesOfParameter)
    : names.flatMap(writesOfStoredValue).filter(({ action }) => action.startsWith(service));
}
