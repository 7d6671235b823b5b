import { Text } from './text';
import { derived, textAfter } from './text-parts';
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

/** The issuer in the ARN of a provider: unknown if the ARN is, and undefined if the provider is of another kind, such as SAML. */
export function trustedIssuerOf(provider: Text): Text | undefined {
  const known = textAfter(provider, ':oidc-provider/');
  const isOther = provider.literal !== undefined || textAfter(provider, ':saml-provider/') !== undefined;
  return known ?? (isOther ? undefined : derived(provider, 'issuer'));
}

/** The same for the ARN of a provider, or for the provider in a trust policy. */
export function isProviderOfEks(provider: Text): Truth {
  const issuer = trustedIssuerOf(provider);
  return issuer ? isOfEks(issuer) : 'no';
}
