import { createHash } from 'node:crypto';
import { OnEventRequest, ownerOf, timeOf } from './event';

/**
 * A PhysicalResourceId that no other event gives: the owner, then the time of the event and a part of its own. A new id makes CloudFormation
 * send a Delete for the old one once the stack is known to have succeeded; nothing else tells of that.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function newId(event: OnEventRequest): string {
  const part = createHash('sha256').update(event.RequestId).digest('hex').slice(0, 8);
  return `${ownerOf(event)}/${timeOf(event)}-${part}`;
}

/** When an id of ours was given; undefined for one that CloudFormation or the framework made up. */
export function timeOfId(id: string, owner: string): string | undefined {
  return id.startsWith(`${owner}/`) ? /^(\d{8}T\d{6}Z)-[0-9a-f]{8}$/.exec(id.slice(owner.length + 1))?.[1] : undefined;
}
