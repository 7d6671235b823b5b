import { AccessReason } from '../../access-reason';
import { Decision, Outcome } from '../evaluation/decision';
import { Credentials, OtherCredentials } from '../reach/credentials';
import { Text } from '../values/text';

/** What some credentials can do, as far as the principal gets them. */
export interface Answer {
  readonly credentials: Credentials;
  readonly decision: Decision;
  /** The resource that decided; undefined if the action takes none. */
  readonly resource?: Text;
  readonly outcome: Outcome;
  /** That the key of the resource denies, or might deny, what policies allow. */
  readonly denial?: AccessReason;
  /** What is assumed of the request, and of how the principal gets the credentials. */
  readonly assumed: readonly string[];
}

/** The answer to a question about a principal, under one assignment. */
export interface PrincipalVerdict {
  readonly outcome: Outcome;
  readonly outcomeByDefault: Outcome;
  readonly answers: readonly Answer[];
  /** Why the principal might get other credentials. */
  readonly others: readonly OtherCredentials[];
  readonly notes: readonly AccessReason[];
  readonly missing: readonly string[];
}
