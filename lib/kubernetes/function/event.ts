import { createHash } from 'node:crypto';
import type { Properties } from '../contract/properties';

/**
 * The event that the provider framework passes to `onEvent`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export interface OnEventRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** The same in a second delivery of the event. */
  readonly RequestId: string;
  /** A presigned URL, which contains the date of the event. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
  readonly OldResourceProperties?: Properties;
}

export interface OnEventResponse {
  readonly PhysicalResourceId: string;
}

/**
 * When CloudFormation sent an event, such as `20261126T043903Z`. Later times sort after earlier ones. An event without a date counts as sent
 * now.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function timeOf({ ResponseURL }: OnEventRequest): string {
  return /[?&]X-Amz-Date=(\d{8}T\d{6}Z)(&|$)/.exec(ResponseURL)?.[1] ?? amzDate(new Date());
}

/** In milliseconds since 1970. */
export const millisecondsOf = (time: string) => Date.parse(time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3:$4:$5Z'));

const amzDate = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * The set that an event is for: `account/region/stack/logical id`. It contains the name of the stack instead of its id, so that a stack that is
 * created again finds its set.
 */
export function ownerOf({ StackId, LogicalResourceId }: Pick<OnEventRequest, 'StackId' | 'LogicalResourceId'>): string {
  const [, , , region, account, stack] = StackId.split(':');
  return [account, region, stack.split('/')[1], LogicalResourceId].join('/');
}

export const isSameStack = (owner: string, other: string) => owner.slice(0, owner.lastIndexOf('/')) === other.slice(0, other.lastIndexOf('/'));

/** The name of an owner in messages. */
export function nameOfOwner(owner: string): string {
  const [account, region, stack, logicalId] = owner.split('/');
  return `stack ${stack} in ${region} of account ${account} (resource ${logicalId})`;
}

/** Equal for two descriptions of the same set in the same cluster. */
export function hashOf({ Cluster, Existing, Objects, Issuer, PodIdentityAccounts, UnprobedAccounts, WaitFor, WaitTimeout }: Properties): string {
  const set: Properties = { Cluster, Existing, Objects, Issuer, PodIdentityAccounts, UnprobedAccounts, WaitFor, WaitTimeout };
  return createHash('sha256').update(JSON.stringify(set)).digest('hex');
}
