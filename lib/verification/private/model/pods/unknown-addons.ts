import { ACCOUNTS_OF_ADDONS } from './known-addons';
import { NODE_ADDONS, OF_CONTROLLERS } from './node-addons';
import { Findings } from '../../findings/findings';
import { literalOf } from '../../values/text-parts';
import { ReadObjects } from '../objects/applied-objects';
import { StackResources } from '../stack-resources';

const KNOWN: ReadonlySet<string> = new Set([
  ...ACCOUNTS_OF_ADDONS.keys(), ...NODE_ADDONS.map(({ addonName }) => addonName), ...OF_CONTROLLERS.keys(),
]);

/**
 * The clusters with add-ons whose pods are not known, such as those of AWS Marketplace. They are like a Helm chart of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-vendors.html
 */
export const findUnknownAddons = (resources: StackResources, findings: Findings): ReadObjects['incomplete'] => resources.ofType('AWS::EKS::Addon').flatMap((addon) => {
  const name = literalOf(addon.property('AddonName'));
  if (name !== undefined && KNOWN.has(name)) {
    return [];
  }
  const why = `the objects of the add-on ${name ?? addon.logicalId} are not read`;
  findings.add('unread-objects', `${why}: they can change service accounts and workloads`, addon.place());
  const cluster = addon.cluster('ClusterName');
  return cluster ? [{ cluster, why }] : [];
});
