import { SubjectSelection } from './access-options';
import { AccessPlace } from './access-reason';
import { AskedTrust } from './private/decisions/trust/asked-trust';
import { checkAccountName } from './private/questions/asked-account';
import { checkOptions } from './private/questions/check-options';
import { TokenDecision, TokenOptions } from './token-decision';

/** The trust policy of a role as IAM gets it, regardless of its form in the template: an object, a string, or conditions from a custom resource. */
export class TrustPolicy {
  /** @internal */
  public static _of(trust: AskedTrust): TrustPolicy {
    return new TrustPolicy(trust);
  }

  /** The logical ID of the role. */
  public readonly role: string;
  /** The ARN of the role, with `${label}` for parts that are known only at deployment. */
  public readonly roleArn: string;
  /** Where the trust policy is. */
  public readonly place: AccessPlace;
  /** The policy as JSON, with `${label}` for parts that are known only at deployment. Undefined if the policy cannot be read, or depends on conditions; `problem` says why. */
  public readonly document?: { [element: string]: any };
  /** Why there is no `document`; undefined if there is. */
  public readonly problem?: string;
  /** The statements of the policy as JSON. */
  public readonly statements: { [element: string]: any }[];

  private constructor(private readonly trust: AskedTrust) {
    const { role, roleArn, place, document, problem, statements } = trust.data;
    this.role = role;
    this.roleArn = roleArn;
    this.place = place;
    this.document = document;
    this.problem = problem;
    this.statements = statements;
  }

  /**
   * Decides whether AWS STS gives credentials of the role for a token of a service account, whatever the account is annotated with. The IAM OIDC provider
   * of the cluster judges the token first, and the trust policy after it.
   *
   * @param token the service account, the audience, and the cluster.
   * @throws if the cluster is not in the templates, or if it is not clear which cluster you mean.
   */
  public decideToken(token: TokenOptions): TokenDecision {
    checkOptions('TokenOptions', token);
    checkAccountName(token.namespace, token.serviceAccountName);
    return TokenDecision._of(this.trust.decideToken(token));
  }

  /**
   * Fails unless pods of the service account can assume the role, either with their token or, with an association, through EKS Pod Identity.
   *
   * @param account the service account, and its cluster.
   * @throws if they cannot, or if it is unknown, with an explanation.
   */
  public assertAdmits(account: SubjectSelection): void {
    checkSubject(account);
    this.trust.assertAdmits(account);
  }

  /**
   * Fails unless pods of the service account can assume the role, and nobody else can.
   *
   * @param account the service account, and its cluster.
   * @throws if they cannot, if others can, or if it is unknown, with an explanation.
   */
  public assertAdmitsOnly(account: SubjectSelection): void {
    checkSubject(account);
    this.trust.assertAdmitsOnly(account);
  }
}

function checkSubject(account: SubjectSelection): void {
  checkOptions('SubjectSelection', account);
  checkAccountName(account.namespace, account.serviceAccountName);
}
