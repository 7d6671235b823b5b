import { Place } from './place';
import { Policy } from './policy';
import { Text } from '../values/text';

/** What the templates say about who can get which credentials. */
export interface Model {
  readonly roles: readonly Role[];
  readonly oidcProviders: readonly OidcProvider[];
  readonly clusters: readonly Cluster[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly workloads: readonly Workload[];
  readonly associations: readonly Association[];
  readonly nodeGroups: readonly NodeGroup[];
  readonly resources: readonly Resource[];
  /** What the model could not read, or what it does not know. */
  readonly findings: readonly Finding[];
}

/** Something that a reader of a report should know. */
export interface Finding {
  /** Stable, such as `unreadable-trust-policy`. */
  readonly id: string;
  readonly message: string;
  readonly place?: Place;
}

export interface Role {
  /** For messages: the logical ID, or the name of a role that is not in the templates. */
  readonly label: string;
  readonly arn: Text;
  readonly account: Text;
  /** An object, or a string that was parsed. */
  readonly trustPolicy: Policy;
  /** Inline and managed policies, those of other resources of the templates included. */
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  readonly tags: ReadonlyMap<string, Text>;
  readonly place: Place;
}

export interface OidcProvider {
  readonly arn: Text;
  /** Without `https://`. */
  readonly issuer: Text;
  readonly audiences: readonly Text[];
  readonly place: Place;
}

export interface Cluster {
  readonly name: Text;
  readonly arn: Text;
  /** Without `https://`; undefined if the templates do not tell. */
  readonly issuer?: Text;
  readonly account: Text;
  readonly region: Text;
  /** Of a cluster that the templates create. A cluster that they only name can have nodes, accounts and associations that they do not show. */
  readonly place?: Place;
  /** Why the templates do not show all nodes of this cluster, such as a Karpenter node pool; undefined if they do. */
  readonly otherNodes?: string;
}

export interface ServiceAccount {
  readonly cluster: Text;
  readonly namespace: Text;
  readonly name: Text;
  readonly roleArn?: Text;
  /** The audience of the token, `sts.amazonaws.com` unless the account is annotated. */
  readonly audience: Text;
  readonly place: Place;
}

export interface Workload {
  readonly cluster: Text;
  readonly kind: string;
  readonly namespace: Text;
  readonly name: Text;
  readonly serviceAccountName: Text;
  /** Whether its pods share the network of their node, and so reach its instance metadata. */
  readonly hostNetwork: boolean;
  /** Whether its pods run on Fargate, which has no instance metadata; undefined if the templates do not tell. */
  readonly fargate?: boolean;
  readonly place: Place;
}

export interface Association {
  readonly cluster: Text;
  readonly namespace: Text;
  readonly serviceAccount: Text;
  readonly roleArn: Text;
  readonly targetRoleArn?: Text;
  readonly disableSessionTags: boolean;
  readonly sessionPolicy?: Policy;
  readonly place: Place;
}

/** Nodes of a cluster that have one role and one setting of the instance metadata. */
export interface NodeGroup {
  readonly cluster: Text;
  readonly label: string;
  readonly name: Text;
  readonly roleArn: Text;
  /** Whether pods without host network reach the instance metadata. */
  readonly podsReachMetadata: 'yes' | 'no' | 'unknown';
  /** Why, in a sentence: `the hop limit is 1 in launch template X`. */
  readonly why: string;
  readonly place: Place;
}

/** A resource of the templates that a request may be about. */
export interface Resource {
  readonly type: string;
  readonly arn: Text;
  readonly tags: ReadonlyMap<string, Text>;
  /** Its resource policies in the templates. */
  readonly policies: readonly Policy[];
  readonly place: Place;
}
