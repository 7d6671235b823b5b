import { Tags } from './resource';
import { StackResource } from './stack-resource';
import { Findings } from '../findings/findings';
import { resourceType } from '../resource-types/declarations';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** Of something whose tags the templates do not show. */
export const UNKNOWN_TAGS: Tags = Object.assign(new Map<string, Text>(), { mayHaveOthers: true });

/** Other properties with tags, such as `UserPoolTags` and `TagSpecifications`, some of which are tags of other resources. */
const OTHERS = /Tags$|TagSpecifications$/;

/**
 * The tags of a resource: CloudFormation has them as a list of keys and values, or as a map. It adds those of the stacks in which the stack is nested, and
 * those of the stack itself, which the deployment decides. A tag whose key cannot be read may be any tag, and replace one of a stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function tagsOf(resource: StackResource, findings: Findings): Tags {
  const own = ownTags(resource, findings);
  if (resource.type.startsWith('Custom::')) {
    return own; // a function creates what it stands for, and CloudFormation adds no tags
  }
  const ofStack = tagsOfStack(resource, findings);
  const keys = new Set([...own.keys()].map((key) => key.toLowerCase()));
  const added = own.mayHaveOthers ? [] : [...ofStack].filter(([key]) => !keys.has(key.toLowerCase()));
  return Object.assign(new Map([...own, ...added]), { mayHaveOthers: true, possible: new Map([...ofStack.possible ?? [], ...addedTags(resource)]) });
}

/**
 * Those of a cloud assembly are what the deployment uses unless it is given others, as with the option `--tags` of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 */
function tagsOfStack({ stackTags = {}, nestedStack }: StackResource, findings: Findings): Tags {
  const ofAssembly = Object.entries(stackTags).map(([key, value]) => [key, Text.unknown(new Unknown(`stack tag ${key}=${value}`, { label: `tag ${key} of the stack` }))] as const);
  return nestedStack ? tagsOf(nestedStack, findings) : Object.assign(new Map<string, Text>(), { possible: new Map(ofAssembly) });
}

/**
 * The tags that CloudFormation adds. AWS does not document which types have them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
const addedTags = (resource: StackResource): ReadonlyMap<string, Text> => new Map([
  ['aws:cloudformation:stack-name', resource.pseudoParameter('StackName')],
  ['aws:cloudformation:stack-id', resource.pseudoParameter('StackId')],
  ['aws:cloudformation:logical-id', Text.of(resource.logicalId)],
]);

function ownTags(resource: StackResource, findings: Findings): Tags {
  const path = resourceType(resource.type)?.tags ?? ['Tags'];
  const tags = resource.property(...path);
  const pairs: ReadonlyArray<readonly [Resolved, Resolved]> = tags instanceof ResolvedMap
    ? tags.entries
    : listOf(tags).map((tag) => (tag instanceof ResolvedMap ? [tag.get('Key'), tag.get('Value')] : [undefined, undefined]));
  const readable = pairs.flatMap(([key, value]) =>
    (key instanceof Text && key.literal !== undefined && value instanceof Text ? [[key.literal, value] as const] : []));
  const isUnreadable = readable.length < pairs.length;
  if (isUnreadable) {
    const message = `a tag of ${resource.logicalId} has a key that is missing or known only at deployment, so it can be any tag`;
    findings.add('unreadable-tag', message, resource.place(['Properties', ...path].join('.')));
  }
  return Object.assign(new Map(readable), { mayHaveOthers: isUnreadable || hasOtherTags(resource, path) });
}

function hasOtherTags(resource: StackResource, [known]: readonly string[]): boolean {
  const properties = resource.property();
  return properties instanceof ResolvedMap && properties.entries.some(([{ literal = '' }]) => literal !== known && OTHERS.test(literal));
}
