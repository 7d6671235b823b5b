import { hasNodes, namedNode } from './named-nodes';
import { fixedIn, SentRequest } from './sent-requests';
import { Text } from '../../values/text';
import { anyPart, CodeWrite } from '../code/code-write';
import { writesBelow, writesOfObject, writesOfTag } from '../code/code-writes';
import { writesOfParameter, writesOfStoredValue } from '../code/stored-writes';

/** Requests that return what others have written, and not what is about a bucket. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const READS = /:(?!\w*bucket)(batch)?(describeImages|execute|get|head|list|query|receive|scan|select|transactGet)/i;

export const isRead = ({ request }: SentRequest): boolean => READS.test(request);

/** The tables, queues and streams that a request reads. */
export function nodesOfRead(read: SentRequest): Text[] {
  const [service] = read.request.split(':');
  return hasNodes(service) && service !== 's3' ? fixedIn(read).map((text) => namedNode(service, text)) : [];
}

/** What changes the object that a request names, or those of the bucket. Nothing if it takes the bucket from its input. */
export function writesOfNamedObject(one: SentRequest): CodeWrite[] {
  const [[bucket], [key]] = ['Bucket', 'Key'].map((name) => fixedIn(one, name));
  return !bucket ? [] : key ? writesOfObject(Text.join([bucket, key], '/')) : writesBelow(bucket);
}

/** What changes the objects, parameters, secrets and images that a request reads. */
export function writesOfRead(read: SentRequest): CodeWrite[] {
  const [service] = read.request.split(':');
  const names = fixedIn(read);
  switch (service) {
    case 's3': return writesOfNamedObject(read);
    case 'ecr': return names.flatMap((name) => writesOfTag(name));
    case 'secretsmanager': return names.flatMap(writesOfStoredValue).filter(({ action }) => action.startsWith(service));
    case 'ssm': return names.flatMap((name) => [name, Text.join([name, anyPart('rest of a path')])]).flatMap(writesOfParameter);
    default: return [];
  }
}
