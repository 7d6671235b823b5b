import { Annotations, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TrustedAccounts } from './trust';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { isInTree } from '../../private/in-tree';
import { PodCredentials } from '../pod-credentials';

/** A role that trusts a service account, and how its pods get the credentials. */
interface RoleOfAccount {
  /** The construct that represents the role. */
  readonly scope: Construct;
  readonly role: iam.IRole;
  readonly credentials: PodCredentials;
}

/** The roles of the service accounts of a cluster, by subject. */
const ROLES = new WeakMap<DefinedObjects, Map<string, RoleOfAccount[]>>();

/**
 * Adds a warning to a role if its pods get another role in the other way. With both, Amazon EKS gives new pods only the one of the association.
 *
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go
 */
export function warnOfCompetingRoles(own: RoleOfAccount, { cluster, subjects }: TrustedAccounts): void {
  const objects = DefinedObjects.in(cluster);
  const ofCluster = ROLES.get(objects) ?? new Map<string, RoleOfAccount[]>();
  ROLES.set(objects, ofCluster);
  for (const { value, isPattern, namespace, serviceAccountName } of subjects) {
    if (isPattern || Token.isUnresolved(value)) {
      continue;
    }
    const roles = ofCluster.get(value) ?? [];
    ofCluster.set(value, roles);
    const other = roles.find((each) => each.scope !== own.scope && each.role !== own.role && each.role.roleArn !== own.role.roleArn
      && isInTree(each.scope) && hasPodIdentity(each) !== hasPodIdentity(own));
    if (other) {
      const [winner, loser] = hasPodIdentity(own) ? [own, other] : [other, own];
      Annotations.of(own.scope).addWarningV2('cdk-irsa:competing-roles', `service account ${namespace}/${serviceAccountName} of ${cluster.node.path} has two roles: `
        + `${loser.scope.node.path} by IRSA, and ${winner.scope.node.path} by EKS Pod Identity, which wins: `
        + 'new pods get only the second. Use one role, or two service accounts');
    }
    roles.push(own);
  }
}

const hasPodIdentity = ({ credentials }: RoleOfAccount) => credentials._definition.podIdentityOptions !== undefined;
