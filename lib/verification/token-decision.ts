import { SubjectOptions } from './access-options';
import { AccessOutcome } from './access-outcome';
import { AccessReason } from './access-reason';

/** A token of a service account, which its cluster has signed, and which has not expired. */
export interface TokenOptions extends SubjectOptions {
  /**
   * The audience of the token.
   * @default 'sts.amazonaws.com'
   */
  readonly audience?: string;
}

/**
 * Whether AWS STS gives credentials of a role for a token, and why.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export interface TokenDecision {
  /** Whether the provider accepts the token, and the trust policy admits it. */
  readonly outcome: AccessOutcome;
  /** Whether the IAM OIDC provider of the cluster accepts the audience of the token. AWS STS looks at the trust policy only if it does. */
  readonly provider: AccessOutcome;
  /** The statements of the trust policy, and why they admit the token or do not. */
  readonly reasons: AccessReason[];
  /** What the outcome depends on that the templates do not show. */
  readonly missing: string[];
}
