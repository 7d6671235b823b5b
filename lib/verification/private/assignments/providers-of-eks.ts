import { Text } from '../values/text';
import { derived, textAfter } from '../values/text-parts';

/** The second is that of clusters with addresses of IPv4 and IPv6: `oidc-eks.us-west-2.api.aws`. */
const OF_EKS: readonly string[] = ['oidc.eks', 'oidc-eks'];

/**
 * Whether an issuer may be that of a cluster of Amazon EKS, and not only that of something else, such as GitHub.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export function mayBeOfEks({ parts }: Text): boolean {
  const [first = ''] = parts;
  return typeof first !== 'string' || OF_EKS.some((start) => first.startsWith(start) || (parts.length > 1 && start.startsWith(first)));
}

/** The issuer in the ARN of a provider: unknown if the ARN is, and undefined if the provider is of another kind, such as SAML. */
export function trustedIssuerOf(providerArn: Text): Text | undefined {
  const known = textAfter(providerArn, ':oidc-provider/');
  return known ?? (providerArn.literal === undefined ? derived(providerArn, 'issuer') : undefined);
}

/** Whether an IAM OIDC provider may be that of a cluster of Amazon EKS. Its issuer tells, also where only the deployment knows the account. */
export function mayBeProviderOfEks(providerArn: Text): boolean {
  const issuer = trustedIssuerOf(providerArn);
  return issuer !== undefined && mayBeOfEks(issuer);
}
