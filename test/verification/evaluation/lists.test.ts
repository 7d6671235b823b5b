import { contextOf } from './contexts';
import { matchPrincipal, namedSession, Naming } from '../../../lib/verification/private/evaluation/principal-matcher';
import { matchResource } from '../../../lib/verification/private/evaluation/resource-matcher';
import { parsePolicy } from '../../../lib/verification/private/policies/parse-policy';
import { Truth } from '../../../lib/verification/private/values/truth';
import { policyOf, text } from '../texts';

const statement = (elements: object) => parsePolicy(policyOf([{ Effect: 'Allow', Action: '*', Resource: '*', ...elements }]), 'resource').statements[0];
const either = (truths: readonly Truth[]): Truth => (['yes', 'unknown'] as const).find((truth) => truths.includes(truth)) ?? 'no';

const others = Array.from({ length: 20 }, (_, i) => `arn:aws:iam::111122223333:role/other-${i}`);
/** The list of the others with one more in each place of it. */
const withOne = (one: string) => others.map((_, place) => [...others.slice(0, place), one, ...others.slice(place)]);

const NAMINGS: Naming[] = ['everyone', 'account', 'role', 'session'];
const READER = 'arn:aws:iam::111122223333:role/reader';

test.each<[string, string, Truth]>([
  [READER, READER, 'yes'],
  [READER, '*', 'yes'],
  [READER, '111122223333', 'yes'],
  [READER, 'arn:aws:iam::111122223333:root', 'yes'],
  [READER, 'arn:aws:sts::111122223333:assumed-role/reader/session', 'unknown'],
  [READER, 'arn:aws:sts::111122223333:assumed-role/writer/session', 'no'],
  [READER, 'AROAEXAMPLE', 'unknown'],
  [READER, '<<Anyone>>', 'unknown'],
  [READER, 'arn:aws:iam::111122223333:role/<<Name|:/>>', 'unknown'],
  ['arn:<<Partition|:/>>:iam::111122223333:role/reader', READER, 'unknown'],
  ['arn:aws:iam::111122223333:role/<<Name|:/>>', READER, 'unknown'],
  ['arn:aws:iam::111122223333:user/reader', 'arn:aws:iam::111122223333:user/reader', 'yes'],
  ['arn:aws:iam::111122223333:user/reader', READER, 'no'],
])('whether %s is %s among other principals: %s', (role, principal, truth) => {
  const caller = namedSession({ roleArn: text(role), account: text('111122223333') }, false);
  const truthOf = (AWS: string[]) => matchPrincipal(statement({ Principal: { AWS } }), caller, NAMINGS).truth;
  expect(new Set(withOne(principal).map(truthOf))).toEqual(new Set([either([truth, truthOf(others)])]));
});

test.each<[string, string, Truth]>([
  ['arn:aws:s3:::a', 'arn:aws:s3:::a', 'yes'],
  ['arn:aws:s3:::a', 'arn:aws:s3:::?', 'yes'],
  ['arn:aws:s3:::a', 'arn:aws:s3:::A', 'no'],
  ['arn:aws:s3:::a', '*', 'yes'],
  ['arn:aws:s3:::a', '<<Resource>>', 'unknown'],
  ['arn:aws:s3:::red', 'arn:aws:s3:::${team}', 'yes'],
  ['arn:aws:s3:::a', 'arn:aws:s3', 'unknown'],
  ['arn:aws:s3:::<<Bucket>>', 'arn:aws:s3:::a', 'unknown'],
  ['arn:aws:s3:::<<Bucket>>', 'arn:aws:sqs:::a', 'no'],
])('whether %s is %s among other resources: %s', (requested, resource, truth) => {
  const truthOf = (resources: object) => matchResource(statement(resources), text(requested), contextOf({ team: 'red' })).truth;
  const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' }[truth];
  expect(new Set(withOne(resource).map((Resource) => truthOf({ Resource })))).toEqual(new Set([truth]));
  expect(new Set(withOne(resource).map((NotResource) => truthOf({ Resource: undefined, NotResource })))).toEqual(new Set([opposite]));
});
