import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The second one is the custom resource with which older aws-cdk-lib, and apps without a feature flag, define a provider. */
const PROVIDER_TYPES = ['AWS::IAM::OIDCProvider', 'Custom::AWSCDKOpenIdConnectProvider'];

/** Whether a construct is the resource of an IAM OIDC provider. */
export const isOidcProvider = (construct: IConstruct): construct is CfnResource =>
  CfnResource.isCfnResource(construct) && PROVIDER_TYPES.includes(construct.cfnResourceType);
