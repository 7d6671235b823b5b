import { Text } from './text';
import { textAfter } from './text-parts';
import { Truth } from './truth';

/** The second is that of clusters with addresses of IPv4 and IPv6: `oidc-eks.us-west-2.api.aws`. */
const STARTS: readonly string[] = ['oidc.eks.', 'oidc-eks.'];

/**
 * Whether an issuer, without `https://`, is that of a cluster of Amazon EKS, and not that of something else, such as GitHub.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export function isOfEks({ parts }: Text): Truth {
  const [first = ''] = parts;
  if (typeof first !== 'string') {
    return 'unknown';
  }
  return STARTS.some((start) => first.startsWith(start)) ? 'yes' : parts.length > 1 && STARTS.some((start) => start.startsWith(first)) ? 'unknown' : 'no';
}

/** The same for the ARN of a provider, or for the provider in a trust policy. */
export function isProviderOfEks(provider: Text): Truth {
  const issuer = textAfter(provider, ':oidc-provider/');
  return issuer ? isOfEks(issuer) : provider.literal === undefined ? 'unknown' : 'no';
}
