import { handedIf } from './handed-to-machines';
import { dynamicIn, fixedTexts, MACHINE, machineDefinition, MachineRequest } from './machine-requests';
import { writesOfNamedObject } from './reading-requests';
import { mayBeEqual } from '../../values/may-be-equal';
import { valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { writesOfRepository, writesOfTag } from '../code/code-writes';
import { CREATE_SECRET, writesOfParameter, writesOfStoredValue } from '../code/stored-writes';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * State machines that write what others run, such as a script or the image in a parameter, with something that their definition does not show. Whoever gives it
 * to them decides what they write with their role.
 *
 * @param code the requests that change what others run.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function readWritingMachines(resources: StackResources, code: () => readonly CodeWrite[]): Program[] {
  const machines = resources.ofType(MACHINE).filter(mayWrite);
  const all = machines.length === 0 ? [] : code().filter(({ action }) => action !== CREATE_SECRET); // a machine that only makes a secret changes none
  return machines.flatMap((machine) => {
    const [roleArn, handed] = [textOf(machine.property('RoleArn')), handedIf(machine, (one) => all.some((write) => writes(one, write)))];
    return roleArn && handed ? [{ arns: [], startedBy: [], takeovers: [], ...handed, roleArn, place: machine.place() }] : [];
  });
}

/** What makes an object of another one, or of parts, needs the permission to put it. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const PUTS_OBJECT = /^s3:(completemultipartupload|copyobject|uploadpart)/;

const actionOf = ({ request }: MachineRequest): string => request.toLowerCase().replace(PUTS_OBJECT, 's3:putobject');

/** What writes something that has a name, by the prefix of its actions. */
const WRITES: { readonly [service: string]: { readonly name: string; readonly writesOf: (name: Text) => CodeWrite[] } } = {
  codecommit: { name: 'RepositoryName', writesOf: writesOfRepository },
  ecr: { name: 'RepositoryName', writesOf: (name) => writesOfTag(name) },
  s3: { name: 'Bucket', writesOf: () => [] },
  secretsmanager: { name: 'SecretId', writesOf: writesOfStoredValue },
  ssm: { name: 'Name', writesOf: writesOfParameter },
};

const serviceOf = ({ request }: MachineRequest): string => request.split(':')[0];

/** Most state machines write nothing of this kind. */
const mayWrite = (machine: StackResource): boolean =>
  machineDefinition(machine)?.requests.some((one) => Object.hasOwn(WRITES, serviceOf(one))) ?? false;

/** Whether a request writes something of its input to where a write is about. */
function writes(one: MachineRequest, { action, arn }: CodeWrite): boolean {
  const service = serviceOf(one);
  if (action.toLowerCase() !== actionOf(one) || !Object.hasOwn(WRITES, service) || dynamicIn(one).length === 0) {
    return false;
  }
  const { name, writesOf } = WRITES[service];
  const named = fixedTexts(valueAt(one.parameters, name), one.isPath);
  const written = service === 's3' ? writesOfNamedObject(one) : named.flatMap(writesOf);
  return named.length === 0 || written.some((own) => mayBeEqual(own.arn, arn));
}
