import { asJson, sharedName } from './as-json';
import { AccessPlace } from '../../access-reason';
import { Findings } from '../findings/findings';
import { readTrustPolicy } from '../model/roles/roles';
import { StackResource } from '../model/stack-resource';
import { parsePolicy } from '../policies/parse-policy';

/** A trust policy as JSON, or why it cannot be shown, and where. */
export type TrustObject = { readonly json: unknown } | { readonly problem: string; readonly place?: AccessPlace };

/** The trust policy of a role of a template. The role occurs once for each stack of this template, because nested stacks can share it. */
export function trustObject(occurrences: readonly StackResource[]): TrustObject {
  const objects = occurrences.map(objectOf);
  const unreadable = objects.find((object) => 'problem' in object);
  if (unreadable) {
    return unreadable;
  }
  const differ = new Set(objects.map((object) => JSON.stringify(object))).size > 1;
  return differ ? { problem: 'its template is nested more than once, and the trust policies differ', place: trustPolicyPlace(occurrences[0]) } : objects[0];
}

/** Refuses a policy with a part that is unknown or malformed: written as text, it would be a different policy. */
function objectOf(role: StackResource): TrustObject {
  const policy = readTrustPolicy(role, new Findings());
  const { problems, statements } = parsePolicy(policy, 'trust');
  if (problems.length > 0) {
    return { problem: problems[0], place: trustPolicyPlace(role) };
  }
  const malformed = statements.find((statement) => statement.problems.length > 0);
  if (malformed) {
    return { problem: malformed.problems[0], place: malformed.place };
  }
  const name = sharedName(policy.document);
  return name === undefined ? { json: asJson(policy.document) } : { problem: `two of its keys would have the name ${name}`, place: trustPolicyPlace(role) };
}

const trustPolicyPlace = (role: StackResource) => role.place('Properties.AssumeRolePolicyDocument');
