import { handedIf } from './handed-to-machines';
import { HandingOn } from './handing-on';
import { LimitedRequest, limitTo } from './limit';
import { MACHINE, machineDefinition } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { programOfRunbook, runbooksIn, stepsOf } from './runbooks';
import { fixedIn, givenIn, SentRequest } from './sent-requests';
import { knownAction } from '../../aws-data/actions';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { arnOf } from '../code/code-write';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * State machines and runbooks that send a request with something that their definition does not show, such as the key of an object or the ID of an instance. Whoever
 * starts them decides this part, and so makes these requests with their role, as far as it allows them. An API with a role does the same. Only requests for data lead
 * to further credentials: `HandingOn` knows which others do.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export function readForwardingPrograms(resources: StackResources, handing: HandingOn): Program[] {
  const isOther = (one: SentRequest): boolean => !isOfData(one) && !handing.handsOn(one);
  const ofOthers = programsThatForward(isOther, resources, handing);
  return [...programsThatForward(isOfData, resources, handing), ...ofOthers.map((program): Program => ({ ...program, isLast: true }))];
}

type Counts = (request: SentRequest) => boolean;

function programsThatForward(counts: Counts, resources: StackResources, handing: HandingOn): Program[] {
  const isForwarded = (one: SentRequest): boolean => givenIn(one).length > 0 && counts(one);
  return [
    ...resources.ofType(MACHINE).flatMap((machine) => programOfMachine(machine, isForwarded)),
    ...runbooksIn(resources).flatMap((runbook) => {
      const requests = stepsOf(runbook.content).filter(isForwarded).flatMap(limitedBy);
      return requests.length === 0 ? [] : programOfRunbook(runbook, handing, isForwarded)
        .map((program): Program => ({ ...program, limit: limitTo(requests, 'the runbook', program.place) }));
    }),
  ];
}

function programOfMachine(machine: StackResource, isForwarded: Counts): Program[] {
  const roleArn = textOf(machine.property('RoleArn'));
  const requests = machineDefinition(machine)?.requests.filter(isForwarded).flatMap(limitedBy) ?? [];
  const handed = requests.length > 0 ? handedIf(machine, isForwarded) : undefined;
  const place = machine.place();
  return roleArn && handed ? [{ arns: [], startedBy: [], takeovers: [], ...handed, roleArn, limit: limitTo(requests, 'the state machine', place), place }] : [];
}

/** The parameters that name what a request is about, by the prefix of its action. */
const NAMES: { readonly [service: string]: string } = {
  dynamodb: 'TableName', events: 'EventBusName', firehose: 'DeliveryStreamName', kinesis: 'StreamName', s3: 'Bucket', sns: 'TopicArn', sqs: 'QueueUrl',
};

const isOfData = ({ request }: SentRequest): boolean => Object.hasOwn(NAMES, request.split(':')[0]);

/** If no action has the name of the request, any action of the service. A copy of an object reads another one, too. */
function limitedBy(one: SentRequest): LimitedRequest[] {
  const [service, name] = one.request.split(':');
  const action = `${service}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const resources = resourcesOf(one);
  const copied = givenIn(one).includes('CopySource') ? [{ action: 's3:GetObject' }] : [];
  return [{ action: knownAction(action) ? action : `${service}:*`, ...resources.length > 0 && { resources } }, ...copied];
}

/** As a policy has it. */
const ANY = Text.of('*');

/** What the definition says that the request is about. */
function resourcesOf(one: SentRequest): Text[] {
  const [service] = one.request.split(':');
  const [name] = isOfData(one) ? fixedIn(one, NAMES[service]) : [];
  if (!name || !hasNodes(service)) {
    return [];
  }
  const [node, [key = ANY]] = [namedNode(service, name), fixedIn(one, 'Key')];
  return service === 's3' ? [node, arnOf('s3', Text.join([name, key], '/'), Text.EMPTY, Text.EMPTY)]
    : service === 'dynamodb' ? [node, Text.join([node, Text.of('/index/'), ANY])] : [node];
}
