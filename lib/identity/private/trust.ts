import * as iam from 'aws-cdk-lib/aws-iam';
import { OidcIssuer } from '../oidc-issuer';
import { ServiceAccountSubject } from '../service-account-subject';

/** Whom the token of a pod is for; the pod identity webhook asks for it unless told otherwise. */
export const AUDIENCE = 'sts.amazonaws.com';

export interface TrustProps {
  /** Whose tokens are trusted. */
  readonly cluster: { readonly openIdConnectProviderArn: string; readonly issuer: OidcIssuer };
  /** Which of them. */
  readonly subjects: ServiceAccountSubject[];
}

/**
 * Whoever holds a token of the issuer for one of the subjects.
 *
 * A trust without `sub` would admit every pod of the cluster: at least one subject is needed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function trustedPrincipal({ cluster: { openIdConnectProviderArn, issuer }, subjects }: TrustProps): iam.PrincipalBase {
  const audience = { [issuer.audienceKey]: AUDIENCE };
  const exact = subjects.filter(({ isPattern }) => !isPattern).map(({ value }) => value);
  const patterns = subjects.filter(({ isPattern }) => isPattern).map(({ value }) => value);
  const conditions = [
    ...exact.length > 0 ? [{ StringEquals: { ...audience, [issuer.subjectKey]: oneOrMore(exact) } }] : [],
    ...patterns.length > 0 ? [{ StringEquals: audience, StringLike: { [issuer.subjectKey]: oneOrMore(patterns) } }] : [],
  ];
  if (conditions.length === 0) {
    throw new Error('a trust needs a subject: without one, every pod of the cluster could take the role');
  }
  const principals = conditions.map((condition) => new iam.WebIdentityPrincipal(openIdConnectProviderArn, condition));
  return principals.length === 1 ? principals[0] : new iam.CompositePrincipal(...principals);
}

const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
