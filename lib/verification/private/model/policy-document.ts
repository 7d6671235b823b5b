import { AccessPlace } from '../../access-reason';
import { Findings } from '../findings/findings';
import { Policy } from '../policies/policy';
import { parseJson } from '../values/json-text';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

/**
 * A policy of a template: an object, or a string with the JSON of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(name: string, value: Resolved, place: AccessPlace, findings: Findings): Policy {
  const read = documentOf(value);
  if ('document' in read) {
    return { name, place, document: read.document };
  }
  findings.add('unreadable-policy', `the ${name} cannot be read: ${read.problem}`, place);
  return { name, place, unknown: read.problem, unread: value };
}

function documentOf(value: Resolved): { readonly document: ResolvedMap } | { readonly problem: string } {
  if (value instanceof Text) {
    const parsed = parseJson(value);
    if ('problem' in parsed) {
      return { problem: `it ${parsed.problem}` };
    }
    return parsed.value instanceof ResolvedMap ? documentOf(parsed.value) : { problem: 'it is not a JSON object' };
  }
  if (!(value instanceof ResolvedMap)) {
    return { problem: value === undefined ? 'it has no document' : 'it is a list' };
  }
  return value.get('Statement') === undefined ? { problem: 'it has no Statement' } : { document: value };
}
