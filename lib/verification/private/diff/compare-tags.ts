import { Change } from './change';
import { Elsewhere, mentionsTag } from './elsewhere';
import { Session } from './session';

/**
 * Tags with which credentials come, on which policies depend, and which have other values. What that changes depends on the requests.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag
 */
export function compareTags(before: Session, after: Session, elsewhere: Elsewhere): Change[] {
  const names = new Set([...before.tags.keys(), ...after.tags.keys()]);
  return [...names]
    .filter((name) => before.tags.get(name)?.key !== after.tags.get(name)?.key)
    .filter((name) => elsewhere.dependOn(name) || sessionDependsOn(name, before) || sessionDependsOn(name, after))
    .map((name): Change => ({
      kind: 'UNKNOWN',
      what: `credentials of ${after.holder} (${after.by}) have ${name === '' ? 'tags of any name' : `the tag ${name}`}`
        + ` = ${after.tags.get(name) ?? 'none'} instead of ${before.tags.get(name) ?? 'none'}, and policies depend on it`,
      place: after.place,
      broadens: true,
    }));
}

/** Whether the policies of a session depend on the value of a tag. */
export const sessionDependsOn = (name: string, { grants, limits }: Session) => [grants, ...limits.values()].some((rules) => mentionsTag(rules, name));
