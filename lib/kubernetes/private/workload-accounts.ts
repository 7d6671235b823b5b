import { Stage, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { annotationsOf } from './annotations';
import { waitsFor } from './dependencies';
import { isMisspelling } from './misspelled-name';
import { knownIdentity, nameOfObject, PlainObject } from './object-set';
import { identity } from '../contract/identity';
import { DefinedObjects, Definition } from '../internal/defined-objects';

/** A service account that pods of an object use. */
interface UsedAccount {
  readonly object: PlainObject;
  readonly namespace: string;
  readonly name: string;
}

type Warning = [id: string, message: string];

/** Where the pod spec is, by kind. */
const POD_SPECS: { readonly [kind: string]: string[] } = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map((kind) => [kind, ['spec', 'template', 'spec']])),
};

/** Every namespace has a service account of this name, and pods that name none use it. */
const DEFAULT = 'default';

/**
 * Warns of pods that would have no credentials: those whose service account the app defines in another namespace or by a similar name, and
 * those that may start before it. Other service accounts that the app does not define are left alone.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/ for the namespace
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook for the order: the webhook changes pods only when they are created
 */
export function warnOfWorkloads(set: Construct, objects: PlainObject[], defined: DefinedObjects): void {
  const own = new Set(objects.map(knownIdentity));
  const used = objects.flatMap(accountUsedBy).filter(({ namespace, name }) => !own.has(accountIdentity(namespace, name)));
  for (const account of used) {
    const definition = defined.find(accountIdentity(account.namespace, account.name));
    if (definition) {
      warnOfOrder(set, account, definition);
    } else if (account.name !== DEFAULT) {
      warnOfUndefined(set, account, defined);
    }
  }
}

/** Looks for its own account last, because this renders the charts of all sets. */
function warnOfUndefined(set: Construct, used: UsedAccount, defined: DefinedObjects): void {
  const [id, message] = inOtherNamespace(used, defined) ?? withSimilarName(used, defined) ?? [];
  if (id && message && defined.setsWith(accountIdentity(used.namespace, used.name)).length === 0) {
    annotationsOf(set).addWarningV2(id, message);
  }
}

function inOtherNamespace({ object, namespace, name }: UsedAccount, defined: DefinedObjects): Warning | undefined {
  const [other] = defined.serviceAccounts((_, each) => each === name);
  return other && ['cdk-irsa:service-account-namespace', `${nameOfObject(object)} runs in namespace ${namespace} with service account ${name}, `
    + `but ${other.definition.definedBy.node.path} defines that service account in namespace ${other.namespace}. A pod can only use a service account of its own namespace: `
    + `set the namespace of the object to ${other.namespace}, or define the service account in ${namespace}`];
}

function withSimilarName({ object, namespace, name }: UsedAccount, defined: DefinedObjects): Warning | undefined {
  const [other] = defined.serviceAccounts((place, each) => place === namespace && isMisspelling(name, each));
  return other && ['cdk-irsa:service-account-name', `${nameOfObject(object)} uses service account ${namespace}/${name}, which this app does not define, `
    + `but ${other.definition.definedBy.node.path} defines ${namespace}/${other.name}. Kubernetes creates no pods for a service account that does not exist: `
    + `set serviceAccountName to ${other.name}, or define ${name}. If something else creates ${name}, acknowledge this warning`];
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

const accountIdentity = (namespace: string, name: string) => identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });
