import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { KubernetesObjects } from '../kubernetes';
import { AccountDefinition, checkDefinedOnce, define } from './private/account-definition';
import { checkAccount } from './private/account-input';
import { accountLogicalId } from './private/account-names';
import { AccountObject } from './private/account-object';
import { AccountSet, dependenciesOf, enclosingSet } from './private/account-sets';
import { credentialsFor } from './private/credentials-for';
import { ensuredNamespace } from './private/ensured-namespace';
import { PodIdentityAssociations } from './private/pod-identity-associations';
import { annotationsFor } from './private/role-annotations';
import { roleOptionsIn } from './private/role-options';
import { ServiceAccountRole } from './service-account-role';
import { IServiceAccountRole } from './service-account-role-interface';
import { ServiceAccountSubject } from './service-account-subject';
import { ServiceAccountWithRoleOptions } from './service-account-with-role-options';
import { ControllerAccount } from '../policies/internal/controller-account';
import { within } from '../private/errors';
import { pin } from '../private/pinned-id';
import { checkProps } from '../private/props/check-props';

/** Properties of `ServiceAccountWithRole`. */
export interface ServiceAccountWithRoleProps extends ServiceAccountWithRoleOptions {
  /** The cluster of the service account. */
  readonly cluster: IIrsaCluster;
}

/**
 * Defines a Kubernetes service account and the IAM role of its pods.
 *
 * The role trusts only this service account. Pods that use the service account get credentials of the role, by an annotation of the service account
 * or by an EKS Pod Identity association; other pods do not. If a construct depends on this one, it is deployed after the role, its policies and the
 * service account in the cluster. It does not wait for policies that are defined elsewhere and attached to the role, or for those of a target role.
 *
 * You can rename the construct, or move it within its stack. The role and the service account do not change, unless the name or the namespace of the
 * service account is a token.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 * @example
 * declare const cluster: IrsaCluster;
 *
 * const reader = new ServiceAccountWithRole(this, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
 * bucket.grantRead(reader);
 */
export class ServiceAccountWithRole extends Construct implements iam.IGrantable {
  /** The role of the pods and its trust policy. Other service accounts can share it. */
  public readonly serviceAccountRole: IServiceAccountRole;

  /** The IAM role of the pods. */
  public readonly role: iam.IRole;

  /** The ARN of the role. */
  public readonly roleArn: string;

  /** The name of the service account, for the workloads that use it. The construct that applies the workloads must depend on this construct. */
  public readonly serviceAccountName: string;

  /** The namespace of the service account. Only workloads in this namespace can use it. */
  public readonly namespace: string;

  /** The subject by which IAM identifies the pods. With IRSA, it is the `sub` claim of their tokens. */
  public readonly subject: ServiceAccountSubject;

  /** The principal for grants: the role, or the `targetRole` of its EKS Pod Identity. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly object: AccountObject;

  /**
   * @throws if Kubernetes does not accept a name, label or annotation; if an annotation or `tokenExpiration` is not allowed; if IAM does not
   * accept the name, path, description, maximum session duration or number of managed policies of the role; if neither the account nor its
   * `controllerPolicies` have a name, or the policies have different ones; if the app already defines this service account; if the cluster has
   * no IAM OIDC provider; if an option of the role is set together with `serviceAccountRole`; if that role is in another account or region and
   * has no literal name; if `existing` is `KEEP`; if the cluster has `ObjectsAccess.none()`, or
   * `createNamespace` is true with `ObjectsAccess.namespaces`; or if the stack is in a different account or region than the cluster.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountWithRoleProps) {
    super(scope, id);
    checkProps(this, 'ServiceAccountWithRoleProps', props);
    const set = enclosingSet(this);
    const account = within(this, () => this.checkedAccount(props, set));
    this.subject = account.subject;
    this.serviceAccountName = account.subject.serviceAccountName;
    this.namespace = account.subject.namespace;

    const logicalId = accountLogicalId(this, account.cluster, account.subject);
    this.serviceAccountRole = props.serviceAccountRole ?? this.ownRole(props, logicalId);
    this.role = this.serviceAccountRole.role;
    this.roleArn = this.serviceAccountRole.roleArn;
    this.grantPrincipal = this.serviceAccountRole.grantPrincipal;
    this.object = this.annotatedObject(props);
    const objects = set?.objects ?? this.ownObjects(props, logicalId);

    // after all checks, so that a shared role or a set does not keep a part of an invalid account
    if (props.serviceAccountRole) {
      this.serviceAccountRole.addTrust(account.cluster, account.subject);
    }
    this.applyAfterAssociation(objects, props);
    define(account, objects);
    this.ensureNamespaceBefore(objects, props);
    Dependable.implement(this, { dependencyRoots: [this, this.serviceAccountRole, objects] });
    if (set) {
      this.joinSet(set);
    }
  }

  /**
   * Adds statements to the trust policy of the role, for example to let a person assume the role for debugging.
   *
   * @param statements the statements, without resources.
   * @throws if `iam.Role.customizeRoles` has replaced this role with another role.
   */
  public addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void {
    this.serviceAccountRole.addTrustPolicyStatements(...statements);
  }

  /** The account of these properties, if this app can define it. */
  private checkedAccount(props: ServiceAccountWithRoleProps, set?: AccountSet): AccountDefinition {
    const { namespace, serviceAccountName } = ControllerAccount.definedNames(props, props.controllerPolicies);
    const subject = ServiceAccountSubject._exact(namespace, serviceAccountName);
    const account = { account: this, cluster: props.cluster, subject, existing: set?.existing ?? props.existing };
    checkDefinedOnce(account);
    checkAccount(account, props, set);
    return account;
  }

  /** A role that trusts this account only. */
  private ownRole(props: ServiceAccountWithRoleProps, logicalId?: string): ServiceAccountRole {
    const { cluster, podCredentials } = props;
    const role = new ServiceAccountRole(this, 'Role', { ...roleOptionsIn(props), podCredentials, cluster, subjects: [this.subject] });
    if (logicalId) {
      pin(role.role, `${logicalId}Role`);
    }
    return role;
  }

  /** The object in the cluster, which names the role if its pods use IRSA. */
  private annotatedObject(props: ServiceAccountWithRoleProps): AccountObject {
    const { usesIrsa } = credentialsFor(props.cluster, this.serviceAccountRole._podCredentials)._definition;
    return new AccountObject(this.subject, usesIrsa ? annotationsFor(this.roleArn, props.cluster.audience) : {}, props);
  }

  /** A custom resource for this account only. */
  private ownObjects({ cluster, existing }: ServiceAccountWithRoleProps, logicalId?: string): KubernetesObjects {
    const objects = new KubernetesObjects(this, 'ServiceAccount', { cluster, existing });
    if (logicalId) {
      pin(objects.node.findChild('Resource'), logicalId);
    }
    return objects;
  }

  /** Pods that start after the account get the role only if its association exists. */
  private applyAfterAssociation(objects: KubernetesObjects, { cluster, waitForCredentials }: ServiceAccountWithRoleProps): void {
    const association = PodIdentityAssociations.find(cluster, this.subject);
    if (association) {
      objects.node.addDependency(association);
    }
    objects._add(this, () => this.object.toJson(), { waitForCredentials, hasAssociation: association !== undefined });
  }

  /** The API server refuses an account in a namespace that does not exist. */
  private ensureNamespaceBefore(objects: KubernetesObjects, props: ServiceAccountWithRoleProps): void {
    const { cluster, createNamespace = cluster._definition.createNamespaceByDefault } = props;
    const namespaces = createNamespace ? ensuredNamespace(this, cluster, this.subject.namespace) : undefined;
    if (namespaces) {
      objects.node.addDependency(namespaces);
    }
  }

  /** The set waits for what its accounts wait for. */
  private joinSet(set: AccountSet): void {
    set.roles.set(this, this.serviceAccountRole);
    set.objects.node.addDependency(dependenciesOf(this));
  }
}
