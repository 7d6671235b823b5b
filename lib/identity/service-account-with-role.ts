import { CfnResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kplus from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { accountLogicalId } from './private/account-names';
import { checkDefinedOnce } from './private/defined-once';
import { ensuredNamespace } from './private/ensured-namespace';
import { irsaRole } from './private/irsa-role';
import { serviceAccountManifest } from './private/service-account-manifest';
import { ServiceAccountSubject } from './service-account-subject';
import { ExistingObjects } from '../kubernetes';
import { refusal, within } from '../private/errors';
import { checkRole } from '../private/iam-names';

/** What a service account with a role can be told, whichever its cluster. */
export interface ServiceAccountWithRoleOptions {
  /**
   * Name of the service account: an RFC 1123 subdomain of 1 to 253 characters.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
   */
  readonly serviceAccountName: string;

  /**
   * Namespace of the service account: an RFC 1123 label of 1 to 63 characters.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is created where it is absent. One that is there stays as it is, and none is ever deleted.
   *
   * The namespaces that every cluster has (`default`, `kube-system`, `kube-public`, `kube-node-lease`) are left alone in any case.
   *
   * @default - true for a cluster that is defined in this app, false for another
   */
  readonly createNamespace?: boolean;

  /**
   * Labels of the service account in Kubernetes.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the service account in Kubernetes, beside those that this construct sets: `eks.amazonaws.com/role-arn`, and
   * `eks.amazonaws.com/token-expiration` with `tokenExpiration`. At most 262,144 bytes, keys and values together.
   *
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
   * @default - the role's ARN alone
   */
  readonly annotations?: { [key: string]: string };

  /**
   * How long the token is valid that a pod exchanges for credentials of the role: 10 minutes to 24 hours, in whole seconds. The kubelet
   * renews it in time. How long the credentials are valid does not depend on it. An annotation of the pod itself goes before it.
   *
   * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
   * @default - not set: EKS then asks for 24 hours
   */
  readonly tokenExpiration?: Duration;

  /**
   * Whether pods get a token for Kubernetes' own API, unless they say otherwise. The token for AWS does not depend on it.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
   * @default - not set: Kubernetes then mounts one
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * Managed policies of the role: at most 25, and more than 10 only with a raised quota.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   * @default - none: grant to the construct, or add to its `role`
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * Policies that stand in the role itself, by name.
   *
   * @default - none
   */
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };

  /**
   * Name of the role, 1 to 64 letters, digits and characters of `_+=,.@-`. A named role cannot be replaced in one deployment, as a
   * change of its path asks for.
   *
   * @default - CloudFormation makes a name
   */
  readonly roleName?: string;

  /**
   * Path of the role, such as `/pods/`: at most 512 printable ASCII characters, with a slash first and last.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   * @default '/'
   */
  readonly path?: string;

  /**
   * Description of the role, at most 1,000 characters of Latin-1.
   *
   * @default - says which service account the role is for
   */
  readonly description?: string;

  /**
   * How long the credentials of one session may be valid: 1 to 12 hours.
   *
   * @default Duration.hours(1)
   */
  readonly maxSessionDuration?: Duration;

  /**
   * Permissions boundary of the role.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @default - none, or that of an aspect
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * What happens to a service account of this name that is in the cluster already.
   *
   * `ExistingObjects.TAKE_OVER` takes it over, from another stack or from outside. Its fields stay, unless they are set here. When the
   * account leaves this stack, it is given back. It then names its former role again if that is a role of the cluster's AWS account, or else
   * none. `ExistingObjects.KEEP` is an error, because the account would not name the role.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/** Properties of `ServiceAccountWithRole`. */
export interface ServiceAccountWithRoleProps extends ServiceAccountWithRoleOptions {
  /** The cluster that the service account is in. */
  readonly cluster: IIrsaCluster;
}

/**
 * Defines a Kubernetes service account and the IAM role of its pods.
 *
 * The role trusts this service account alone, and the account names the role: pods that use it get credentials of the role, and
 * other pods do not. Depending on this construct means that the role, its policies and the account in the cluster are there; policies
 * that are defined elsewhere and attached to the role are not waited for.
 *
 * The construct may be renamed, or moved within its stack: role and account stay what they are.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ServiceAccountWithRole extends Construct implements iam.IGrantable {
  /** The role that the pods get. */
  public readonly role: iam.Role;

  /** The ARN of the role. */
  public readonly roleArn: string;

  /** Who the pods are to IAM. */
  public readonly subject: ServiceAccountSubject;

  /** The service account, for workloads of cdk8s-plus-27 to use. Let what applies them depend on this construct. */
  public readonly serviceAccount: kplus.IServiceAccount;

  /** The role, for grants. */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * @throws if a name, label or annotation is none that Kubernetes takes, if the annotations set what this construct sets, if the role's
   * name, path, description, duration or number of managed policies is none that IAM takes, if `existing` is `KEEP`, or if this account is
   * defined already.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountWithRoleProps) {
    super(scope, id);
    const { cluster, serviceAccountName: name, namespace = 'default', createNamespace = cluster.createNamespaceByDefault } = props;
    this.subject = within(this, () => ServiceAccountSubject.exact(namespace, name));
    within(this, () => checkExisting(props.existing));
    within(this, () => checkDefinedOnce(this, cluster, this.subject, props.existing));
    within(this, () => checkRole(this, props));
    this.role = within(this, () => irsaRole(this, 'Role', { cluster, subjects: [this.subject] }, {
      managedPolicies: props.managedPolicies,
      inlinePolicies: props.inlinePolicies,
      roleName: props.roleName,
      path: props.path,
      description: props.description ?? `For the pods of Kubernetes service account ${namespace}/${name}`,
      maxSessionDuration: props.maxSessionDuration,
      permissionsBoundary: props.permissionsBoundary,
    }));
    this.roleArn = this.role.roleArn;
    this.grantPrincipal = this.role;

    const { serviceAccount, chart } = within(this, () => serviceAccountManifest({
      name,
      namespace,
      roleArn: this.roleArn,
      labels: props.labels,
      annotations: props.annotations,
      tokenExpiration: props.tokenExpiration,
      automountServiceAccountToken: props.automountServiceAccountToken,
    }));
    this.serviceAccount = serviceAccount;
    const manifest = cluster.addManifest(this, 'Manifest', { objects: [], existing: props.existing });
    manifest.addCdk8sChart(chart);
    const ensured = createNamespace ? ensuredNamespace(this, cluster, namespace) : undefined;
    if (ensured) {
      manifest.node.addDependency(ensured);
    }

    const logicalId = accountLogicalId(this, cluster, this.subject);
    if (logicalId) {
      pin(manifest.node.defaultChild?.node.defaultChild, logicalId);
      pin(this.role.node.defaultChild, `${logicalId}Role`);
    }
  }
}

/** An account that is kept as it is names no role, or another. */
function checkExisting(existing: ExistingObjects | undefined): void {
  if (existing === ExistingObjects.KEEP) {
    throw refusal('existing', existing, 'ExistingObjects.REFUSE or ExistingObjects.TAKE_OVER', 'an account that is kept as it is would not name the role');
  }
}

/** There is no resource for a role that `iam.Role.customizeRoles` puts in its place. */
function pin(resource: IConstruct | undefined, logicalId: string): void {
  if (CfnResource.isCfnResource(resource)) {
    resource.overrideLogicalId(logicalId);
  }
}
