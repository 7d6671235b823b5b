import { Change } from './change';
import { Rule, Rules, Unread } from './rule';
import { inLines, textKeyOf, textOf } from './rule-text';
import { uncovered } from './uncovered';
import { Interned } from '../values/interned';

/** The rules of something that does not exist. */
export const NOTHING: Rules = { allows: [], denies: [], unread: [] };

/** How sentences about rules start: those of what was gained, and those of what was lost. */
export interface Words {
  /** `is allowed`, and `is no longer allowed`. */
  readonly allow: readonly [gained: string, lost: string];
  /** `is no longer denied`, and `is denied`. */
  readonly deny: readonly [gained: string, lost: string];
}

/** For sentences whose subject is a policy. */
export const OF_POLICY: Words = { allow: ['allows', 'no longer allows'], deny: ['no longer denies', 'denies'] };

/** What is allowed by only one of two sets of rules, and what is not known. */
export const compareRules = (before: Rules, after: Rules, words: Words): readonly Change[] =>
  compared.of([before, after, JSON.stringify(words)], () => changesBetween(before, after, words));

/** Many pods and nodes can get credentials of one role. */
const compared = new Interned<readonly Change[]>();

function changesBetween(before: Rules, after: Rules, { allow, deny }: Words): Change[] {
  return [
    ...changesOf('GAINED', allow[0], uncovered(after.allows, before.allows)),
    ...changesOf('GAINED', deny[0], uncovered(before.denies, after.denies)),
    // an unknown policy may still allow it
    ...(after.unread.length > 0 ? [] : changesOf('LOST', allow[1], uncovered(before.allows, after.allows))),
    ...changesOf('LOST', deny[1], uncovered(after.denies, before.denies)),
    ...compareUnread(before.unread, after.unread),
  ];
}

/** One change for all actions of a statement. */
function changesOf(kind: 'GAINED' | 'LOST', start: string, rules: readonly Rule[]): Change[] {
  const byText = new Map<string, [Rule, ...Rule[]]>();
  for (const rule of inLines(rules)) {
    const key = textKeyOf(rule);
    const others = byText.get(key);
    if (others) {
      others.push(rule);
    } else {
      byText.set(key, [rule]);
    }
  }
  return [...byText.values()].map((group) => ({ kind, what: `${start} ${textOf(group)}`, place: group[0].place, broadens: kind === 'GAINED' }));
}

function compareUnread(before: readonly Unread[], after: readonly Unread[]): Change[] {
  const [keys, newKeys] = [before, after].map((side) => new Set(side.map(({ key }) => key)));
  const changed = new Set(after.filter(({ key }) => !keys.has(key)).map(({ policy }) => policy));
  const gone = before.filter(({ key, policy }) => !newKeys.has(key) && !changed.has(policy));
  return [
    ...after.map((unread) => unknownOf(unread, keys.has(unread.key) ? 'not known, as before' : 'not known', !keys.has(unread.key))),
    ...gone.map((unread) => unknownOf(unread, 'not known before', true)), // it may have denied something
  ];
}

const unknownOf = ({ policy, why, place }: Unread, state: string, broadens: boolean): Change =>
  ({ kind: 'UNKNOWN', what: `${state}: ${policy}: ${why}`, place, broadens });
