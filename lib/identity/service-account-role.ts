import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { roleOptionsIn } from './private/role-options';
import { TrustedRole } from './private/trusted-role';
import { IServiceAccountRole } from './service-account-role-interface';
import { ServiceAccountRoleOptions } from './service-account-role-options';
import { ServiceAccountSubject } from './service-account-subject';
import { ROLE_ARN_ANNOTATION } from '../kubernetes/contract/marks';
import { within } from '../private/errors';
import { checkManagedPolicies, checkRole } from '../private/iam-names';
import { checkArgument, checkProps } from '../private/props/check-props';

/** Properties of `ServiceAccountRole`. */
export interface ServiceAccountRoleProps extends ServiceAccountRoleOptions {
  /** The cluster of the service accounts. */
  readonly cluster: IIrsaCluster;

  /** The service accounts whose pods can assume the role. Specify at least one, as an exact subject or a pattern. */
  readonly subjects: ServiceAccountSubject[];
}

/**
 * Defines an IAM role for service accounts that something else creates, such as a Helm chart, a GitOps tool or an EKS add-on. The construct
 * applies nothing in the cluster: set its `annotations` on the service accounts.
 *
 * The logical id of the role depends on the path of the construct. If you rename or move the construct, CloudFormation replaces the
 * role with a new role, which has a new ARN.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export class ServiceAccountRole extends Construct implements IServiceAccountRole {
  /** The IAM role. */
  public readonly role: iam.IRole;

  /** The ARN of the role. */
  public readonly roleArn: string;

  /** The principal for grants: the role. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** Annotations that connect a service account to the role, for example for the values of a Helm chart. */
  public readonly annotations: { [key: string]: string };

  private readonly trusted: TrustedRole;

  /**
   * @throws if `subjects` is empty, if the cluster has no IAM OIDC provider in the AWS account of the role, or if IAM does not accept the
   * name, path, description, maximum session duration or number of managed policies.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountRoleProps) {
    super(scope, id);
    checkProps(this, 'ServiceAccountRoleProps', props);
    const { cluster, subjects } = props;
    this.trusted = within(this, () => {
      checkSubjects(subjects);
      checkRole(props);
      checkManagedPolicies(this, 'managedPolicies', props.managedPolicies ?? []);
      return new TrustedRole(this, 'Resource', cluster, subjects, {
        ...roleOptionsIn(props),
        description: props.description ?? descriptionOf(subjects),
      });
    });
    this.role = this.trusted.role;
    this.roleArn = this.trusted.roleArn;
    this.grantPrincipal = this.role;
    this.annotations = { [ROLE_ARN_ANNOTATION]: this.roleArn };
  }

  /**
   * Allows the pods of additional service accounts to assume the role. Subjects that the role already trusts are ignored.
   *
   * @param cluster the cluster of the service accounts. It does not have to be the cluster for which the role was defined.
   * @param subjects the service accounts.
   * @throws if `subjects` is empty, or if the cluster has no IAM OIDC provider in the AWS account of the role.
   */
  public addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void {
    checkArgument(this, 'cluster', 'cdk-irsa.IIrsaCluster', cluster);
    checkArgument(this, 'subjects', 'cdk-irsa.ServiceAccountSubject[]', subjects);
    within(this, () => {
      checkSubjects(subjects);
      this.trusted.addTrust(cluster, subjects);
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

function checkSubjects(subjects: ServiceAccountSubject[]): void {
  if (subjects.length === 0) {
    throw new Error('subjects must contain at least one subject: without a subject, every pod in the cluster could assume the role');
  }
}

function descriptionOf([first, ...others]: ServiceAccountSubject[]): string {
  return `For the pods of Kubernetes service account ${first.namespace}/${first.serviceAccountName}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
