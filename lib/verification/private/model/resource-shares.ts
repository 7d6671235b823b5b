import { StackResource } from './stack-resources';
import { ANY_SERVICE, UnreadType } from './unread-types';
import { listOf } from '../values/resolved';
import { Text } from '../values/text';

/**
 * What the permissions of a resource share of AWS RAM can be about: the resources that it shares. Of those whose ARNs are known, AWS RAM shares parameters.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/getting-started-terms-and-concepts.html
 * @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
export function sharedBy(share: StackResource): Pick<UnreadType, 'services' | 'of'> {
  const arns = listOf(share.property('ResourceArns'));
  const services = [...new Set(arns.map((arn) => (arn instanceof Text ? serviceIn(arn) : undefined) ?? ANY_SERVICE))];
  return { services, of: services.some((service) => [ANY_SERVICE, 'ssm'].includes(service)) ? ['AWS::SSM::Parameter'] : [] };
}

/** The service in an ARN; undefined if only the deployment knows it. */
function serviceIn({ parts }: Text): string | undefined {
  const text = parts.map((part) => (typeof part === 'string' ? part : UNKNOWN)).join('');
  return /^arn:[^:]*:([\w-]+):/.exec(text)?.[1];
}

const UNKNOWN = '*';
