import { createHash } from 'node:crypto';
import { OnEventRequest, ownerOf, timeOf } from './event';

/**
 * A PhysicalResourceId that is unique to the event: the owner, the time of the event, and a hash. If an update returns a new id, CloudFormation
 * sends a Delete for the old id after the stack operation has succeeded. There is no other signal for that.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function newId(event: OnEventRequest): string {
  const part = createHash('sha256').update(event.RequestId).digest('hex').slice(0, 8);
  return `${ownerOf(event)}/${timeOf(event)}-${part}`;
}

/** The time of the event in an id of this function; undefined for an id that CloudFormation or the framework generated. */
export function timeOfId(id: string, owner: string): string | undefined {
  return id.startsWith(`${owner}/`) ? /^(\d{8}T\d{6}Z)-[0-9a-f]{8}$/.exec(id.slice(owner.length + 1))?.[1] : undefined;
}
