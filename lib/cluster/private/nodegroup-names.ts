import { Token } from 'aws-cdk-lib';
import { IrsaNodegroupOptions } from '../../nodes';
import { refusal } from '../../private/errors';

/** Without names, the ids would depend on the order of the list, so a new nodegroup at its beginning would change all ids. */
export function checkNodegroupNames(nodegroups: IrsaNodegroupOptions[]): void {
  const unnamed = nodegroups.findIndex(({ nodegroupName }) => !isLiteral(nodegroupName));
  if (nodegroups.length > 1 && unnamed >= 0) {
    throw refusal(`nodegroups[${unnamed}].nodegroupName`, nodegroups[unnamed].nodegroupName && '<token>', 'a literal if there are several nodegroups',
      'set a name, or define the nodegroup with addNodegroup and its own id');
  }
}

const isLiteral = (name: string | undefined) => name !== undefined && !Token.isUnresolved(name);

/** The id of the construct of a nodegroup that `nodegroups` defines. */
export const constructId = (name: string | undefined) => (isLiteral(name) ? `Nodegroup-${name}` : 'Nodegroup');
