import { ResourceFormat } from './resource-type';

/** `arn:partition:service:region:account:` */
export const regional = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:`;

/** A resource whose `Ref` is its name. */
export function byName(property: string, arn: string, attributes: { readonly [name: string]: string } = {}): ResourceFormat {
  return { arn, ref: `\${${property}}`, attributes: { Arn: arn, ...attributes }, unique: [property], defaults: { Path: '/' } };
}

/** A resource whose `Ref` is its ARN. */
export function byArn(arn: string, unique: string[], attributes: { readonly [name: string]: string } = {}): ResourceFormat {
  return { arn, ref: arn, attributes, unique, defaults: { Path: '/' } };
}
