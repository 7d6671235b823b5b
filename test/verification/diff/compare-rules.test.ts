import { rulesFrom } from './rules-from';
import { compareRules, NOTHING, Words } from '../../../lib/verification/private/diff/compare-rules';
import { Rules, rulesOf } from '../../../lib/verification/private/diff/rule';

const WORDS: Words = { allow: ['is allowed', 'is no longer allowed'], deny: ['is no longer denied', 'is denied'] };
const allow = (more: object) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more });
const deny = (more: object) => ({ ...allow(more), Effect: 'Deny' });

const changes = (before: Rules, after: Rules) =>
  compareRules(before, after, WORDS).map(({ kind, what, broadens }) => `${kind}${broadens ? ', broader' : ''}: ${what}`);

test('the order and the grouping of statements do not matter', () => {
  const grouped = rulesFrom([allow({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] })]);
  const single = rulesFrom(['arn:aws:s3:::b', 'arn:aws:s3:::a'].flatMap((Resource) => ['s3:ListBucket', 's3:GetObject'].map((Action) => allow({ Action, Resource, Sid: 'Sid' }))));
  expect(changes(grouped, single)).toEqual([]);
  expect(changes(single, grouped)).toEqual([]);
});

test('one more action is gained, and one fewer is lost', () => {
  const [one, two] = [rulesFrom([allow({})]), rulesFrom([allow({ Action: ['s3:GetObject', 's3:PutObject'] })])];
  expect(changes(one, two)).toEqual(['GAINED, broader: is allowed s3:PutObject on * by policy']);
  expect(changes(two, one)).toEqual(['LOST: is no longer allowed s3:PutObject on * by policy']);
});

test('a statement that another one includes is not a change', () => {
  const [all, more] = [rulesFrom([allow({ Action: 's3:*' })]), rulesFrom([allow({ Action: 's3:*' }), allow({ Action: 's3:PutObject' })])];
  expect(changes(all, more)).toEqual([]);
});

test('a denial that is gone is gained, and a new one is lost', () => {
  const [without, withDeny] = [rulesFrom([allow({})]), rulesFrom([allow({}), deny({ Resource: 'arn:aws:s3:::secret/*' })])];
  expect(changes(withDeny, without)).toEqual(['GAINED, broader: is no longer denied s3:GetObject on arn:aws:s3:::secret/* by policy']);
  expect(changes(without, withDeny)).toEqual(['LOST: is denied s3:GetObject on arn:aws:s3:::secret/* by policy']);
});

test('a condition that is gone is gained, and a new one is lost', () => {
  const [free, bound] = [rulesFrom([allow({})]), rulesFrom([allow({ Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } } })])];
  expect(changes(bound, free)).toEqual(['GAINED, broader: is allowed s3:GetObject on * by policy']);
  expect(changes(free, bound)).toEqual(['LOST: is no longer allowed s3:GetObject on * by policy']);
  expect(changes(NOTHING, bound)).toEqual(['a', 'b'].map((team) => `GAINED, broader: is allowed s3:GetObject on * by policy, if StringEquals aws:PrincipalTag/team = ${team}`));
});

test('the values of a negated operator stay one condition', () => {
  const excluding = (...values: string[]) => rulesFrom([allow({ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': values } } })]);
  expect(changes(excluding('a', 'b'), excluding('b'))).toEqual(['GAINED, broader: is allowed s3:GetObject on * by policy, if StringNotEquals aws:PrincipalTag/team = b']);
  expect(changes(excluding('b'), excluding('a', 'b'))).toEqual(['LOST: is no longer allowed s3:GetObject on * by policy, if StringNotEquals aws:PrincipalTag/team = b']);
});

test('statements about everything else are shown as such', () => {
  expect(changes(NOTHING, rulesFrom([{ Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], NotResource: 'arn:aws:s3:::a' }])))
    .toEqual(['GAINED, broader: is allowed everything except iam:*, sts:* on everything except arn:aws:s3:::a by policy']);
});

test('a trust policy that admits more subjects is broader', () => {
  const trust = (...subjects: string[]) => rulesFrom([{
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/issuer' },
    Condition: { StringEquals: { 'issuer:sub': subjects } },
  }], 'trust');
  expect(changes(trust('a'), trust('a', 'b'))).toEqual([
    'GAINED, broader: is allowed Federated arn:aws:iam::123456789012:oidc-provider/issuer to sts:AssumeRoleWithWebIdentity, if StringEquals issuer:sub = b',
  ]);
  expect(changes(trust('a', 'b'), trust('a'))).toEqual([
    'LOST: is no longer allowed Federated arn:aws:iam::123456789012:oidc-provider/issuer to sts:AssumeRoleWithWebIdentity, if StringEquals issuer:sub = b',
  ]);
});

describe('a policy that is not known', () => {
  const unknown = rulesOf([{ name: 'managed policy', unknown: 'it is not in the templates' }], 'identity');

  test('is broader if it was known before', () => {
    expect(changes(NOTHING, unknown)).toEqual(['UNKNOWN, broader: not known: managed policy: it is not in the templates']);
  });

  test('is shown, but is not broader, if it was not known before', () => {
    expect(changes(unknown, unknown)).toEqual(['UNKNOWN: not known, as before: managed policy: it is not in the templates']);
  });

  test('is broader if it is gone, because it may have denied something', () => {
    expect(changes(unknown, NOTHING)).toEqual(['UNKNOWN, broader: not known before: managed policy: it is not in the templates']);
  });

  test('may still allow what was allowed before', () => {
    expect(changes(rulesFrom([allow({})]), unknown)).toEqual(['UNKNOWN, broader: not known: managed policy: it is not in the templates']);
  });
});
