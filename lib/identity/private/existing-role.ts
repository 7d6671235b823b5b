import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable } from 'constructs';
import { ControllerPolicies } from './controller-policies';
import { credentialsFor } from './credentials-for';
import { ImportedRoleTrust } from './imported-role-trust';
import { PodIdentityAssociations } from './pod-identity-associations';
import { annotationsFor, literalArnOf } from './role-annotations';
import { RoleTrust } from './role-trust';
import { checkNotLazy } from './roles-of-this-app';
import { checkSubjects } from './subjects';
import { TrustedRole } from './trusted-role';
import { within } from '../../private/errors';
import { checkArgument, checkProps } from '../../private/props/check-props';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodCredentials } from '../pod-credentials';
import { IServiceAccountRole } from '../service-account-role-interface';
import { ExistingServiceAccountRoleOptions } from '../service-account-role-options';
import { ServiceAccountSubject } from '../service-account-subject';

/** A role that something else defines: other code of this app, or nothing in this app. */
export class ExistingServiceAccountRole extends Construct implements IServiceAccountRole {
  public readonly _podCredentials?: PodCredentials;
  public readonly roleArn: string;
  public readonly grantPrincipal: iam.IPrincipal;
  private readonly trust: RoleTrust;
  private readonly associations: PodIdentityAssociations;
  /** Whether any pods use IRSA; undefined before the role trusts a cluster. */
  private usesIrsa?: boolean;

  constructor(scope: Construct, id: string, public readonly role: iam.IRole, options: ExistingServiceAccountRoleOptions) {
    super(scope, id);
    checkArgument(this, 'role', 'aws-cdk-lib.aws_iam.IRole', role);
    checkProps(this, 'ExistingServiceAccountRoleOptions', options);
    const { podCredentials } = options;
    this._podCredentials = podCredentials;
    within(this, () => checkNotLazy(role));
    this.trust = TrustedRole.of(role) ?? new ImportedRoleTrust(this, role);
    this.roleArn = role.roleArn;
    this.grantPrincipal = podCredentials?._definition.podIdentityOptions?.targetRole ?? role;
    this.associations = new PodIdentityAssociations(this, () => role);
    Dependable.implement(this, { dependencyRoots: [this, role] }); // including the policies of grants
  }

  public get annotations(): { [key: string]: string } {
    return this.usesIrsa === false ? {} : within(this, () => annotationsFor(this.roleArn, this.audience));
  }

  public get literalAnnotations(): { [key: string]: string } {
    return this.usesIrsa === false ? {} : within(this, () => annotationsFor(literalArnOf(this.role), this.audience));
  }

  public addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void {
    checkArgument(this, 'cluster', 'cdk-irsa.IIrsaCluster', cluster);
    checkArgument(this, 'subjects', 'cdk-irsa.ServiceAccountSubject[]', subjects);
    within(this, () => {
      const accounts = { cluster, subjects, credentials: credentialsFor(cluster, this._podCredentials) };
      checkSubjects(subjects);
      this.associations.check(accounts);
      ControllerPolicies.of(this.role, accounts.credentials).addCluster(accounts);
      this.trust.addTrust(accounts);
      this.associations.add(accounts);
      this.usesIrsa ||= accounts.credentials._definition.usesIrsa;
    });
  }

  public addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void {
    checkArgument(this, 'statements', 'aws-cdk-lib.aws_iam.PolicyStatement[]', statements);
    within(this, () => this.trust.addTrustPolicyStatements(statements));
  }

  /** Annotations that are read earlier than they are complete could lack an audience, and pods would get no credentials. */
  private get audience(): string {
    if (this.trust.audience === undefined) {
      throw new Error('the annotations depend on the audience of the first cluster that the role trusts: call addTrust before you read them');
    }
    return this.trust.audience;
  }
}
