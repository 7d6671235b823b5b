import { handedIf } from './handed-to-machines';
import { HandingOn } from './handing-on';
import { MACHINE } from './machine-requests';
import { namedNode } from './named-nodes';
import { writesOfNamedObject } from './reading-requests';
import { programOfRunbook, runbooksIn } from './runbooks';
import { fixedIn, givenIn, SentRequest } from './sent-requests';
import { addTo } from '../../values/add-to';
import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { writesOfRepository, writesOfTag } from '../code/code-writes';
import { CREATE_SECRET, writesOfParameter, writesOfStoredValue } from '../code/stored-writes';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * State machines and runbooks that write what others run, such as a script or the image in a parameter, with something that their definition does not show. Whoever
 * gives it to them decides what they write with their role.
 *
 * @param code the requests that change what others run.
 */
export function readWritingPrograms(resources: StackResources, handing: HandingOn, code: () => readonly CodeWrite[]): Program[] {
  let all: ReadonlyMap<string, readonly CodeWrite[]> | undefined;
  const writesCode = (one: SentRequest): boolean => mayWrite(one) // most write nothing
    && ((all ??= byAction(code())).get(one.request.toLowerCase()) ?? []).some((write) => writes(one, write));
  return [
    ...resources.ofType(MACHINE).flatMap((machine) => programOfMachine(machine, writesCode)),
    ...runbooksIn(resources).flatMap((runbook) => programOfRunbook(runbook, handing, writesCode)),
  ];
}

function programOfMachine(machine: StackResource, writesCode: (one: SentRequest) => boolean): Program[] {
  const [roleArn, handed] = [textOf(machine.property('RoleArn')), handedIf(machine, writesCode)];
  return roleArn && handed ? [{ arns: [], startedBy: [], takeovers: [], ...handed, roleArn, place: machine.place() }] : [];
}

function byAction(code: readonly CodeWrite[]): ReadonlyMap<string, readonly CodeWrite[]> {
  const found = new Map<string, CodeWrite[]>();
  code.forEach((write) => addTo(found, write.action.toLowerCase(), write));
  return found;
}

/** What writes something that has a name, by the prefix of its actions. Others may write to anything. */
const WRITES: { readonly [service: string]: { readonly name: string; readonly arnsOf: (name: Text, one: SentRequest) => Text[] } } = {
  codecommit: { name: 'RepositoryName', arnsOf: (name) => arnsOf(writesOfRepository(name)) },
  dynamodb: { name: 'TableName', arnsOf: (name) => [namedNode('dynamodb', name)] },
  ecr: { name: 'RepositoryName', arnsOf: (name) => arnsOf(writesOfTag(name)) },
  s3: { name: 'Bucket', arnsOf: (_, one) => arnsOf(writesOfNamedObject(one)) },
  secretsmanager: { name: 'SecretId', arnsOf: (name) => arnsOf(writesOfStoredValue(name)) },
  ssm: { name: 'Name', arnsOf: (name) => arnsOf(writesOfParameter(name)) },
};

const arnsOf = (code: readonly CodeWrite[]): Text[] => code.map(({ arn }) => arn);

const serviceOf = ({ request }: SentRequest): string => request.split(':')[0];

/** What the deliveries show, and not these: what gets to functions, queues and the like. A request that only makes a secret changes none. */
const OF_DELIVERIES = /^(events|kinesis|lambda|sns|sqs|states):/;

const mayWrite = (one: SentRequest): boolean =>
  !OF_DELIVERIES.test(one.request) && one.request.toLowerCase() !== CREATE_SECRET.toLowerCase() && givenIn(one).length > 0;

/** Whether a request with something that others give writes to where a write is about. */
function writes(one: SentRequest, { arn }: CodeWrite): boolean {
  const service = serviceOf(one);
  if (!Object.hasOwn(WRITES, service)) {
    return true;
  }
  const { name, arnsOf: named } = WRITES[service];
  const names = fixedIn(one, name);
  return names.length === 0 || names.some((text) => named(text, one).some((own) => mayBeEqual(own, arn)));
}
