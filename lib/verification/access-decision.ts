import { AccessOutcome } from './access-outcome';
import { AccessReason } from './access-reason';
import { assumedIn, explain, Explained } from './private/answers/explanation';
import { answerOf } from './private/answers/role-answers';
import { RoleAnswer } from './role-answer';

/** Whether a principal is allowed to do something, and why. */
export class AccessDecision {
  /** @internal */
  public static _of(explained: Explained): AccessDecision {
    return new AccessDecision(explained);
  }

  /** The outcome with all credentials that the principal can get. */
  public readonly outcome: AccessOutcome;
  /**
   * With the credentials that SDKs use by default: those that the service account gives, or if it gives none, those of the node,
   * if the pod reaches its instance metadata.
   *
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html#credentialProviderChain
   */
  public readonly outcomeByDefault: AccessOutcome;
  /** The answer for each role whose credentials the principal gets, or might get, and for those that its service account or its nodes fail to give. */
  public readonly answers: RoleAnswer[];
  /** A chain for each role: how the principal gets its credentials, and the statements that decided. */
  public readonly reasons: AccessReason[];
  /** What the outcome depends on that the templates do not show. */
  public readonly missing: string[];
  /** What you should know about the outcome, also if it is certain: for example, that others can change the service account, or that a key denies an action. */
  public readonly notes: string[];
  /** What is assumed: what you stated with `PodAccess.assume`, and facts about requests, such as that they use TLS 1.3. */
  public readonly assumed: string[];

  private constructor(private readonly explained: Explained) {
    const { verdict } = explained;
    this.outcome = AccessOutcome[verdict.outcome];
    this.outcomeByDefault = AccessOutcome[verdict.outcomeByDefault];
    this.missing = [...verdict.missing];
    this.notes = verdict.notes.map(({ what }) => what);
    this.assumed = assumedIn(explained);
    this.answers = verdict.answers.map(answerOf);
    this.reasons = [
      ...verdict.notes,
      ...verdict.answers.map(({ credentials, decision, outcome }) => ({
        what: `${outcome} with role ${credentials.role.label}, by ${credentials.by}`,
        because: [...credentials.chain, ...(credentials.isObtained === 'no' ? [] : decision.reasons)],
      })),
      ...verdict.others.map(({ what, place, because }) => ({ what, place, because })),
    ];
  }

  /** An explanation for people: the chain from the principal to the statement that decided, with the place of each step. */
  public toString(): string {
    return explain(this.explained);
  }
}
