import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects } from '../../kubernetes/defined-objects';
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
 * Refuses an account that is defined already: its role would be one of two that the cluster cannot both give. Two stacks may define it
 * while it moves from one to the other, for which `TAKE_OVER` asks.
 */
export function checkDefinedOnce({ account, cluster, subject, existing = ExistingObjects.REFUSE }: AccountDefinition): void {
  const other = isNamed(subject) && DefinedObjects.in(cluster).conflictWith(identityOf(subject), { owner: account, definedBy: account, existing });
  if (other) {
    const isOfThisStack = Stack.of(other.owner) === Stack.of(account);
    throw new Error(`service account ${subject.namespace}/${subject.serviceAccountName} of ${cluster.node.path} is defined by ${other.definedBy.node.path} already: `
      + 'use that one for both, give this account another name or namespace'
      + `${isOfThisStack ? '' : ', or set existing: ExistingObjects.TAKE_OVER here while it moves to this stack'}`);
  }
}

/** Notes that an account is defined, and by what it is applied. */
export function define({ account, cluster, subject, existing = ExistingObjects.REFUSE }: AccountDefinition, owner: Construct): void {
  if (isNamed(subject)) {
    DefinedObjects.in(cluster).define(identityOf(subject), { owner, definedBy: account, existing });
  }
}

/** An account that a token names cannot be told from others. */
const isNamed = ({ value }: ServiceAccountSubject) => !Token.isUnresolved(value);

const identityOf = ({ namespace, serviceAccountName: name }: ServiceAccountSubject) => identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });
