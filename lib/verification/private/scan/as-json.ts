import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/** Pseudo parameters with the same value in each template of one account and region. */
const PSEUDO_PARAMETERS = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region'];

/** A value as JSON for tools that check IAM policies. Names replace values that are known only at deployment. */
export function asJson(value: Resolved): unknown {
  if (value instanceof Text) {
    return textAsJson(value);
  }
  if (value instanceof ResolvedMap) {
    return Object.fromEntries(value.entries.map(([key, item]) => [jsonKey(key), asJson(item)]));
  }
  return value?.map(asJson);
}

/** The name that two keys of an object would have as JSON, so that one of them would be lost. */
export function sharedName(value: Resolved): string | undefined {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? firstOf(value) : undefined;
  }
  const names = value.entries.map(([key]) => jsonKey(key));
  return names.find((name, i) => names.indexOf(name) < i) ?? firstOf(value.entries.map(([, item]) => item));
}

const firstOf = (values: readonly Resolved[]) => values.map(sharedName).find((name) => name !== undefined);

const jsonKey = ({ parts }: Text) => parts.map(partName).join('');

/** Validators require an account in an ARN. They resolve pseudo parameters in `Fn::Sub`, so these stay. */
function textAsJson({ parts }: Text): unknown {
  if (!parts.some(isPseudoParameter)) {
    return parts.map(partName).join('');
  }
  const escaped = (literal: string) => literal.replace(/\$\{/g, '${!');
  return { 'Fn::Sub': parts.map((part) => (isPseudoParameter(part) ? `\${${part.label}}` : escaped(partName(part)))).join('') };
}

const isPseudoParameter = (part: string | Unknown): part is Unknown => part instanceof Unknown && PSEUDO_PARAMETERS.includes(part.label);

/** The name of an unknown value, in characters that a host name can have. */
const partName = (part: string | Unknown) => (typeof part === 'string' ? part : part.label.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, ''));
