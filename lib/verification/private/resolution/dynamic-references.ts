import { Template } from '../assembly/template';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';
import { StoredAs, Unknown } from '../values/unknown';

const START = '{{resolve:';
const END = '}}';

/**
 * The text with an unknown for each dynamic reference. The same reference in one account and region is the same value.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function withDynamicReferences(text: Text, template: Template): Text {
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
  const unknown = new Unknown(`${template.environment}/${reference.key}`, { label, storedAs: storedAs(textAfter(named, START)!) });
  const after = Text.join([last.slice(end), ...rest.slice(j + 1)].map(Text.ofPart));
  return Text.join([...before, Text.of(first.slice(0, start)), Text.unknown(unknown), withDynamicReferences(after, template)]);
}

/** By `service:name`. That the Parameter Store encrypts a value makes no difference. */
function storedAs(reference: Text): StoredAs | undefined {
  const name = textAfter(reference, ':')?.parts;
  return name && { service: reference.startsWith('secretsmanager:') ? 'secretsmanager' : 'ssm', name };
}
