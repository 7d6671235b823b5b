import { partOfTemplate } from '../assembly/path-in-template';
import { Template } from '../assembly/template';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';
import { StoredAs, Unknown } from '../values/unknown';

const START = '{{resolve:';
const END = '}}';

/**
 * The text with an unknown for each dynamic reference. The same reference with a version is the same value in one account and Region. Without a version, it is
 * the value of the time when CloudFormation last changed the resource: an update does not retrieve it again for resources that stay as they are.
 *
 * @param holders the objects that have the text, each in the one before it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * @see https://repost.aws/knowledge-center/cloudformation-stack-update-secrets
 */
export function withDynamicReferences(text: Text, template: Template, holders: readonly object[]): Text {
  const i = text.parts.findIndex((part) => typeof part === 'string' && part.includes(START));
  if (i < 0) {
    return text;
  }
  const before = text.parts.slice(0, i).map(Text.ofPart);
  const first = text.parts[i] as string;
  const start = first.indexOf(START);
  const rest = [first.slice(start), ...text.parts.slice(i + 1)];
  const j = rest.findIndex((part) => typeof part === 'string' && part.includes(END));
  if (j < 0) {
    return text;
  }
  const last = rest[j] as string;
  const end = last.indexOf(END) + END.length;
  const reference = Text.join([...rest.slice(0, j), last.slice(0, end)].map(Text.ofPart));
  const named = Text.join([...rest.slice(0, j), last.slice(0, end - END.length)].map(Text.ofPart));
  const label = reference.toString().slice(2, -2);
  const stored = textAfter(named, START)!;
  const scope = hasVersion(stored) ? template.environment : `${template.id}/${partWith(holders, template) ?? ''}`;
  const unknown = new Unknown(`${scope}/${reference.key}`, { label, storedAs: storedAs(stored) });
  const after = Text.join([last.slice(end), ...rest.slice(j + 1)].map(Text.ofPart));
  return Text.join([...before, Text.of(first.slice(0, start)), Text.unknown(unknown), withDynamicReferences(after, template, holders)]);
}

/** By `service:name`. That the Parameter Store encrypts a value makes no difference. */
function storedAs(reference: Text): StoredAs | undefined {
  const name = textAfter(reference, ':')?.parts;
  return name && { service: reference.startsWith('secretsmanager:') ? 'secretsmanager' : 'ssm', name };
}

/** A value that was made for this, such as a reference in `Fn::Sub`, is in no template. */
function partWith(holders: readonly object[], template: Template): string | undefined {
  for (let i = holders.length - 1; i >= 0; i--) {
    const part = partOfTemplate(template, holders[i]);
    if (part !== undefined) {
      return part;
    }
  }
  return undefined;
}

/**
 * Whether a reference, by `service:name`, has the version of a parameter, which may have an ARN, or the version ID of a secret, after its key and its stage.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
function hasVersion(reference: Text): boolean {
  const colons = textAfter(reference, ':')?.startsWith('arn:') ? 7 : 2; // one after the service, five in an ARN, and one before the version
  const before = reference.startsWith('secretsmanager:') ? [':SecretString:', ':', ':'] : Array<string>(colons).fill(':');
  const version = before.reduce<Text | undefined>((rest, separator) => rest && textAfter(rest, separator), reference);
  return version !== undefined && version.parts.length > 0;
}
