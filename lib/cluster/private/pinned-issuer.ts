import { CfnOutput, Fn, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OidcIssuer } from '../../identity';

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

/**
 * The client id of a provider, which fails the deployment if the issuer is pinned to another one. Roles depend on the provider, so they do not
 * change then. A change of the URL of the provider, even to an equal value, could look like a replacement.
 */
export function clientIdOf(audience: string, issuer: DefinedIssuer): string {
  const pin = pinOf(issuer);
  return pin === undefined ? audience : `${audience}${emptyIfEqual(pin, issuer.url)}`;
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
