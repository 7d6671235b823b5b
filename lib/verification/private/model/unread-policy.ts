import { AccessPlace } from '../../access-reason';
import { Resolved } from '../values/resolved';

/** A resource policy, or what is like one, that is in the templates, but not read. */
export interface UnreadPolicy {
  /** Patterns of the actions that it can allow, in lower case. */
  readonly actions: readonly string[];
  /** Whether it never denies. */
  readonly onlyAllows?: true;
  /** The types of the resources of the model that it can be the policy of. */
  readonly of: readonly string[];
  /** That it is not read, in a sentence. */
  readonly what: string;
  readonly content: Resolved;
  readonly place: AccessPlace;
}
