import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accountLogicalId } from './account-names';
import { associationDefinition, checkPodIdentity } from './pod-identity-checks';
import { sessionPolicyText } from './session-policy';
import { TargetRole } from './target-role';
import { TrustedAccounts } from './trust';
import { DefinedObjects } from '../../kubernetes/defined-objects';
import { AddonAccounts } from '../addon-accounts';
import { AssociatedAccounts } from '../associated-accounts';
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
    const identity = AssociatedAccounts.identityOf(subject);
    return identity === undefined ? undefined : DefinedObjects.in(cluster).find(identity)?.appliedBy;
  }

  private readonly associations: CfnPodIdentityAssociation[] = [];
  private readonly targetRoles = new Map<iam.IRole, TargetRole>();

  /** @param scope the construct that represents the role. */
  constructor(private readonly scope: Construct, private readonly role: () => iam.IRole) {}

  /** Refuses what EKS Pod Identity does not support, before any part of it is defined. */
  public check({ cluster, subjects, credentials }: TrustedAccounts): void {
    if (credentials.podIdentityOptions) {
      checkPodIdentity(this.scope, { cluster, subjects, credentials });
    }
  }

  /** Defines an association for each service account that does not have one yet. */
  public add({ cluster, subjects, credentials: { podIdentityOptions } }: TrustedAccounts): void {
    if (podIdentityOptions) {
      const added = subjects.filter((subject) => !PodIdentityAssociations.find(cluster, subject));
      added.forEach((subject) => this.addOne(cluster, subject, podIdentityOptions));
    }
  }

  private addOne(cluster: IIrsaCluster, subject: ServiceAccountSubject, options: PodIdentityOptions): void {
    const association = AddonAccounts.ownerOf(subject) ?? this.association(cluster, subject, options);
    const identity = AssociatedAccounts.identityOf(subject);
    if (identity !== undefined) {
      DefinedObjects.in(cluster).add(identity, { ...associationDefinition(this.scope), appliedBy: association });
    }
  }

  private association(cluster: IIrsaCluster, subject: ServiceAccountSubject, options: PodIdentityOptions): Construct {
    const { targetRole, sessionPolicy, unsafeWithoutSessionTags } = options;
    const number = this.associations.length === 0 ? '' : this.associations.length + 1;
    const association = new CfnPodIdentityAssociation(this.scope, `Association${number}`, {
      clusterName: cluster.clusterName,
      namespace: subject.namespace,
      serviceAccount: subject.serviceAccountName,
      roleArn: this.role().roleArn,
      targetRoleArn: targetRole?.roleArn,
      disableSessionTags: unsafeWithoutSessionTags,
    });
    this.associations.push(association);
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
    }
    return association;
  }

  private targetRole(targetRole: iam.IRole): TargetRole {
    const known = this.targetRoles.get(targetRole) ?? new TargetRole(this.scope, this.role(), targetRole);
    this.targetRoles.set(targetRole, known);
    return known;
  }
}
