import { PackedData, unpacked } from './packed-data';

/**
 * Whether a type of resources is one that AWS has, such as `AWS::S3::Bucket`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const knownType = (type: string): boolean => (types ??= load()).has(type);

let types: ReadonlySet<string> | undefined;

function load(): ReadonlySet<string> {
  // only on demand, because most programs that import the library ask no questions
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { RESOURCE_TYPES } = require('./resource-types.generated') as { readonly RESOURCE_TYPES: PackedData };
  const byNamespace = unpacked(RESOURCE_TYPES) as { readonly [namespace: string]: readonly string[] };
  return new Set(Object.entries(byNamespace).flatMap(([namespace, names]) => names.map((name) => `${namespace}::${name}`)));
}
