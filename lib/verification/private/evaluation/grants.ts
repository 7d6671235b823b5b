import { Policy } from '../policies/policy';
import { Text } from '../values/text';

/** Who makes a request: a session of a role. */
export interface RoleSession {
  readonly roleArn: Text;
  readonly account: Text;
  /** The unique ID of the role, if it is of the templates. */
  readonly id?: Text;
  /** Whether the role is created after the policies. They keep the ID of a principal, and so cannot name it. */
  readonly isNew?: boolean;
}

/** The policies that decide what a role session may do. */
export interface Grants {
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  readonly session?: Policy;
  readonly resource: ResourceSide;
}

/** What is known of the policies of the resource. */
export type ResourceSide =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'policies'; readonly account: Text; readonly policies: readonly Policy[] };
