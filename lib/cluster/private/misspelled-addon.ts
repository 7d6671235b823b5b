import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KNOWN_ADDONS } from './known-addons';
import { alternatives } from '../../private/alternatives';
import { nearestName } from '../../private/nearest-name';
import { namesWithItsWords } from '../../private/props/nearest-names';

/** Long names of other add-ons can have more characters in common by chance. */
const MOST_ERRORS = 2;

/** Controllers that people take for EKS add-ons, and their policies. */
const NO_ADDONS: { readonly [name: string]: string } = {
  'aws-load-balancer-controller': 'AwsLoadBalancerControllerPolicy',
  'cluster-autoscaler': 'ClusterAutoscalerPolicy',
  'karpenter': 'KarpenterPolicy',
  'velero': 'VeleroPolicy',
};

/** Adds a warning to an add-on whose name may be wrong. It would not get the role of the add-on that is meant, and the deployment could fail. */
export function warnOfMisspelledAddon(addon: Construct, addonName: string): void {
  const hint = hintForAddon(addonName);
  if (hint) {
    Annotations.of(addon).addWarningV2('cdk-irsa:addon-name', `addonName is ${JSON.stringify(addonName)}, which the library does not know: ${hint} `
      + 'If the name is correct, acknowledge this warning');
  }
}

/** What someone may have meant who wrote a name that the library does not know, as sentences; undefined if no known name is similar. */
export function hintForAddon(addonName: string): string | undefined {
  if (Token.isUnresolved(addonName) || Object.hasOwn(KNOWN_ADDONS, addonName)) {
    return undefined;
  }
  const similar = similarNames(addonName);
  const controller = similar.find((name) => name in NO_ADDONS);
  if (controller) {
    return `${controller} is not an EKS add-on. Install its Helm chart, and define its service account with addServiceAccountWithRole `
      + `and new policies.${NO_ADDONS[controller]}(…) in controllerPolicies.`;
  }
  return similar.length > 0 ? `did you mean ${alternatives(similar)}?` : undefined;
}

function similarNames(addonName: string): string[] {
  const names = [...Object.keys(KNOWN_ADDONS), ...Object.keys(NO_ADDONS)];
  const nearest = nearestName(addonName, names);
  return nearest && nearest.errors <= MOST_ERRORS ? [nearest.name] : namesWithItsWords(addonName, names);
}
