import { Token } from 'aws-cdk-lib';
import { IrsaNodegroupOptions } from '../../nodes';
import { refusal } from '../../private/errors';
import { IrsaAddonOptions } from '../irsa-addon-options';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export function checkClusterName(name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[0-9A-Za-z][-0-9A-Za-z_]{0,99}$/.test(name)) {
    throw refusal('clusterName', name, '1 to 100 letters, digits, hyphens and underscores that begin with a letter or digit');
  }
}

/** Without names, the ids would depend on the order of the list, so a new nodegroup at its beginning would change all ids. */
export function checkNodegroupNames(nodegroups: IrsaNodegroupOptions[]): void {
  const unnamed = nodegroups.findIndex(({ nodegroupName }) => !isLiteral(nodegroupName));
  if (nodegroups.length > 1 && unnamed >= 0) {
    throw refusal(`nodegroups[${unnamed}].nodegroupName`, nodegroups[unnamed].nodegroupName && '<token>', 'a literal if there are several nodegroups',
      'set a name, or define the nodegroup with addNodegroup and its own id');
  }
}

/** Refuses several add-ons whose names are not literals or not unique. @see checkNodegroupNames */
export function checkAddonNames(addons: IrsaAddonOptions[]): void {
  const unnamed = addons.findIndex(({ addonName }) => !isLiteral(addonName));
  if (addons.length > 1 && unnamed >= 0) {
    throw refusal(`addons[${unnamed}].addonName`, '<token>', 'a literal if there are several add-ons', 'define the add-on with addAddon and its own id');
  }
  const names = addons.map(({ addonName }) => addonName);
  const second = names.findIndex((name, i) => names.indexOf(name) < i);
  if (second >= 0) {
    throw refusal(`addons[${second}].addonName`, names[second], 'unique', `addons[${names.indexOf(names[second])}] already defines this add-on`);
  }
}

/** The id of the construct of an add-on that is given in the properties of its cluster. */
export const addonId = (name: string) => (isLiteral(name) ? `Addon-${name}` : 'Addon');

/** The id of the construct of a nodegroup that is given in the properties of its cluster. */
export const nodegroupId = (name: string | undefined) => (isLiteral(name) ? `Nodegroup-${name}` : 'Nodegroup');

/** Whether a value is given and known when the app is synthesized. */
export const isLiteral = (value: string | undefined): value is string => value !== undefined && !Token.isUnresolved(value);
