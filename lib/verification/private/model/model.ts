import { AccessEntry } from './access-entry';
import { Actor } from './actor';
import { AddonRole } from './addon-role';
import { Applier } from './applier';
import { CodeWrite } from './code/code-write';
import { WrittenFiles } from './code/mounted-files';
import { NamedCode, NamedImages } from './code/named-images';
import { ObjectSource } from './code/object-source';
import { ContainerSettings } from './container-settings';
import { Events } from './events';
import { FargateSelector } from './fargate-selector';
import { ClusterCredential, GivenRole, HeldIdentity, IdentityPool, KeyCopy, KeyHolders, MadeKey, UnknownKey, UserKey } from './identities';
import { JobService } from './job-service';
import { KubernetesObject } from './kubernetes-object';
import { NameOutside } from './name-outside';
import { NodeProperties } from './node-properties';
import { OtherServers } from './objects/services';
import { OidcProvider } from './oidc-provider';
import { PodIdentitySupport } from './pod-identity-support';
import { Program } from './program';
import { CodeStores } from './programs/code-stores';
import { Resource, Tags } from './resource';
import { TakenValue } from './taken-value';
import { UnreadPolicy } from './unread-policy';
import { UserSource } from './user-source';
import { AccessPlace } from '../../access-reason';
import { Finding } from '../findings/finding';
import { Policy } from '../policies/policy';
import { ClusterId } from '../values/cluster-id';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** What the templates say about who can get which credentials. */
export interface Model {
  readonly roles: readonly Role[];
  /** Those of the templates that are not deployed, because another role with their ARN is. */
  readonly omittedRoles: readonly Role[];
  /** Users and groups, and what else the templates attach policies to without creating it. */
  readonly users: readonly Role[];
  readonly userKeys: readonly UserKey[];
  readonly madeKeys: readonly MadeKey[];
  /** Keys of which the templates do not show whose they are, and certificates if a role trusts what takes them. */
  readonly unknownKeys: readonly UnknownKey[];
  readonly storedCertificates: readonly KeyCopy[];
  readonly heldIdentities: readonly HeldIdentity[];
  readonly podVolumes: readonly PodVolume[];
  readonly oidcProviders: readonly OidcProvider[];
  readonly identityPools: readonly IdentityPool[];
  readonly givenRoles: readonly GivenRole[];
  /** What `Ref` returns for the user pools of Amazon Cognito in which nobody can sign up. */
  readonly poolsWithoutSignUp: readonly Text[];
  readonly clusters: readonly Cluster[];
  readonly serviceAccounts: readonly ServiceAccount[];
  /** Those that charts create with a role. The objects of charts are not read. */
  readonly accountsOfCharts: readonly ServiceAccount[];
  /** Those of add-ons whose service accounts are not known. */
  readonly otherAddonRoles: readonly AddonRole[];
  readonly workloads: readonly Workload[];
  readonly namedCode: readonly NamedCode[];
  readonly namedImages: readonly NamedImages[];
  /** The Kubernetes objects of the templates, also of kinds that give nobody access. */
  readonly objects: readonly KubernetesObject[];
  /** The Helm charts of the templates, also those that add-ons install, with their values. */
  readonly charts: readonly KubernetesObject[];
  /** Those of the objects that can keep pods from the network, also of kinds that are not of Kubernetes. */
  readonly networkPolicies: readonly KubernetesObject[];
  /** Those of the objects that give pods security groups of their own, which may keep them from what is on their node. */
  readonly securityGroupPolicies: readonly KubernetesObject[];
  /** Those of the objects and charts that install another network plugin than the Amazon VPC CNI. */
  readonly networkPlugins: readonly KubernetesObject[];
  /** The names outside of clusters that lead to other hosts. */
  readonly namesOutside: readonly NameOutside[];
  readonly otherServers: OtherServers;
  readonly objectSources: readonly ObjectSource[];
  readonly clusterCredentials: readonly ClusterCredential[];
  readonly codeStores: CodeStores;
  /** Those that Amazon EKS installs on nodes, and that the templates do not define. */
  readonly systemPods: readonly Workload[];
  readonly associations: readonly Association[];
  readonly nodegroups: readonly Nodegroup[];
  /** The ARNs of the roles of instances that are not nodes. */
  readonly otherInstances: readonly Text[];
  /** The ARNs of the roles that all instances have, besides those of their instance profiles. */
  readonly rolesOfHosts: readonly Text[];
  readonly fargateSelectors: readonly FargateSelector[];
  readonly resources: readonly Resource[];
  readonly unreadPolicies: readonly UnreadPolicy[];
  readonly actors: readonly Actor[];
  readonly programs: readonly Program[];
  readonly events: Events;
  readonly accessEntries: readonly AccessEntry[];
  readonly appliers: readonly Applier[];
  readonly jobServices: readonly JobService[];
  readonly userSources: readonly UserSource[];
  /** The ARNs of the stacks with which what is in a stack is deleted: its own, and those of the stacks in which it is nested. */
  readonly stacks: ReadonlyMap<string, readonly Text[]>;
  readonly takenValues: readonly TakenValue[];
  /** The buckets from which stacks are deployed. */
  readonly assets: readonly Text[];
  /** The ARNs of the roles with which AWS CloudFormation deploys stacks. */
  readonly deployers: readonly Text[];
  /** What the model could not read, or what it does not know. */
  readonly findings: readonly Finding[];
}

/** A role, or a user or a group, whose policies are read like those of a role, or what stands for a volume that pods write to. */
export interface Role {
  readonly noun: 'role' | 'user' | 'group' | 'host' | 'volume';
  /** For messages: the logical ID, or the name of a role that is not in the templates. */
  readonly label: string;
  readonly arn: Text;
  readonly account: Text;
  /** The unique ID of a role of the templates. */
  readonly id?: Text;
  /** An object, or a string that was parsed. */
  readonly trustPolicy: Policy;
  /** Inline and managed policies, those of other resources of the templates included. */
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  readonly tags: Tags;
  readonly place: AccessPlace;
  /** Whether the templates only attach policies to it, so that it may have others. */
  readonly isElsewhere?: boolean;
  /** Whether a principal creates it, so that no policy names it as a principal. */
  readonly isNew?: boolean;
}

/** A volume that pods can write to without a request of their own, or a host at which they serve what others get. */
export interface PodVolume extends WrittenFiles {
  /** What stands for whoever writes to it. */
  readonly role: Role;
  /** Pods of one cluster. Several can hold tokens for the same repositories, or passwords of the same registries. */
  readonly heldBy: readonly [KeyHolders, ...KeyHolders[]];
  /** Whether it has objects of a bucket. */
  readonly hasObjects: boolean;
  /** The Secret, or the object for whose controller it is, which gives it to whoever reads it. @default - containers have it */
  readonly secret?: KubernetesObject;
}

export interface Cluster extends PodIdentitySupport {
  readonly id: ClusterId;
  readonly arn: Text;
  /** Without `https://`; undefined if the templates do not show it. */
  readonly issuer?: Text;
  /** Where the templates create or name it: one of these places. */
  readonly namedAt: AccessPlace;
  /** Undefined for a cluster that the templates only name. Such a cluster can have nodes, service accounts and associations that they do not show. */
  readonly place?: AccessPlace;
  /** Why the templates do not show all nodes of this cluster, such as the Helm chart of Karpenter; undefined if they do. */
  readonly otherNodes?: string;
  /** Why the templates do not show all Kubernetes objects of this cluster, such as a Helm chart; undefined if they do. */
  readonly otherObjects?: string;
  /** The ARN of the role with which Amazon EKS acts for the cluster; undefined if the templates do not create the cluster. */
  readonly roleArn?: Text;
  /** The ARNs of the roles with which AWS Fargate runs its pods. */
  readonly podExecutionRoles?: readonly Text[];
  /** Whether it has EKS Auto Mode, with which this role also launches nodes. */
  readonly autoMode?: Truth;
  /** Whether it does not read `aws-auth`, or has no other way to let in its nodes, so that `aws-auth` exists; undefined if the templates do not show it. */
  readonly awsAuth?: 'ignored' | 'needed';
}

export interface ServiceAccount {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly name: Text;
  readonly roleArn?: Text;
  /** Whether a chart creates it under a name that its values do not say. Helm does not take over one that is there. */
  readonly isNotNamed?: boolean;
  /** The audience of the token, `sts.amazonaws.com` unless the account is annotated. */
  readonly audience: Text;
  readonly place: AccessPlace;
}

export interface Workload extends ContainerSettings {
  readonly cluster: ClusterId;
  readonly kind: string;
  readonly namespace: Text;
  readonly name: Text;
  /** The name of its object, if the name has more to tell it apart from other workloads. */
  readonly objectName?: Text;
  readonly serviceAccountName: Text;
  /** Whether its pods share the network of their node, and so reach its instance metadata. */
  readonly hostNetwork: Truth;
  /** With what its pods may take over their node, such as `a privileged container`; undefined if they have nothing of the kind. */
  readonly takesOverNode?: string;
  /** Whether its pods run on Fargate, which has no instance metadata; undefined if the templates do not show it. */
  readonly fargate?: boolean;
  /** The requests with which others change what its containers run. */
  readonly code?: readonly CodeWrite[];
  /** What their template says about which nodes they run on, and which policies are for them; undefined for those of Amazon EKS. */
  readonly template?: {
    readonly labels: Resolved;
    readonly annotations?: Resolved;
    readonly spec: ResolvedMap;
    /** Its containers with what they have from ConfigMaps and Secrets: variables, and scripts. */
    readonly filled?: readonly ResolvedMap[];
  };
  /** Whether a chart or another object describes it, so that something has to create it first. @default - the templates apply it */
  readonly mayBeMissing?: boolean;
  /** Why its pods may run elsewhere than on Linux nodes of Amazon EC2, which EKS Pod Identity needs. */
  readonly maybeNotOnLinux?: string;
  readonly place: AccessPlace;
}

export interface Association {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly serviceAccount: Text;
  readonly roleArn: Text;
  readonly targetRoleArn?: Text;
  /** Whether the session has none of the tags of EKS Pod Identity. */
  readonly disableSessionTags: Truth;
  readonly sessionPolicy?: Policy;
  /** The Kubernetes object from which a controller may create it; undefined if CloudFormation creates it. */
  readonly fromObject?: string;
  readonly place: AccessPlace;
}

/** Nodes of a cluster that have one role and one setting of the instance metadata: of a managed or a self-managed nodegroup, or of what else creates nodes. */
export interface Nodegroup extends NodeProperties {
  readonly cluster: ClusterId;
  readonly label: string;
  readonly name: Text;
  readonly roleArn: Text;
  /** The service that gives nodes their role. @default - Amazon EC2 */
  readonly service?: Text;
  /** Whether its nodes are those of EKS Auto Mode. */
  readonly isAutoMode?: boolean;
  /** Whether something else than Amazon EKS launches its nodes. */
  readonly isSelfManaged?: boolean;
  /** Whether the nodes are those of a node class of Karpenter, which itself runs on others. */
  readonly isOfKarpenter?: boolean;
  /** Whether only the deployment knows that the cluster has such nodes. */
  readonly mayBeMissing?: boolean;
  /** The namespace of the jobs for which AWS Batch adds these nodes. Their taints keep other pods away. */
  readonly namespaceOfJobs?: Text;
  /** Whether its nodes run Windows. @default - they do not */
  readonly isWindows?: Exclude<Truth, 'no'>;
  /** Whether pods without host network reach the instance metadata. */
  readonly podsReachMetadata: 'yes' | 'no' | 'unknown';
  /** Whether pods with host network reach it: unless the instance metadata is switched off. */
  readonly hostNetworkReachesMetadata: 'yes' | 'no' | 'unknown';
  /** Why, in a sentence: `the hop limit is 1 in launch template X`. */
  readonly why: string;
  readonly place: AccessPlace;
}
