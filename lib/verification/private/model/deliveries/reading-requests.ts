import { fixedTexts, MachineRequest } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { anyPart, CodeWrite } from '../code/code-write';
import { writesBelow, writesOfObject, writesOfTag } from '../code/code-writes';
import { writesOfParameter, writesOfStoredValue } from '../code/stored-writes';

/** Requests that return what others have written, and not what is about a bucket. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const READS = /:(?!\w*bucket)(batch)?(describeImages|execute|get|head|list|query|receive|scan|select|transactGet)/i;

export const isRead = ({ request }: MachineRequest): boolean => READS.test(request);

/** The tables, queues and streams that a request reads. */
export function nodesOfRead({ request, parameters, isPath }: MachineRequest): Text[] {
  const [service] = request.split(':');
  return hasNodes(service) && service !== 's3' ? fixedTexts(parameters, isPath).map((text) => namedNode(service, text)) : [];
}

/** What changes the object that a request names, or those of the bucket. Nothing if it takes the bucket from its input. */
export function writesOfNamedObject({ parameters, isPath }: MachineRequest): CodeWrite[] {
  const [bucket, key] = ['Bucket', 'Key'].map((name) => textOf(valueAt(parameters, name)));
  const isFixed = (text?: Text): text is Text => fixedTexts(text, isPath).length > 0;
  return !isFixed(bucket) ? [] : isFixed(key) ? writesOfObject(Text.join([bucket, key], '/')) : writesBelow(bucket);
}

/** What changes the objects, parameters, secrets and images that a request reads. */
export function writesOfRead(read: MachineRequest): CodeWrite[] {
  const { request, parameters, isPath } = read;
  const [service] = request.split(':');
  const names = fixedTexts(parameters, isPath);
  switch (service) {
    case 's3': return writesOfNamedObject(read);
    case 'ecr': return names.flatMap((name) => writesOfTag(name));
    case 'secretsmanager': return names.flatMap(writesOfStoredValue).filter(({ action }) => action.startsWith(service));
    case 'ssm': return names.flatMap((name) => [name, Text.join([name, anyPart('rest of a path')])]).flatMap(writesOfParameter);
    default: return [];
  }
}
