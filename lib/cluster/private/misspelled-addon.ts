import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { KNOWN_ADDONS } from './known-addons';
import { nearestName } from '../../private/nearest-name';

/** Long names of other add-ons can have more characters in common by chance. */
const MOST_ERRORS = 2;

/** Adds a warning to an add-on whose name may be a misspelling of one that the library knows. It would not get the role of that add-on. */
export function warnOfMisspelledAddon(addon: Construct, addonName: string): void {
  const near = Token.isUnresolved(addonName) ? undefined : nearestName(addonName, Object.keys(KNOWN_ADDONS));
  if (near && near.name !== addonName && near.errors <= MOST_ERRORS) {
    Annotations.of(addon).addWarningV2('cdk-irsa:addon-name', `addonName is ${JSON.stringify(addonName)}, which the library does not know: did you mean ${near.name}? `
      + 'If the name is correct, acknowledge this warning');
  }
}
