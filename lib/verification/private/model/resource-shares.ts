import { StackResource } from './stack-resources';
import { ANY_SERVICE } from './unread-types';
import { listOf } from '../values/resolved';
import { Text } from '../values/text';

export const SHARE = 'AWS::RAM::ResourceShare';

/**
 * The services of what a resource share of AWS RAM shares, by the prefixes of their actions: the permissions of the share are about these resources only.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html
 */
export const sharedServices = (share: StackResource): string[] => [...new Set(listOf(share.property('ResourceArns')).map((arn) =>
  (arn instanceof Text ? serviceIn(arn) : undefined) ?? ANY_SERVICE))];

/** The service in an ARN; undefined if only the deployment knows it. */
function serviceIn({ parts }: Text): string | undefined {
  const text = parts.map((part) => (typeof part === 'string' ? part : UNKNOWN)).join('');
  return /^arn:[^:]*:([\w-]+):/.exec(text)?.[1];
}

const UNKNOWN = '*';
