import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kplus from 'cdk8s-plus-27';
import { Construct, Dependable } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { KubernetesObjects } from '../kubernetes';
import { checkDefinedOnce, define } from './private/account-definition';
import { checkAccount } from './private/account-input';
import { accountLogicalId } from './private/account-names';
import { AccountObject } from './private/account-object';
import { AccountSet, dependenciesOf, setAround } from './private/account-sets';
import { credentialsFor } from './private/credentials-for';
import { ensuredNamespace } from './private/ensured-namespace';
import { PodIdentityAssociations } from './private/pod-identity-associations';
import { roleOptionsIn } from './private/role-options';
import { ServiceAccountRole } from './service-account-role';
import { IServiceAccountRole } from './service-account-role-interface';
import { ServiceAccountSubject } from './service-account-subject';
import { ServiceAccountWithRoleOptions } from './service-account-with-role-options';
import { AccountNames, ControllerAccount } from '../policies/controller-account';
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
 * The role trusts only this service account, whose pods get it by an annotation or an association. Pods that use the service account get
 * credentials of the role; other pods do not. If a construct depends on this one, it is deployed after the role, its policies and the service account in
 * the cluster. It does not wait for policies that are defined elsewhere and attached to the role, or for those of a target role.
 *
 * You can rename the construct, or move it within its stack. The role and the service account do not change, unless its name or
 * namespace is a token.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ServiceAccountWithRole extends Construct implements iam.IGrantable {
  /** The role of the pods and its trust policy. Other service accounts can share it. */
  public readonly serviceAccountRole: IServiceAccountRole;

  /** The IAM role of the pods. */
  public readonly role: iam.IRole;

  /** The ARN of the role. */
  public readonly roleArn: string;

  /** The subject by which IAM identifies the pods: the `sub` claim of their tokens. */
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
    const { cluster, createNamespace = cluster.createNamespaceByDefault } = props;
    const names = within(this, () => ControllerAccount.definedNames(props, props.controllerPolicies));
    const { namespace, serviceAccountName } = names;
    const set = setAround(this);
    const subject = this.subject = within(this, () => checked(this, { ...props, ...names }, set));
    this.serviceAccountRole = props.serviceAccountRole ?? new ServiceAccountRole(this, 'Role', {
      ...roleOptionsIn(props), credentials: props.credentials, cluster, subjects: [subject],
    });
    this.role = this.serviceAccountRole.role;
    this.roleArn = this.serviceAccountRole.roleArn;
    this.grantPrincipal = this.serviceAccountRole.grantPrincipal;
    const { usesIrsa } = credentialsFor(cluster, this.serviceAccountRole.credentials);
    this.object = new AccountObject({
      ...props, name: serviceAccountName, namespace, roleArn: usesIrsa ? this.roleArn : undefined, audience: cluster.audience,
    });

    const logicalId = accountLogicalId(this, cluster, subject);
    if (logicalId && !props.serviceAccountRole) {
      pin(this.role, `${logicalId}Role`);
    }
    const objects = set?.objects ?? new KubernetesObjects(this, 'ServiceAccount', { cluster, existing: props.existing });
    if (logicalId && !set) {
      pin(objects.node.findChild('Resource'), logicalId);
    }
    // after all checks, so that a shared role or a set does not keep a part of an invalid account
    if (props.serviceAccountRole) {
      this.serviceAccountRole.addTrust(cluster, subject);
    }
    const association = PodIdentityAssociations.find(cluster, subject);
    if (association) {
      objects.node.addDependency(association);
    }
    objects._add(this, () => this.object.toJson(), { waitForCredentials: props.waitForCredentials, hasAssociation: association !== undefined });
    define({ account: this, cluster, subject, existing: set?.existing ?? props.existing }, objects);
    const namespaces = createNamespace ? ensuredNamespace(this, cluster, namespace) : undefined;
    if (namespaces) {
      objects.node.addDependency(namespaces);
    }
    Dependable.implement(this, { dependencyRoots: [this, this.serviceAccountRole, objects] });
    if (set) {
      set.roles.set(this, this.serviceAccountRole);
      objects.node.addDependency(dependenciesOf(this));
    }
  }

  /** The service account, for workloads of cdk8s-plus-27. The construct that applies the workloads must depend on this construct. */
  public get serviceAccount(): kplus.IServiceAccount {
    return this.object.serviceAccount;
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
}

function checked(account: Construct, props: ServiceAccountWithRoleProps & Required<AccountNames>, set?: AccountSet): ServiceAccountSubject {
  const { cluster, namespace, serviceAccountName } = props;
  const subject = ServiceAccountSubject.exact(namespace, serviceAccountName);
  checkDefinedOnce({ account, cluster, subject, existing: set?.existing ?? props.existing });
  checkAccount(account, cluster, props, set);
  return subject;
}
