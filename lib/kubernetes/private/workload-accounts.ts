import { Stage, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { annotationsOf } from './annotations';
import { waitsFor } from './dependencies';
import { knownIdentity, nameOfObject, PlainObject } from './object-set';
import { identity } from '../contract/identity';
import { DefinedObjects, Definition } from '../defined-objects';

/** A service account that pods of an object use. */
interface UsedAccount {
  readonly object: PlainObject;
  readonly namespace: string;
  readonly name: string;
}

/** Where the pod spec is, by kind. */
const POD_SPECS: { readonly [kind: string]: string[] } = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map((kind) => [kind, ['spec', 'template', 'spec']])),
};

/** Every namespace has a service account of this name, and pods that name none use it. */
const DEFAULT = 'default';

/**
 * Warns of pods that would have no credentials: those whose service account the app defines in another namespace, and those that may start
 * before it. Service accounts that the app does not define are left alone.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/ for the namespace
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook for the order: the webhook changes pods only when they are created
 */
export function warnOfWorkloads(set: Construct, objects: PlainObject[], defined: DefinedObjects): void {
  const own = new Set(objects.map(knownIdentity));
  const used = objects.flatMap(accountUsedBy).filter(({ namespace, name }) => !own.has(identityOf(namespace, name)));
  for (const account of used) {
    const definition = defined.find(identityOf(account.namespace, account.name));
    if (definition) {
      warnOfOrder(set, account, definition);
    } else if (account.name !== DEFAULT) {
      warnOfNamespace(set, account, defined);
    }
  }
}

function warnOfNamespace(set: Construct, { object, namespace, name }: UsedAccount, defined: DefinedObjects): void {
  const [other] = defined.namesakes(identityOf(namespace, name));
  if (other && !defined.isInSet(identityOf(namespace, name))) {
    annotationsOf(set).addWarningV2('cdk-irsa:service-account-namespace', `${nameOfObject(object)} runs in namespace ${namespace} with service account ${name}, `
      + `but ${other.definition.definedBy.node.path} defines that service account in namespace ${other.namespace}. A pod can only use a service account of its own namespace: `
      + `set the namespace of the object to ${other.namespace}, or define the service account in ${namespace}`);
  }
}

function warnOfOrder(set: Construct, { object, namespace, name }: UsedAccount, { definedBy, appliedBy }: Definition): void {
  const isOfThisStage = Stage.of(set) === Stage.of(appliedBy); // nothing can depend on another stage
  if (isOfThisStage && !waitsFor(set, appliedBy)) {
    const fix = waitsFor(appliedBy, set)
      ? `${definedBy.node.path} depends on the stack of this set: define the set in the stack of the service account, with new KubernetesObjects(…)`
      : `call node.addDependency(…) of this set with ${definedBy.node.path}`;
    annotationsOf(set).addWarningV2('cdk-irsa:service-account-dependency', `${nameOfObject(object)} uses service account ${namespace}/${name}, `
      + `but this set does not depend on it. Pods that start before the service account, its role and its policies exist have no credentials: ${fix}`);
  }
}

function accountUsedBy(object: PlainObject): UsedAccount[] {
  const kind = `${object.kind}`;
  const spec = Object.hasOwn(POD_SPECS, kind) ? POD_SPECS[kind].reduce<any>((value, key) => value?.[key], object) : undefined;
  if (!spec || Token.isUnresolved(spec)) {
    return [];
  }
  const namespace = (object.metadata as { namespace?: string }).namespace ?? DEFAULT;
  const name = spec.serviceAccountName || spec.serviceAccount || DEFAULT;
  return Token.isUnresolved(namespace) || Token.isUnresolved(name) ? [] : [{ object, namespace, name }];
}

const identityOf = (namespace: string, name: string) => identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });
