import { contextOf } from './contexts';
import cases from './statement-elements.cases.json';
import { matchAction } from '../../../lib/verification/private/evaluation/action-matcher';
import { matchResource } from '../../../lib/verification/private/evaluation/resource-matcher';
import { parsePolicy } from '../../../lib/verification/private/policies/parse-policy';
import { policyOf, text } from '../texts';

const statement = (elements: object) => {
  const [parsed] = parsePolicy(policyOf([{ Effect: 'Allow', Action: '*', Resource: '*', ...elements }]), 'identity').statements;
  return parsed;
};

/** An element excludes its negation. */
const only = (elements: object) => ({ ...('NotAction' in elements && { Action: undefined }), ...('NotResource' in elements && { Resource: undefined }), ...elements });

const context = contextOf({ team: 'red', star: '*', none: null, account: '123456789012' });

type Case = [object, string, string];

test.each(cases.actions as Case[])('%j is about %s: %s', (elements, action, truth) => {
  expect(matchAction(statement(only(elements)), action).truth).toBe(truth);
});

test.each(cases.resources as Case[])('%j is about %s: %s', (elements, resource, truth) => {
  expect(matchResource(statement(only(elements)), text(resource), context).truth).toBe(truth);
});

test.each([['arn:aws:s3:::\uE001<<Name>>', 'arn:aws:s3:::<<Name>><<Name>>'], [`arn:aws:s3:::${'<<Name>>:'.repeat(8000)}x`, 'arn:aws:s3:::y']])('marks are not confused with text', (pattern, resource) => {
  expect(matchResource(statement({ Resource: pattern }), text(resource), context).truth).toBe('unknown');
});

test('variables are text in the version of 2008', () => {
  expect(matchResource({ ...statement({ Resource: 'arn:aws:s3:::${team}' }), hasVariables: false }, text('arn:aws:s3:::${team}'), context).truth).toBe('yes');
});

test.each([
  [{ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 'arn:aws:s3:::c does not match arn:aws:s3:::a or arn:aws:s3:::b'],
  [{ NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::c'] }, 'NotResource arn:aws:s3:::c excludes arn:aws:s3:::c'],
  [{ Resource: '<<Bucket.Arn>>' }, 'arn:aws:s3:::c may match ${Bucket.Arn}'],
])('%j says: %s', (elements, why) => {
  expect(matchResource(statement(only(elements)), text('arn:aws:s3:::c'), context).why).toBe(why);
});
