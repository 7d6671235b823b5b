import { KubernetesObject } from './kubernetes-object';
import { parseJson } from '../../values/json-text';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';

/** What the ConfigMap `aws-auth` says about roles. */
export interface MappedRoles {
  /** All of it, as a text. */
  readonly text: Text;
  /** Undefined if the text cannot be read. */
  readonly roles?: ReadonlyArray<{ readonly arn?: Text; readonly groups: readonly (string | undefined)[] }>;
}

/** Undefined for another object, and without roles. @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export function mappedRoles(object: KubernetesObject): MappedRoles | undefined {
  const isAwsAuth = object.kind === 'ConfigMap' && object.name?.literal === 'aws-auth';
  const text = isAwsAuth ? textOf(object.at('data', 'mapRoles')) : undefined;
  const parsed = text && parseJson(text); // aws-cdk writes JSON, which is YAML, too
  if (!parsed || 'problem' in parsed) {
    return text && { text };
  }
  const entries = listOf(parsed.value).filter((entry) => entry instanceof ResolvedMap);
  return { text, roles: entries.map((entry) => ({ arn: textOf(entry.get('rolearn')), groups: listOf(entry.get('groups')).map(literalOf) })) };
}
