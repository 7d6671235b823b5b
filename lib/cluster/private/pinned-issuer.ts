import { CfnOutput, CfnResource, Fn, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OidcIssuer } from '../../identity';
import { refusal } from '../../private/errors';
import { settingsOf } from '../../private/oidc-provider-resource';

/** The issuer of a cluster that this app defines. */
export interface DefinedIssuer {
  /** The URL, which is known at deployment. */
  readonly url: string;
  /** The issuer in trust policies. It is pinned if it is a literal. */
  readonly trusted?: OidcIssuer;
}

/**
 * Outputs the URL of the issuer, which is the value to pin. If the issuer is pinned to another one, the deployment fails: otherwise, the pods
 * of another cluster could assume the roles of this one.
 */
export function outputIssuer(scope: Construct, issuer: DefinedIssuer): void {
  const pin = pinOf(issuer);
  new CfnOutput(scope, 'IssuerUrl', {
    description: pin === undefined
      ? 'The OIDC issuer of the cluster. To make trust policies readable in the template, set issuerUrl to this value'
      : 'The OIDC issuer of the cluster, which issuerUrl pins',
    value: pin === undefined ? issuer.url : `${pin}${emptyIfEqual(pin, issuer.url)}`,
  });
}

/** The pin that a provider checks. */
const PINS = new WeakMap<CfnResource, string>();

/**
 * Lets a provider fail the deployment if the issuer is pinned to another one: its client ids end with an expression that is empty if both are
 * equal. Roles depend on the provider, so they do not change then. The URL of the provider stays as it is, because a change, even to an equal
 * value, could look like a replacement.
 */
export function checkPinWith(provider: CfnResource, issuer: DefinedIssuer): void {
  const pin = pinOf(issuer);
  if (pin === undefined) {
    return;
  }
  const other = PINS.get(provider);
  if (other !== undefined && other !== pin) {
    throw refusal('issuerUrl', pin, `${other}, which another construct states for the same cluster`);
  }
  PINS.set(provider, pin);
  const { clientIds = [], clientIdsProperty } = settingsOf(provider);
  provider.addPropertyOverride(clientIdsProperty, clientIds.map((id) => `${id}${emptyIfEqual(pin, issuer.url)}`));
}

function pinOf({ trusted }: DefinedIssuer): string | undefined {
  return trusted && !Token.isUnresolved(trusted.value) ? `https://${trusted}` : undefined;
}

/**
 * An empty text if both are equal. Otherwise there is no second part, and CloudFormation fails. The delimiters make sure that a part of the
 * URL is not enough.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
const emptyIfEqual = (pin: string, actual: string) => Fn.select(1, Fn.split(`<${pin}>`, `<${actual}>`));
