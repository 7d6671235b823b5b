import { PackedData, unpacked } from './packed-data';
import { MANAGED_POLICY_NAMES } from '../../../aws-data/managed-policy-names.generated';

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
  const json = documents.get(arn);
  return json !== undefined ? { document: parsed(json) } : { unknown: `${arn} is not among the managed policies in ${source}, as of ${date}` };
}

interface Policies {
  /** The JSON of each: few of the many documents are asked for, and to parse all of them takes time and memory. */
  readonly documents: ReadonlyMap<string, string>;
  readonly source: string;
  readonly date: string;
}

let policies: Policies | undefined;

/** Documents that were asked for, by their JSON. Each is one object, by which it is recognized. */
const asked = new Map<string, object>();

function parsed(json: string): object {
  const document = asked.get(json) ?? JSON.parse(json);
  asked.set(json, document);
  return document;
}

function load(): Policies {
  // only on demand, because it has a third of a megabyte
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { MANAGED_POLICIES } = require('./managed-policies.generated') as { readonly MANAGED_POLICIES: PackedData };
  const documents = unpacked(MANAGED_POLICIES) as readonly string[];
  return { ...MANAGED_POLICIES, documents: new Map(documents.map((document, i) => [`arn:aws:iam::aws:policy/${MANAGED_POLICY_NAMES[i]}`, document])) };
}
