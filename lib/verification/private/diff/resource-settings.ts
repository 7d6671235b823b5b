import { Relevance } from './relevance';
import { Resource, Tags } from '../model/resource';
import { Text } from '../values/text';

/** Settings of a resource, besides its policies, on which it depends what is allowed: values by name. One that is off, or does not matter, has none. */
export type ResourceSettings = ReadonlyMap<string, Text>;

/** All that decisions read, so that none is forgotten. The rest of a resource identifies it, or is compared as its policies. */
type Setting = Exclude<keyof Resource, 'type' | 'arn' | 'place' | 'policies' | 'isElsewhere' | 'tags'>;

const NAMES: { readonly [setting in Setting]-?: string } = {
  account: 'the account',
  region: 'the Region',
  encryptionKey: 'the encryption key',
  awsManagedKey: 'the AWS managed key',
  restrictsPublicPolicies: 'RestrictPublicBuckets',
  disablesAcls: 'ACLs of its objects',
};

/** What only denies where it is set. */
const ONLY_DENIES = [NAMES.encryptionKey, NAMES.awsManagedKey, NAMES.restrictsPublicPolicies];

/** Whether access can be broader with another value of a setting. */
export function broadensAccess(name: string, before: Text | undefined, after: Text | undefined): boolean {
  if (ONLY_DENIES.includes(name)) {
    return before !== undefined;
  }
  return name !== NAMES.disablesAcls || after !== undefined; // ACLs only allow
}

export function settingsOf(resource: Resource, relevance: Relevance): ResourceSettings {
  const values = valuesOf(resource, relevance);
  const named = (Object.keys(NAMES) as Setting[]).flatMap((setting) => (values[setting] ? [[NAMES[setting], values[setting]] as const] : []));
  return new Map([...named, ...tagsIn(resource.tags, relevance)]);
}

function valuesOf(resource: Resource, relevance: Relevance): { readonly [setting in Setting]-?: Text | undefined } {
  const { type, account, region, encryptionKey, awsManagedKey, restrictsPublicPolicies, disablesAcls } = resource;
  const isOfOther = relevance.hasOthersThan(account);
  return {
    account: isOfOther ? account : undefined,
    region: relevance.dependOn('aws:requestedregion') ? region : undefined,
    encryptionKey: encryptionKey?.arn,
    awsManagedKey: isOfOther && awsManagedKey !== undefined ? Text.of(awsManagedKey) : undefined,
    restrictsPublicPolicies: isOfOther && restrictsPublicPolicies ? Text.of('true') : undefined,
    disablesAcls: type === 'AWS::S3::Bucket' && !disablesAcls ? Text.of('enabled') : undefined,
  };
}

const OF_TAGS = 'aws:resourcetag/';

/** Those for which conditions ask. */
function tagsIn(tags: Tags | undefined, relevance: Relevance): Array<readonly [string, Text]> {
  if (!relevance.dependOn(OF_TAGS)) {
    return [];
  }
  if (!tags) {
    return [['tags', Text.of('not known')]];
  }
  const isAnyKey = relevance.dependOn(`${OF_TAGS}\${`);
  const possible = [...tags.possible ?? []].map(([name, value]) => [name, Text.join([Text.of('possibly '), value])] as const);
  return [...new Map([...possible, ...tags])]
    .filter(([name]) => isAnyKey || relevance.dependOn(`${OF_TAGS}${name.toLowerCase()}`))
    .map(([name, value]) => [`the tag ${name}`, value] as const);
}
