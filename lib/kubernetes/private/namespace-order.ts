import { Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { annotationsOf } from './annotations';
import { waitsFor } from './dependencies';
import { PlainObject } from './object-set';
import { BUILT_IN_NAMESPACES } from '../../private/kubernetes-names';
import { identity } from '../contract/identity';
import { DefinedAccount, DefinedObjects } from '../internal/defined-objects';

/**
 * Warns of the service accounts in the namespaces of this set that may be applied before their namespace. Those that create it themselves
 * depend on it. The set of the namespace warns of them, because it may be the last one to be known.
 */
export function warnOfAccountsBeforeNamespaces(set: Construct, objects: PlainObject[], defined: DefinedObjects): void {
  const names = new Set(objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace').map(namespaceName));
  BUILT_IN_NAMESPACES.forEach((name) => names.delete(name));
  if (names.size > 0) {
    defined.serviceAccounts((namespace) => names.has(namespace))
      .filter((account) => isBefore(account, set, defined)).forEach((account) => warn(account, set));
  }
}

function isBefore({ namespace, definition: { definedBy, appliedBy } }: DefinedAccount, set: Construct, defined: DefinedObjects): boolean {
  const isWithRole = definedBy !== appliedBy; // plain objects are known only once their set has been validated
  const isOfThisStage = Stage.of(set) === Stage.of(appliedBy); // nothing can depend on another stage
  return isWithRole && isOfThisStage && !waitsFor(appliedBy, set) // before all charts are rendered to find other sets
    && !defined.setsWith(namespaceIdentity(namespace)).some((other) => waitsFor(appliedBy, other));
}

function warn({ namespace, name, definition: { definedBy, appliedBy } }: DefinedAccount, set: Construct): void {
  const fix = waitsFor(set, appliedBy)
    ? `${set.node.path} depends on ${definedBy.node.path} or its stack, so define the namespace in that stack`
    : `call node.addDependency(…) of ${definedBy.node.path} with ${set.node.path}`;
  annotationsOf(appliedBy).addWarningV2('cdk-irsa:namespace-dependency', `service account ${namespace}/${name} is in namespace ${namespace}, `
    + `which ${set.node.path} defines, but does not depend on it. If the namespace does not exist yet, the deployment fails: ${fix}`);
}

const namespaceName = ({ metadata }: PlainObject) => (metadata as { name: string }).name;

const namespaceIdentity = (name: string) => identity({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
