import { Tags } from './model';
import { StackResource } from './stack-resources';
import { Findings } from '../findings/findings';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

/**
 * The tags of a resource: CloudFormation has them as a list of keys and values, or as a map. It adds the tags of the stack, which a cloud assembly shows,
 * and single templates do not. A tag whose key cannot be read may be any tag, and replace one of the stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function tagsOf(resource: StackResource, findings: Findings): Tags {
  const own = ownTags(resource, findings);
  const { stackTags } = resource;
  if (own.mayHaveOthers || stackTags === undefined) {
    return Object.assign(own, { mayHaveOthers: true });
  }
  const keys = new Set([...own.keys()].map((key) => key.toLowerCase()));
  const added = Object.entries(stackTags).filter(([key]) => !keys.has(key.toLowerCase())).map(([key, value]) => [key, Text.of(value)] as const);
  return Object.assign(new Map([...own, ...added]), { mayHaveOthers: false });
}

function ownTags(resource: StackResource, findings: Findings): Tags {
  const tags = resource.property('Tags');
  const pairs: ReadonlyArray<readonly [Resolved, Resolved]> = tags instanceof ResolvedMap
    ? tags.entries
    : listOf(tags).map((tag) => (tag instanceof ResolvedMap ? [tag.get('Key'), tag.get('Value')] : [undefined, undefined]));
  const readable = pairs.flatMap(([key, value]) =>
    (key instanceof Text && key.literal !== undefined && value instanceof Text ? [[key.literal, value] as const] : []));
  const mayHaveOthers = readable.length < pairs.length;
  if (mayHaveOthers) {
    findings.add('unreadable-tag', `a tag of ${resource.logicalId} has a key that is missing or known only at deployment, so it can be any tag`, resource.place('Properties.Tags'));
  }
  return Object.assign(new Map(readable), { mayHaveOthers });
}
