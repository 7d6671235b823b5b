import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertiesOf } from './resource-properties';

/** The second one is the custom resource with which older aws-cdk-lib, and apps without a feature flag, define a provider. */
const CLIENT_IDS: { readonly [type: string]: string } = { 'AWS::IAM::OIDCProvider': 'ClientIdList', 'Custom::AWSCDKOpenIdConnectProvider': 'ClientIDList' };

/** Whether a construct is the resource of an IAM OIDC provider. */
export const isOidcProvider = (construct: IConstruct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && construct.cfnResourceType in CLIENT_IDS;

interface ProviderSettings {
  readonly url: string;
  readonly clientIds?: string[];
  /** The property of `clientIds` in the template. */
  readonly clientIdsProperty: string;
}

/** Both resource types have the same properties, written differently. */
export function settingsOf(provider: CfnResource): ProviderSettings {
  const { url, Url, clientIdList, ClientIDList } = propertiesOf(provider);
  return { url: url ?? Url, clientIds: clientIdList ?? ClientIDList, clientIdsProperty: CLIENT_IDS[provider.cfnResourceType] };
}
