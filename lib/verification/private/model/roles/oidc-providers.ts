import { Findings } from '../../findings/findings';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, withoutPrefix } from '../../values/text-parts';
import { OidcProvider } from '../oidc-provider';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The IAM OIDC providers of the templates: the resource, and the custom resource of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.OpenIdConnectProvider.html
 */
export const readOidcProviders = (resources: StackResources, findings: Findings): OidcProvider[] => [
  ...resources.ofType('AWS::IAM::OIDCProvider').flatMap((resource) => readProvider(resource, 'ClientIdList', findings)),
  ...resources.ofType('Custom::AWSCDKOpenIdConnectProvider').flatMap((resource) => readProvider(resource, 'ClientIDList', findings)),
];

function readProvider(resource: StackResource, audiences: string, findings: Findings): OidcProvider[] {
  const url = resource.property('Url');
  if (!(url instanceof Text)) {
    const message = `the OIDC provider ${resource.logicalId} has no Url: it is left out`;
    findings.addGap('unreadable-oidc-provider', message, resource.place('Properties.Url'), 'everything');
    return [];
  }
  return [{
    arn: resource.ref,
    issuer: textAfter(resource.ref, ':oidc-provider/') ?? issuerOf(url),
    audiences: listOf(resource.property(audiences)).filter((audience) => audience instanceof Text),
    place: resource.place(),
  }];
}

/** IAM, and the condition keys of trust policies, have the issuer without `https://`. */
export const issuerOf = (url: Text): Text => withoutPrefix(url, 'https://');
