import { CodeWrite } from './code/code-write';
import { KubernetesObject } from './kubernetes-object';
import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/**
 * What somebody needs to act as a user, or with the role of a database: an access key, of which the secret part counts, or a password.
 */
export interface UserKey {
  /** For messages: `access key Key`, `password`, `password of Database`. */
  readonly name: string;
  readonly holderArn: Text;
  readonly copies: readonly KeyCopy[];
}

/** A key that a function might make for the users for which its role may do so. */
export interface MadeKey extends Omit<UserKey, 'holderArn'> {
  /** The ARN of the role. */
  readonly madeBy: Text;
}

/** A place that has the key. */
export interface KeyCopy {
  /** For messages. */
  readonly where: string;
  readonly place: AccessPlace;
  /** The requests that read it. */
  readonly reads?: readonly KeyRead[];
  /** Whether it is on instances, or they can read it without permissions. */
  readonly isOnInstances?: boolean;
  /** Who may have it without any request. */
  readonly heldBy?: 'everyone' | KeyHolders;
  /** The Kubernetes object that has it, which a binding may let others read. */
  readonly object?: KubernetesObject;
}

/** A key of which the templates do not show whose it is. */
export interface UnknownKey extends KeyCopy {
  /** For messages, before the place. */
  readonly what: string;
  /** What matches the only actions that it is for, if it is not for all. */
  readonly only?: RegExp;
}

/** A place that has what lets act in clusters. */
export interface ClusterCredential extends KeyCopy {
  /** For messages, before the place: `with the kubeconfig of`. */
  readonly how: string;
}

/** A request that reads a copy of a key, or decides what runs with it. */
export interface KeyRead extends Pick<CodeWrite, 'action' | 'afterOneOf' | 'onlyIfNamed' | 'otherThan' | 'given'> {
  /** Undefined if it may be about something else, or if the ARN is not known. */
  readonly arn?: Text;
}

/** The pods that have a key: those of a cluster, of a namespace, of an account or of a workload. */
export interface KeyHolders {
  readonly cluster: ClusterId;
  readonly namespace?: Text;
  readonly serviceAccountName?: Text;
  /** Whether it is an account that a chart has unless its values name another one, as they do. */
  readonly isReplaced?: boolean;
  readonly workload?: { readonly kind: string; readonly name?: Text };
  /** The Secret that has it, if pods have it only once they read this. */
  readonly secret?: Text;
}

/** Secrets of a cluster. */
export interface SomeSecrets {
  /** @default - any */
  readonly namespace?: Text;
  /** @default - any */
  readonly names?: readonly Text[];
}

/** A role that trusts identities of a provider that is not of AWS, and the object because of which pods might have such an identity. */
export interface HeldIdentity {
  readonly roleArn: Text;
  /** For messages: the issuer. */
  readonly provider: Text;
  /** For messages: the object. */
  readonly where: string;
  /** For messages: what the object names. */
  readonly names: string;
  readonly heldBy: KeyHolders;
}

/** An identity pool of Amazon Cognito. */
export interface IdentityPool {
  readonly id: Text;
  /** Whether it has identities without sign-in. */
  readonly hasGuests: Truth;
  /** Whether anyone may get an account of one of its providers. */
  readonly hasSignUp: boolean;
}

/** A role that the templates give to the guests or the users of an identity pool, to a group of users, or by a service that takes certificates. */
export interface GivenRole {
  readonly roleArn: Text;
  readonly to: 'guests' | 'users' | 'group' | 'rolesanywhere' | 'credentials.iot';
  /** The ID of the identity pool. */
  readonly pool?: Text;
}
