import { Handed } from './handed';
import { HandingOn } from './handing-on';
import { machineDefinition } from './machine-requests';
import { isRead, nodesOfRead, writesOfRead } from './reading-requests';
import { SentRequest } from './sent-requests';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { StackResource } from '../stack-resource';

/** Who has the token of a task gives it a result, and so who asks for the tasks of an activity. Both have no resource. */
const CALLBACK: CodeWrite = { action: 'states:SendTaskSuccess', arn: ANY_RESOURCE };

/**
 * Who decides what a state machine does, if it hands something that its definition does not show on as what it runs, or as who may do what: its input, a
 * result of a callback, or what it has read. So might one whose definition the templates do not show. What a function returns is not followed. Undefined if
 * it does not.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html
 */
export const handedToMachine = (machine: StackResource, handing: HandingOn): Handed | undefined => handedIf(machine, (one) => handing.handsOn(one));

/** The same of a state machine if some of its requests hand on something that matters, or if the templates do not show these. */
export function handedIf(machine: StackResource, handsOn: (request: SentRequest) => boolean): Handed | undefined {
  const definition = machineDefinition(machine);
  const fedBy = machine.arn ? [machine.arn] : [];
  if (definition === undefined) {
    return { code: [CALLBACK], fedBy };
  }
  const { requests, waits, isOpen } = definition;
  if (!isOpen && !requests.some(handsOn)) {
    return undefined;
  }
  const read = requests.filter(isRead);
  return { code: [...(waits || isOpen ? [CALLBACK] : []), ...read.flatMap(writesOfRead)], fedBy: [...fedBy, ...read.flatMap(nodesOfRead)] };
}
