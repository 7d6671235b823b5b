import { PackedData, unpacked } from './packed-data';

/** The document of a managed policy of AWS, or why it is unknown. */
export type ManagedPolicy = { readonly document: object } | { readonly unknown: string };

/**
 * The default version of a managed policy of AWS. Only those of the partition `aws` are known.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export function managedPolicy(arn: string): ManagedPolicy {
  const [, partition] = /^arn:([^:]+):iam::aws:policy\/./.exec(arn) ?? [];
  if (partition === undefined) {
    return { unknown: `${arn} is not the ARN of a managed policy of AWS` };
  }
  if (partition !== 'aws') {
    return { unknown: `${arn} is in the partition ${partition}: only the managed policies of the partition aws are known` };
  }
  const { documents, source, date } = policies ??= load();
  const document = documents.get(arn);
  return document ? { document } : { unknown: `${arn} is not among the managed policies in ${source}, as of ${date}` };
}

/** The names of the managed policies of AWS, with their paths. */
export function managedPolicyNames(): string[] {
  const { documents } = policies ??= load();
  return [...documents.keys()].map((arn) => arn.slice(arn.indexOf('/') + 1));
}

interface Policies {
  readonly documents: ReadonlyMap<string, object>;
  readonly source: string;
  readonly date: string;
}

let policies: Policies | undefined;

function load(): Policies {
  // only on demand, because it has a third of a megabyte
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { MANAGED_POLICIES } = require('./managed-policies.generated') as { readonly MANAGED_POLICIES: PackedData };
  const documents = unpacked(MANAGED_POLICIES) as { readonly [arn: string]: object };
  return { ...MANAGED_POLICIES, documents: new Map(Object.entries(documents)) };
}
