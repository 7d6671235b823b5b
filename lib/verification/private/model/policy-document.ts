import { AccessPlace } from '../../access-reason';
import { Findings } from '../findings/findings';
import { Policy } from '../policies/policy';
import { Interned } from '../values/interned';
import { parseJson } from '../values/json-text';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

const policies = new Interned<Policy>();

/**
 * A policy of a template: an object, or a string with the JSON of one. The same object for the same value.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(name: string, value: Resolved, place: AccessPlace, findings: Findings): Policy {
  const make = (): Policy => {
    const read = documentOf(value);
    return 'document' in read ? { name, place, document: read.document } : { name, place, unknown: read.problem, unread: value };
  };
  const policy = value === undefined ? make() : policies.of([value, name, ...placeParts(place)], make);
  if (policy.unknown !== undefined) {
    findings.add('unreadable-policy', `the ${name} cannot be read: ${policy.unknown}`, place);
  }
  return policy;
}

/** What a place is made of. */
export const placeParts = ({ template, nestedStack, logicalId, path, constructPath }: AccessPlace) =>
  [template, nestedStack, logicalId, path, constructPath];

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
