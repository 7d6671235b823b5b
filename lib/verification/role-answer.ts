import { AccessOutcome } from './access-outcome';
import { AccessReason } from './access-reason';

/** What a principal can do with the credentials of one role. */
export interface RoleAnswer {
  /** The logical ID of the role, or the ARN of one that is not in the templates. */
  readonly role: string;
  /** How the principal gets the credentials, as in `ReachableRole.by`. */
  readonly by: string;
  /** Whether AWS SDKs use these credentials by default. */
  readonly isDefault: boolean;
  /** Whether the principal gets the credentials: `DENIED`, for example, if the trust policy of the role does not admit it. */
  readonly credentials: AccessOutcome;
  /** Whether it is allowed with these credentials: `DENIED` also if the principal does not get them. */
  readonly outcome: AccessOutcome;
  /** How the principal gets the credentials, or why it does not, step by step. */
  readonly how: AccessReason[];
}
