import { createHash } from 'node:crypto';
import type { OnEventRequest } from './event';
import { parseApplied } from './objects';
import { identity } from '../contract/identity';
import type { Properties } from '../contract/properties';

/**
 * The PhysicalResourceId of a set, and the mark of its owner: `account/region/stack/logical id/hash`. The stack's name, not its id,
 * so that a stack that is made again finds what it retained. The hash is of the cluster and of the identities in the set: a changed
 * set is a new id, and CloudFormation sends a Delete for the old one once the stack is known to have succeeded.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function resourceId({ StackId, LogicalResourceId }: OnEventRequest, properties: Properties): string {
  const [, , , region, account, stack] = StackId.split(':');
  const set = [properties.Cluster, ...parseApplied(properties).map(identity).sort()];
  const hash = createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 16);
  return [account, region, stack.split('/')[1], LogicalResourceId, hash].join('/');
}

/** Whatever the set. */
export const sameResource = (a: string, b: string) => firstParts(a, 4) === firstParts(b, 4);

export const sameStack = (a: string, b: string) => firstParts(a, 3) === firstParts(b, 3);

/** Names an owner to a person. */
export function nameOfOwner(id: string): string {
  const [account, region, stack, logicalId] = id.split('/');
  return logicalId ? `stack ${stack} in ${region} of account ${account} (resource ${logicalId})` : id;
}

const firstParts = (id: string, count: number) => id.split('/').slice(0, count).join('/');
