import { AccessPlace } from '../../access-reason';
import { Text } from '../values/text';

/** An OIDC provider of IAM. */
export interface OidcProvider {
  readonly arn: Text;
  /** Without `https://`. */
  readonly issuer: Text;
  readonly audiences: readonly Text[];
  readonly place: AccessPlace;
}
