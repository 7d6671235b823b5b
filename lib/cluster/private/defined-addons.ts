import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IIrsaCluster } from '../../identity';
import { ExistingObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { Candidate, DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { isInTree } from '../../private/in-tree';

const addonIdentity = (name: string) => identity({ apiVersion: 'eks.amazonaws.com/v1', kind: 'Addon', metadata: { name } });

/** The add-on of a cluster that has a name, if the app defines it. */
export const definedAddon = (cluster: IIrsaCluster, addonName: string): Construct | undefined =>
  DefinedObjects.in(cluster).find(addonIdentity(addonName))?.appliedBy;

/** Registers an add-on. Its name can be a token, and is unknown then. */
export function defineAddon(addon: Construct, cluster: IIrsaCluster, addonName: string): void {
  if (Token.isUnresolved(addonName)) {
    return;
  }
  const candidate: Candidate = { definedBy: addon, existing: ExistingObjects.REFUSE, isCurrent: () => isInTree(addon) };
  const objects = DefinedObjects.in(cluster);
  const other = objects.conflictWith(addonIdentity(addonName), candidate);
  if (other) {
    throw new Error(`add-on ${addonName} of ${cluster.node.path} is already defined by ${other.definedBy.node.path}, and a cluster can have it only once: remove one of the two`);
  }
  objects.add(addonIdentity(addonName), { ...candidate, appliedBy: addon });
}
