import { SubjectSelection } from './access-options';
import { AccessOutcome } from './access-outcome';
import { AccessReason } from './access-reason';
import { AskedToken, explainToken } from './private/decisions/trust/token-explanation';

/** A token of a service account, which its cluster has signed, and which has not expired. */
export interface TokenOptions extends SubjectSelection {
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
export class TokenDecision {
  /** @internal */
  public static _of(asked: AskedToken): TokenDecision {
    return new TokenDecision(asked);
  }

  /** Whether the provider accepts the token, and the trust policy admits it. */
  public readonly outcome: AccessOutcome;
  /** Whether the IAM OIDC provider of the cluster accepts the audience of the token. AWS STS looks at the trust policy only if it does. */
  public readonly provider: AccessOutcome;
  /** The statements of the trust policy, and why they admit the token or do not. */
  public readonly reasons: AccessReason[];
  /** What the outcome depends on that the templates do not show. */
  public readonly missing: string[];

  private constructor(private readonly asked: AskedToken) {
    const { verdict } = asked;
    this.outcome = AccessOutcome[verdict.outcome];
    this.provider = AccessOutcome[verdict.provider];
    this.reasons = [...verdict.reasons];
    this.missing = [...verdict.missing];
  }

  /** An explanation for people: the outcome, and the statements that decided, each with its place. */
  public toString(): string {
    return explainToken(this.asked);
  }
}
