import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { PodCredentials } from './pod-credentials';
import { ControllerPolicies } from './private/controller-policies';
import { credentialsFor } from './private/credentials-for';
import { ExistingServiceAccountRole } from './private/existing-role';
import { PodIdentityAssociations } from './private/pod-identity-associations';
import { annotationsFor, literalArnOf } from './private/role-annotations';
import { roleOptionsIn } from './private/role-options';
import { checkSubjects } from './private/subjects';
import { TrustedRole } from './private/trusted-role';
import { IServiceAccountRole } from './service-account-role-interface';
import { ExistingServiceAccountRoleOptions, ServiceAccountRoleOptions } from './service-account-role-options';
import { ServiceAccountSubject } from './service-account-subject';
import { ControllerAccount } from '../policies/internal/controller-account';
import { refusalWithoutValue, within } from '../private/errors';
import { checkManagedPolicies, checkRole } from '../private/iam-names';
import { checkArgument, checkProps } from '../private/props/check-props';
import { warnOfUnknownPolicies } from '../private/unknown-managed-policies';

/** Properties of `ServiceAccountRole`. */
export interface ServiceAccountRoleProps extends ServiceAccountRoleOptions {
  /** The cluster of the service accounts. */
  readonly cluster: IIrsaCluster;

  /**
   * The service accounts whose pods can assume the role. Specify at least one, as an exact subject or a pattern.
   *
   * @default - the service account that `controllerPolicies` have by convention; required without them
   */
  readonly subjects?: ServiceAccountSubject[];
}

/**
 * Defines an IAM role for service accounts that something else creates, such as a Helm chart or a GitOps tool. The construct applies
 * nothing in the cluster: set its `annotations` on the service accounts.
 *
 * The logical ID of the role depends on the path of the construct. If you rename or move the construct, CloudFormation replaces the
 * role with a new role, which has a new ARN unless `roleName` is set. With the same `roleName`, the deployment fails.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 * @example
 * const prod = IrsaCluster.fromIrsaClusterAttributes(this, 'Prod', {
 *   clusterName: 'prod',
 *   issuerUrl: 'https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
 * });
 * const importer = new ServiceAccountRole(this, 'Importer', {
 *   cluster: prod,
 *   subjects: [ServiceAccountSubject.exact('reports', 'importer')],
 * });
 * bucket.grantRead(importer);
 * const values = { serviceAccount: { name: 'importer', annotations: importer.annotations } }; // of the Helm chart
 */
export class ServiceAccountRole extends Construct implements IServiceAccountRole {
  /**
   * A role that exists already, so that service accounts can use it.
   *
   * If this app defines the role, `addTrust` adds statements to its trust policy, and its other statements remain. If the role is imported, or if
   * `withoutPolicyUpdates` protects it, its owner must change the trust policy: a warning and an output of the stack say what to add. Grants
   * behave like grants to `role`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
   * @param scope the scope of the new construct. It contains the output.
   * @param id the id of the new construct.
   * @param role the role, from this app or imported, such as `iam.Role.fromRoleArn(…)`. It can be in another AWS account.
   * @param options for example, how pods get the credentials of the role.
   * @throws if the role is an `iam.LazyRole`, whose trust policy cannot be changed.
   */
  public static fromRole(scope: Construct, id: string, role: iam.IRole, options: ExistingServiceAccountRoleOptions = {}): IServiceAccountRole {
    return new ExistingServiceAccountRole(scope, id, role, options);
  }

  /** The IAM role. */
  public readonly role: iam.IRole;

  /** The ARN of the role. */
  public readonly roleArn: string;

  /** The principal for grants: the role, or the `targetRole` of its EKS Pod Identity. */
  public readonly grantPrincipal: iam.IPrincipal;

  /**
   * Annotations that connect a service account to the role, for example for the values of a Helm chart: none if its pods use EKS Pod Identity only.
   * The ARN of the role is a token. The annotations are for service accounts of `cluster`, whose audience they contain if it is not the default.
   */
  public readonly annotations: { [key: string]: string };

  /** @internal */
  public readonly _podCredentials?: PodCredentials;

  private readonly trusted: TrustedRole;
  private readonly associations = new PodIdentityAssociations(this, () => this.role);
  private readonly usesIrsa: boolean;

  /**
   * @throws if `subjects` is empty, if the cluster has no IAM OIDC provider, if the role is in another AWS account and the issuer of the cluster
   * is a token, if EKS Pod Identity does not support a subject or the cluster, if `controllerPolicies` are bound to another cluster that shares
   * the role, or if IAM does not accept the name, path, description, maximum session duration or number of managed policies.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);
    checkProps(this, 'ServiceAccountRoleProps', props);
    const { cluster, subjects = conventionalSubjects(this, props) } = props;
    const { controllerPolicies = [], ...roleOptions } = roleOptionsIn(props);
    const credentials = credentialsFor(cluster, props.podCredentials);
    const accounts = { cluster, subjects, credentials };
    warnOfUnknownPolicies(this, props);
    this._podCredentials = props.podCredentials;
    this.usesIrsa = credentials._definition.usesIrsa;
    this.trusted = within(this, () => {
      checkSubjects(subjects);
      checkRole(props);
      this.associations.check(accounts);
      return TrustedRole.create(this, 'Resource', accounts, {
        ...roleOptions,
        description: props.description ?? descriptionOf(subjects),
      });
    });
    this.role = this.trusted.role;
    this.roleArn = this.trusted.roleArn;
    this.grantPrincipal = credentials._definition.podIdentityOptions?.targetRole ?? this.role;
    within(this, () => {
      const controllers = ControllerPolicies.of(this.role, credentials);
      controllers.addCluster(accounts);
      const ofControllers = controllers.add(this, controllerPolicies, accounts);
      const hasThem = credentials._definition.podIdentityOptions?.targetRole === undefined;
      const counted = ofControllers.length > 0 ? 'managedPolicies, including those of controllerPolicies,' : 'managedPolicies';
      checkManagedPolicies(this, counted, [...props.managedPolicies ?? [], ...(hasThem ? ofControllers : [])]);
    });
    this.annotations = this.usesIrsa ? annotationsFor(this.roleArn, cluster.audience) : {};
    within(this, () => this.associations.add(accounts));
  }

  /**
   * The `annotations` without tokens, for files that the app writes when it is synthesized, such as the YAML of a GitOps repository. The
   * ARN is composed of the account and region of the stack, the `roleName` and the `path`.
   *
   * @throws if one of these is not a literal. The error says which.
   */
  public get literalAnnotations(): { [key: string]: string } {
    return this.usesIrsa ? within(this, () => annotationsFor(literalArnOf(this.role), this.trusted.audience)) : {};
  }

  /**
   * Allows the pods of additional service accounts to assume the role. Subjects that the role already trusts are ignored. With EKS Pod Identity,
   * each subject gets an association in the stack of this construct.
   *
   * @param cluster the cluster of the service accounts. It does not have to be the cluster for which the role was defined.
   * @param subjects the service accounts.
   * @throws if `subjects` is empty, if the cluster has no IAM OIDC provider, if the role is in another AWS account and the issuer is a token, if
   * EKS Pod Identity does not support a subject or the cluster, or if `controllerPolicies` are bound to another cluster and the pods of both do not
   * use EKS Pod Identity with session tags.
   */
  public addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void {
    checkArgument(this, 'cluster', 'cdk-irsa.IIrsaCluster', cluster);
    checkArgument(this, 'subjects', 'cdk-irsa.ServiceAccountSubject[]', subjects);
    within(this, () => {
      const accounts = { cluster, subjects, credentials: credentialsFor(cluster, this._podCredentials) };
      checkSubjects(subjects);
      this.associations.check(accounts);
      ControllerPolicies.of(this.role, accounts.credentials).addCluster(accounts);
      this.trusted.addTrust(accounts);
      this.associations.add(accounts);
    });
  }

  /**
   * Adds statements to the trust policy, for example to let a person assume the role for debugging.
   *
   * @param statements the statements, without resources.
   * @throws if `iam.Role.customizeRoles` has replaced this role with another role.
   */
  public addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void {
    checkArgument(this, 'statements', 'aws-cdk-lib.aws_iam.PolicyStatement[]', statements);
    within(this, () => this.trusted.addTrustPolicyStatements(statements));
  }
}

function conventionalSubjects(role: Construct, { controllerPolicies }: ServiceAccountRoleProps): ServiceAccountSubject[] {
  return within(role, () => {
    const { namespace, serviceAccountName } = ControllerAccount.namesOf({}, controllerPolicies, 'subjects');
    if (namespace === undefined || serviceAccountName === undefined) {
      const isForController = controllerPolicies && controllerPolicies.length > 0;
      throw refusalWithoutValue('subjects', 'set', `for example to [ServiceAccountSubject.exact('namespace', 'name')]; ${isForController
        ? 'none of controllerPolicies has both a namespace and a name by convention'
        : 'only the policy of a controller in controllerPolicies gives them a default'}`);
    }
    return [ServiceAccountSubject._exact(namespace, serviceAccountName)];
  });
}

/** Without tokens: anyone who can read the role could read a dynamic reference in them. */
function descriptionOf([first, ...others]: ServiceAccountSubject[]): string {
  const account = Token.isUnresolved(first.value) ? 'a Kubernetes service account' : `Kubernetes service account ${first.namespace}/${first.serviceAccountName}`;
  return `For the pods of ${account}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
