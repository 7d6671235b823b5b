import { Role } from '../model/model';
import { UnreadPolicy } from '../model/unread-policy';
import { addTo } from '../values/add-to';
import { mayBeEqual } from '../values/may-be-equal';
import { Pattern } from '../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { textsIn } from '../values/text-parts';

/**
 * What permissions that are not read might allow to roles on resources outside the templates, such as the policy of a registry of Amazon ECR on its repositories.
 * In one account, the role needs no policy of its own.
 */
export class UnreadGrants {
  private readonly byService = new Map<string, UnreadPolicy[]>();

  constructor(policies: readonly UnreadPolicy[]) {
    policies.forEach((policy) => new Set(policy.actions.map((action) => action.split(':')[0])).forEach((service) => addTo(this.byService, service, policy)));
  }

  /** Whether one of them might allow an action to a role. */
  mayAllow(role: Role, action: string): boolean {
    const [name, service] = [Text.of(action.toLowerCase()), action.split(':')[0].toLowerCase()];
    return ['*', service].flatMap((one) => this.byService.get(one) ?? []).some((policy) => mayBeAbout(policy, name) && mayName(policy, role));
  }
}

function mayBeAbout({ actions, content }: UnreadPolicy, action: Text): boolean {
  const named = textsBelow(content, /^Action$/).flatMap(({ parts }) => (parts.every((part) => typeof part === 'string') ? [parts.join('').toLowerCase()] : ['*']));
  const all = [actions, ...(named.length > 0 && textsBelow(content, /^NotAction$/).length === 0 ? [named] : [])];
  return all.every((patterns) => patterns.some((pattern) => Pattern.glob(Text.of(pattern)).matches(action) === 'yes'));
}

/** What is like a policy, without this property, may have its principals anywhere. An account in it leaves it to the policies of its roles. */
function mayName({ content }: UnreadPolicy, { arn }: Role): boolean {
  const principals = textsBelow(content, /^Principal$/);
  const names = [arn, Text.of('*')];
  return textsBelow(content, /^NotPrincipal$/).length > 0
    || (principals.length > 0 ? principals : textsIn(content)).some((principal) => names.some((name) => mayBeEqual(principal, name)));
}

/** All texts below properties with a name, at any depth. */
const textsBelow = (value: Resolved, names: RegExp): Text[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? item.entries.flatMap(([{ literal }, inner]) => (names.test(literal ?? '') ? textsIn(inner) : textsBelow(inner, names)))
  : Array.isArray(item) ? textsBelow(item, names) : []));
