import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { placeOfCluster } from './cluster-place';
import { TargetRole } from './target-role';
import { TrustedAccounts } from './trust';
import { ExistingObjects } from '../../kubernetes';
import { Candidate, DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { checkEnvironmentIsKnown } from '../../private/environments';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { isInTree } from '../../private/in-tree';
import { AssociatedAccounts } from '../internal/associated-accounts';
import { Audience } from '../internal/audience';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * Refuses what EKS Pod Identity does not support.
 *
 * @param scope the construct that represents the role.
 * @param role the role, if it is defined already.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-considerations
 */
export function checkPodIdentity(scope: Construct, { cluster, subjects, credentials }: TrustedAccounts, role?: iam.IRole): void {
  subjects.forEach(checkExact);
  checkAudience(cluster, credentials._definition.usesIrsa);
  if (cluster._definition.lacksPodIdentityAgent()) {
    throw new Error(`the nodes of ${cluster.node.path} do not run the EKS Pod Identity agent, so pods would get no credentials: set podCredentials of the cluster to `
      + 'PodCredentials.podIdentity() or PodCredentials.both(), or install the add-on eks-pod-identity-agent with its addons or, before this role, with addAddon');
  }
  checkPlace(scope, cluster);
  checkRoleAccount(cluster, role);
  if (credentials._definition.podIdentityOptions!.targetRole) {
    TargetRole.check(scope, credentials._definition.podIdentityOptions!.targetRole);
  }
  subjects.forEach((subject) => checkFree(scope, cluster, subject));
}

/** @param scope the construct that represents the role. */
export const associationDefinition = (scope: Construct): Candidate =>
  ({ definedBy: scope, existing: ExistingObjects.REFUSE, isCurrent: () => isInTree(scope) });

function checkExact({ isPattern, value }: ServiceAccountSubject, i: number): void {
  if (isPattern) {
    throw refusal(`subjects[${i}]`, value, 'an exact subject with EKS Pod Identity',
      'an association is for one service account; for a pattern, set podCredentials to PodCredentials.irsa()');
  }
}

function checkAudience({ audience }: IIrsaCluster, usesIrsa: boolean): void {
  if (!usesIrsa && audience !== Audience.DEFAULT) {
    throw refusalWithoutValue('podCredentials', `PodCredentials.irsa() or PodCredentials.both() for a cluster with the audience ${audience}`,
      'the tokens for EKS Pod Identity have an audience of their own, so that of the cluster would have no effect');
  }
}

/**
 * An association is in the AWS account and region of its cluster, and so is its role: a role can be passed to Amazon EKS only within its
 * account.
 */
function checkPlace(scope: Construct, cluster: IIrsaCluster): void {
  const [stack, place] = [Stack.of(scope), placeOfCluster(cluster)];
  for (const part of ['account', 'region'] as const) {
    const [got, allowed] = [stack[part], place[part]];
    if (got !== allowed && ![got, allowed].some((value) => Token.isUnresolved(value))) {
      throw refusal(`the stack's ${part}`, got, `${allowed}, the ${part} of the cluster, with EKS Pod Identity`,
        'define the role there; for permissions in another AWS account, set targetRole of PodCredentials.podIdentity');
    }
  }
  if ([cluster.clusterName, cluster.clusterArn].some((value) => Token.isUnresolved(value))) {
    checkEnvironmentIsKnown(stack, Stack.of(cluster));
  }
}

function checkRoleAccount(cluster: IIrsaCluster, role?: iam.IRole): void {
  const [got, allowed] = [role?.env.account, placeOfCluster(cluster).account];
  if (got !== undefined && got !== allowed && ![got, allowed].some((value) => Token.isUnresolved(value))) {
    throw refusal('the AWS account of the role', got, `${allowed}, that of the cluster, with EKS Pod Identity`,
      'a role in another account can be the targetRole of PodCredentials.podIdentity');
  }
}

function checkFree(scope: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject): void {
  const other = DefinedObjects.in(cluster).conflictWith(AssociatedAccounts.identityOf(subject), associationDefinition(scope));
  if (other) {
    throw new Error(`service account ${subject.namespace}/${subject.serviceAccountName} of ${cluster.node.path} already gets a role by EKS Pod Identity `
      + `from ${other.definedBy.node.path}, and it can have only one: use that role, or give this role another service account`);
  }
}
