import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects, Definition } from '../../kubernetes/defined-objects';
import { isInTree } from '../../private/in-tree';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** An account as the app defines it. */
export interface AccountDefinition {
  readonly account: Construct;
  readonly cluster: IIrsaCluster;
  readonly subject: ServiceAccountSubject;
  readonly existing?: ExistingObjects;
}

/**
 * Refuses an account that is defined already: a pod can only have the role of one of them. While an account moves from one stack to another,
 * both stacks define it, and the new one sets `TAKE_OVER`.
 */
export function checkDefinedOnce(account: AccountDefinition): void {
  const { subject, cluster } = account;
  const definition = definitionOf(account);
  const other = isNamed(subject) && DefinedObjects.in(cluster).conflictWith(identityOf(subject), definition);
  if (other) {
    throw new Error(`service account ${subject.namespace}/${subject.serviceAccountName} of ${cluster.node.path} is defined by ${other.definedBy.node.path} already`
      + DefinedObjects.wayOut(definition, other, 'use that one for both, give this account another name or namespace'));
  }
}

/** Adds an account to what the app defines. */
export function define(account: AccountDefinition): void {
  if (isNamed(account.subject)) {
    DefinedObjects.in(account.cluster).add(identityOf(account.subject), definitionOf(account));
  }
}

/** An account that a token names cannot be told from others. */
const isNamed = ({ value }: ServiceAccountSubject) => !Token.isUnresolved(value);

const identityOf = ({ namespace, serviceAccountName: name }: ServiceAccountSubject) => identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });

const definitionOf = ({ account, existing = ExistingObjects.REFUSE }: AccountDefinition): Definition =>
  ({ definedBy: account, existing, isCurrent: () => isInTree(account) });
