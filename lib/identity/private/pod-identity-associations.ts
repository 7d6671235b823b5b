import { Stack } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accountLogicalId } from './account-names';
import { warnOfCompetingRoles } from './competing-roles';
import { associationDefinition, checkPodIdentity } from './pod-identity-checks';
import { sessionPolicyText } from './session-policy';
import { TargetRole } from './target-role';
import { TrustedAccounts } from './trust';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { clusterResourceOf } from '../../private/cluster-resource';
import { AddonAccounts } from '../internal/addon-accounts';
import { AssociatedAccounts } from '../internal/associated-accounts';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodIdentityOptions } from '../pod-credentials';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * The associations of a role with service accounts.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export class PodIdentityAssociations {
  /** The association of a service account, if the app defines it. */
  public static find(cluster: IIrsaCluster, subject: ServiceAccountSubject): Construct | undefined {
    return DefinedObjects.in(cluster).find(AssociatedAccounts.identityOf(subject))?.appliedBy;
  }

  private readonly associations: CfnPodIdentityAssociation[] = [];
  private readonly targetRoles = new Map<iam.IRole, TargetRole>();

  /**
   * @param scope the construct that represents the role.
   * @param role returns the role; undefined before a new role is defined.
   */
  constructor(private readonly scope: Construct, private readonly role: () => iam.IRole | undefined) {}

  /** Refuses what EKS Pod Identity does not support, before any part of it is defined. */
  public check({ cluster, subjects, credentials }: TrustedAccounts): void {
    if (credentials._definition.podIdentityOptions) {
      checkPodIdentity(this.scope, { cluster, subjects, credentials }, this.role());
    }
  }

  /** Defines an association for each service account that does not have one yet. */
  public add(accounts: TrustedAccounts): void {
    const { cluster, subjects, credentials } = accounts;
    const { podIdentityOptions } = credentials._definition;
    warnOfCompetingRoles({ scope: this.scope, role: this.role()!, credentials }, accounts);
    for (const subject of podIdentityOptions ? subjects : []) {
      if (!PodIdentityAssociations.find(cluster, subject)) {
        this.addOne(cluster, subject, podIdentityOptions!);
      }
    }
  }

  private addOne(cluster: IIrsaCluster, subject: ServiceAccountSubject, options: PodIdentityOptions): void {
    const association = AddonAccounts.ownerOf(subject) ?? this.association(cluster, subject, options);
    DefinedObjects.in(cluster).add(AssociatedAccounts.identityOf(subject), { ...associationDefinition(this.scope), appliedBy: association });
  }

  private association(cluster: IIrsaCluster, subject: ServiceAccountSubject, options: PodIdentityOptions): Construct {
    const { targetRole, sessionPolicy, unsafeWithoutSessionTags } = options;
    const number = this.associations.length === 0 ? '' : this.associations.length + 1;
    const association = new CfnPodIdentityAssociation(this.scope, `Association${number}`, {
      clusterName: cluster.clusterName,
      namespace: subject.namespace,
      serviceAccount: subject.serviceAccountName,
      roleArn: this.role()!.roleArn,
      targetRoleArn: targetRole?.roleArn,
      disableSessionTags: unsafeWithoutSessionTags,
    });
    this.associations.push(association);
    const resource = clusterResourceOf(association, cluster.clusterArn);
    if (resource) {
      association.node.addDependency(resource); // the name of the cluster can be a literal, and the role imported
    }
    if (sessionPolicy) {
      // the oldest supported aws-cdk-lib does not have the property
      association.addPropertyOverride('Policy', sessionPolicyText(association, sessionPolicy));
    }
    const logicalId = accountLogicalId(this.scope, cluster, subject);
    if (logicalId) {
      association.overrideLogicalId(`${logicalId}Association`);
    }
    if (targetRole) {
      this.targetRole(targetRole).admit(cluster, subject, !unsafeWithoutSessionTags);
      if (Stack.of(targetRole) === Stack.of(association)) {
        association.node.addDependency(targetRole); // with its policies: pods have the permissions of this role
      }
    }
    return association;
  }

  private targetRole(targetRole: iam.IRole): TargetRole {
    const known = this.targetRoles.get(targetRole) ?? new TargetRole(this.scope, this.role()!, targetRole);
    this.targetRoles.set(targetRole, known);
    return known;
  }
}
