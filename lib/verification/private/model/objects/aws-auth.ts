import { parseJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** The lists of the ConfigMap `aws-auth`, with the name that the ARN has in each. */
const LISTS = { mapRoles: 'rolearn', mapUsers: 'userarn', mapAccounts: 'account' } as const;

export type MappingList = keyof typeof LISTS;

export const MAPPING_LISTS = Object.keys(LISTS) as MappingList[];

/** What a list of the ConfigMap `aws-auth` says. */
export interface Mapped {
  /** All of it, as a text. */
  readonly text: Text;
  /** Undefined if the text cannot be read. */
  readonly principals?: readonly MappedPrincipal[];
}

interface MappedPrincipal {
  /** Of an account, its ID. */
  readonly arn?: Text;
  readonly username?: Text;
  readonly groups: readonly Text[];
}

/** Undefined for another object, and without the list. @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export function mappedBy(object: KubernetesObject, list: MappingList): Mapped | undefined {
  const isAwsAuth = object.kind === 'ConfigMap' && isText(object.name, 'aws-auth') !== 'no';
  const text = isAwsAuth ? textOf(object.at('data', list)) : undefined;
  const parsed = text && parseJson(text); // aws-cdk writes JSON, which is YAML, too
  if (!parsed || 'problem' in parsed) {
    return text && { text };
  }
  return { text, principals: listOf(parsed.value).flatMap((entry) => principalOf(entry, LISTS[list])) };
}

function principalOf(entry: Resolved, arn: string): MappedPrincipal[] {
  if (entry instanceof ResolvedMap) {
    return [{ arn: textOf(entry.get(arn)), username: textOf(entry.get('username')), groups: listOf(entry.get('groups')).flatMap((group) => textOf(group) ?? []) }];
  }
  return entry instanceof Text ? [{ arn: entry, groups: [] }] : [];
}
