import { CfnResource } from 'aws-cdk-lib';

/** The properties that the construct of a resource was given, with its own names. aws-cdk-lib keeps them from callers. */
export const propertiesOf = (resource: CfnResource): { readonly [name: string]: any } =>
  (resource as unknown as { readonly cfnProperties: { readonly [name: string]: any } }).cfnProperties;
