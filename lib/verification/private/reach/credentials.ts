import { AccessReason } from '../../access-reason';
import { SessionOptions } from '../evaluation/session-options';
import { Role } from '../model/model';
import { Policy } from '../policies/policy';
import { Truth } from '../values/truth';

/** Credentials of a role, and how a principal gets them. */
export interface Credentials {
  readonly role: Role;
  /** How, in a few words: `IRSA`, `EKS Pod Identity`, `instance metadata`. */
  readonly by: string;
  /** Whether AWS SDKs use them by default. Unknown for a service account that no template defines. */
  readonly isDefault: Truth;
  /** Whether the principal gets them. Those of its account or its nodes that it does not get are here, too: they explain why it is denied. */
  readonly isObtained: Truth;
  /** How, step by step. */
  readonly chain: readonly AccessReason[];
  /** The step that fails, if it does not get them. The last one if it is not named. */
  readonly broken?: AccessReason;
  /** What it depends on whether it gets them. */
  readonly missing: readonly string[];
  /** What is assumed, so that it gets them. */
  readonly assumed?: readonly string[];
  readonly sessionPolicy?: Policy;
  /** Whether they lead to no further credentials. */
  readonly isLast?: boolean;
  /** If the principal might raise the permissions of the role. */
  readonly raise?: Raise;
  /** What the condition keys of its requests depend on. */
  readonly session: SessionOptions;
}

/** How a principal might raise the permissions of a role. */
export interface Raise {
  readonly why: AccessReason;
  /** What the policies of the role might be then: one of these lists. A policy that the principal might write is not known. */
  readonly policies: ReadonlyArray<readonly Policy[]>;
  /** The boundary that the principal can neither remove nor rewrite. */
  readonly boundary?: Policy;
  /** Whether the role might have other tags. */
  readonly changesTags: boolean;
}

/** Why a principal might get credentials that are not known. */
export interface OtherCredentials extends AccessReason {
  /** The assumption that excludes them, if there is one. */
  readonly excludedBy?: 'noOtherNodes' | 'noOtherCredentials';
  /** What matches the only actions that they are for, if they are not for all. */
  readonly only?: RegExp;
}

/** All credentials that a principal can get. */
export interface Reach {
  readonly credentials: readonly Credentials[];
  /** Why it might get others, such as of nodes that the templates do not show. */
  readonly others: readonly OtherCredentials[];
  /** Whether SDKs would use these others by default. */
  readonly othersAreDefault: Truth;
  /** Why SDKs may not use the credentials of the service account. */
  readonly changesDefault: readonly AccessReason[];
  /** How to state the annotation of the service account, if no template may define it. */
  readonly howToAnnotate?: string;
  /** What an explanation says first. For example, that no template defines the account. */
  readonly notes: readonly AccessReason[];
}
