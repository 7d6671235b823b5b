import { AccessOutcome } from './access-outcome';
import { AccessReason } from './access-reason';

/** What a principal can do with the credentials of one role. */
export interface RoleAnswer {
  /** The logical ID of the role, or the name of one that is not in the templates. */
  readonly role: string;
  /** The ARN of the role, with `${label}` for parts that are known only at deployment. */
  readonly roleArn: string;
  /** How the principal gets the credentials, as in `ReachableRole.by`. */
  readonly by: string;
  /** Whether AWS SDKs use these credentials by default. */
  readonly isDefault: boolean;
  /** Whether the principal gets the credentials: `DENIED`, for example, if the trust policy of the role does not admit it. */
  readonly credentials: AccessOutcome;
  /** Whether the principal is allowed the action with these credentials. `DENIED` also if it does not get them. */
  readonly outcome: AccessOutcome;
  /** How the principal gets the credentials, or why it does not, step by step. */
  readonly how: AccessReason[];
}
