import { rulesFrom } from './rules-from';
import { compareRules, NOTHING, Words } from '../../../lib/verification/private/diff/compare-rules';
import { Rules } from '../../../lib/verification/private/diff/rule';

const WORDS: Words = { allow: ['is allowed', 'is no longer allowed'], deny: ['is no longer denied', 'is denied'] };
const names = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i));
const arns = (count: number) => names(count, (i) => `arn:aws:s3:::b${i}`);
const allow = (more: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more });
const KEYS = ['aws:PrincipalTag/team', 'aws:PrincipalTag/stage', 's3:prefix'];

/** 20 actions, 20 resources, 3 keys with 20 values each: 3.2 million combinations. */
const large = (last: object = {}, order = (values: string[]) => values) => allow({
  Action: order(names(20, (i) => `s3:Get${i}`)),
  Resource: order(arns(20)),
  Condition: { StringEquals: { ...Object.fromEntries(KEYS.map((key) => [key, order(names(20, (i) => `v${i}`))])), ...last } },
});
const changes = (before: Rules, after: Rules) => compareRules(before, after, WORDS).map(({ kind, what, broadens }) => `${kind}${broadens ? ', broader' : ''}: ${what}`);

const ACTIONS = 's3:Get0, s3:Get1, s3:Get2, s3:Get3 and 16 more actions';
const RESOURCES = 'arn:aws:s3:::b0, arn:aws:s3:::b1, arn:aws:s3:::b2, arn:aws:s3:::b3 and 16 more resources';
const IF = KEYS.slice(0, 2).map((key) => `StringEquals ${key} = v0 or v1 or v2 or v3 or one of 16 more`).join(' and ');

test('a statement with millions of combinations is the same in another order, and in two statements', () => {
  const before = rulesFrom([large()]);
  expect(changes(before, rulesFrom([large({}, (values) => [...values].reverse())]))).toEqual([]);
  const halves = [arns(20).slice(0, 10), arns(20).slice(10)].map((Resource) => ({ ...large(), Resource }));
  expect(changes(before, rulesFrom(halves))).toEqual([]);
  expect(changes(rulesFrom(halves), before)).toEqual([]);
});

test('what it allows besides is one change', () => {
  const [before, after] = [rulesFrom([large()]), rulesFrom([large({ 's3:prefix': names(21, (i) => `v${i}`) })])];
  const more = `${ACTIONS} on ${RESOURCES} by policy, if ${IF} and StringEquals s3:prefix = v20`;
  expect(changes(before, after)).toEqual([`GAINED, broader: is allowed ${more}`]);
  expect(changes(after, before)).toEqual([`LOST: is no longer allowed ${more}`]);
  expect(changes(before, rulesFrom([allow({ Action: 's3:*', Resource: 'arn:aws:s3:::b*' })]))).toEqual(['GAINED, broader: is allowed s3:* on arn:aws:s3:::b* by policy']);
  expect(changes(rulesFrom([allow({ Action: 's3:*', Resource: 'arn:aws:s3:::b*' })]), before)).toEqual(['LOST: is no longer allowed s3:* on arn:aws:s3:::b* by policy']);
});

test('a statement of which too many parts are left is compared as a whole, and is broader', () => {
  const action = (i: number) => `s3:Get${i}`;
  const before = rulesFrom(names(150, action).map((Action, i) => allow({ Action, Resource: arns(150)[i] })));
  const after = rulesFrom([allow({ Action: names(150, action), Resource: arns(150) })]);
  expect(changes(before, after)).toEqual([
    'GAINED, broader: is allowed s3:Get0, s3:Get1, s3:Get2, s3:Get3 and 146 more actions on arn:aws:s3:::b0, arn:aws:s3:::b1, arn:aws:s3:::b2, arn:aws:s3:::b3 and 146 more resources by policy',
  ]);
});

test('a statement has a line for each resource and value up to 100 of them, and one line otherwise', () => {
  expect(changes(NOTHING, rulesFrom([allow({ Resource: arns(100) })]))).toHaveLength(100);
  expect(changes(NOTHING, rulesFrom([allow({ Resource: arns(101) })]))).toHaveLength(1);
});

test('a condition on one key by two operators is covered where one or the other is', () => {
  const like = (value: string | string[]) => ({ StringLike: { 's3:prefix': value } });
  const before = rulesFrom([allow({ Condition: like(['a*', 'b']) })]);
  const both = (equal: string[], alike: string[]) => rulesFrom([allow({ Condition: { StringEquals: { 's3:prefix': equal }, ...like(alike) } })]);
  const gained = (after: Rules) => changes(before, after).filter((change) => change.startsWith('GAINED'));
  expect(gained(both(['a1', 'c'], ['b', 'd']))).toEqual(['GAINED, broader: is allowed s3:GetObject on * by policy, if StringEquals s3:prefix = c and StringLike s3:prefix = d']);
  expect(gained(both(['a1'], ['b', 'd']))).toEqual([]);
});

test.each<[string, object, object]>([
  ['all but one action', { NotAction: 'iam:*', Action: undefined }, { Action: ['s3:GetObject', 'iam:PassRole'] }],
  ['a wildcard in the middle', { Action: 's3:*Object' }, { Action: ['s3:GetObject', 's3:GetObjectAcl'] }],
  ['a resource with a policy variable', { Resource: ['arn:aws:s3:::a/${aws:username}', 'arn:aws:s3:::b'] }, { Resource: ['arn:aws:s3:::a/${aws:username}', 'arn:aws:s3:::a/x'] }],
])('of %s, each part is looked for', (_, before, after) => {
  const [old, now] = [before, after].map((more) => rulesFrom([JSON.parse(JSON.stringify(allow(more)))]));
  expect(changes(old, now).filter((change) => change.startsWith('GAINED'))).toHaveLength(1);
});
