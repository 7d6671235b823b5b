import { RoleSession } from './grants';
import { Tags } from '../model/resource';
import { Text } from '../values/text';

/** What the template shows about the resource of a request. */
export interface ResourceFacts {
  readonly arn?: Text;
  /** The account that owns it, which not every ARN shows. */
  readonly account?: Text;
  /** The Region to which a request about it is sent; undefined if that is not known. */
  readonly region?: Text;
  /** Undefined if the tags are unknown. */
  readonly tags?: Tags;
}

/** What condition keys show about a role session and how it started. */
export interface SessionOptions {
  readonly role: RoleSession;
  readonly roleTags: Tags;
  /** The session tags of EKS Pod Identity, or the transitive tags of the session that assumed the role. They override the tags of the role. */
  readonly sessionTags?: ReadonlyMap<string, Text>;
  /** Whether who started the session chose further session tags. They override the tags of the role, but not transitive ones. */
  readonly hasChosenTags?: boolean;
  /** Whether it may also be one that a user starts with `sts:GetFederationToken`. */
  readonly federates?: boolean;
  /** The ARN of the OIDC provider of a session that came through web identity; `unknown` if it is not known whether it did. */
  readonly federatedProvider?: Text | 'unknown';
  readonly resource?: ResourceFacts;
  /**
   * Whether a service sends the request on behalf of the session, so that nothing is known of how it does. By default, the session sends it itself.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
   */
  readonly isForwarded?: boolean;
  /** Values that the caller states, by condition key. They override all others. Undefined means that the key is missing. */
  readonly given?: Readonly<Record<string, readonly Text[] | undefined>>;
}

/** A service that assumes a role on behalf of a resource, such as EKS Pod Identity on behalf of a cluster. */
export interface ServiceSource {
  readonly account?: Text;
  readonly arn?: Text;
  /** The session tags that it sets. */
  readonly tags?: ReadonlyMap<string, Text>;
}

/** How a session assumes another role. The session can choose any external ID if it is not given. */
export interface ChainOptions {
  readonly externalId?: Text;
  /** Whether it passes tags of its own choice. Otherwise, it passes its transitive tags only. */
  readonly choosesTags: boolean;
}
