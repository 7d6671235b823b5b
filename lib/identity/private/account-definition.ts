import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { Candidate, DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { isInTree } from '../../private/in-tree';
import { AddonAccounts } from '../internal/addon-accounts';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** A service account that the app defines. */
export interface AccountDefinition {
  readonly account: Construct;
  readonly cluster: IIrsaCluster;
  readonly subject: ServiceAccountSubject;
  readonly existing?: ExistingObjects;
}

/**
 * Refuses an account that is already defined, because a service account can name only one role. While an account moves from one stack to
 * another, both stacks define it, and the new stack sets `TAKE_OVER`.
 */
export function checkDefinedOnce(account: AccountDefinition): void {
  const { subject, cluster } = account;
  AddonAccounts.checkFree(account.account, cluster, subject);
  const definition = definitionOf(account);
  const other = isNamed(subject) && DefinedObjects.in(cluster).conflictWith(accountIdentity(subject), definition);
  if (other) {
    throw new Error(`service account ${subject.namespace}/${subject.serviceAccountName} of ${cluster.node.path} is already defined by ${other.definedBy.node.path}`
      + DefinedObjects.howToResolve(definition, other, 'use that construct, or give this service account another name or namespace'));
  }
}

/** Registers an account as defined by the app. */
export function define(account: AccountDefinition, appliedBy: Construct): void {
  if (isNamed(account.subject)) {
    DefinedObjects.in(account.cluster).add(accountIdentity(account.subject), { ...definitionOf(account), appliedBy });
  }
}

/** If a token names an account, the account cannot be distinguished from others. */
const isNamed = ({ value }: ServiceAccountSubject) => !Token.isUnresolved(value);

const accountIdentity = ({ namespace, serviceAccountName: name }: ServiceAccountSubject) => identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });

const definitionOf = ({ account, existing = ExistingObjects.REFUSE }: AccountDefinition): Candidate =>
  ({ definedBy: account, existing, isCurrent: () => isInTree(account) });
