import { Text } from '../values/text';

/** Who asks for the credentials of a role. */
export interface Caller {
  readonly kind: 'Federated' | 'Service' | 'AWS';
  /** All names by which a trust policy can name it: of a role session, the ARN of the role, the account, and the ARN of the account. */
  readonly names: readonly Text[];
}
