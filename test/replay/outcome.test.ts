import { asExpected, asProved, Outcome, summary, table } from '../../replay/outcome';

const outcome = (who: string, expected: string, got: string, proved?: string): Outcome => ({ who, what: 'aws s3 ls', expected, got, proved });

test('a table marks outcomes that are not as expected, or not as proved', () => {
  const outcomes = [
    outcome('first', 'Complete: a, b', 'Complete: a, b', 'Complete'),
    outcome('second', 'AccessDenied', 'AccessDenied', 'AccessDenied'),
    outcome('third', 'ExpiredTokenException', 'ExpiredTokenException'),
    outcome('fourth', 'AccessDenied', 'buckets', 'buckets'),
    outcome('fifth', 'AccessDenied', 'AccessDenied', 'UNKNOWN'),
    outcome('sixth', 'AccessDenied', 'buckets', 'AccessDenied'),
  ];
  expect(table(outcomes)).toBe(`who     what       expected               got                    proved
first   aws s3 ls  Complete: a, b         Complete: a, b         Complete
second  aws s3 ls  AccessDenied           AccessDenied           AccessDenied
third   aws s3 ls  ExpiredTokenException  ExpiredTokenException  -
fourth  aws s3 ls  AccessDenied           buckets                buckets       <-- differs
fifth   aws s3 ls  AccessDenied           AccessDenied           UNKNOWN       <-- not as proved
sixth   aws s3 ls  AccessDenied           buckets                AccessDenied  <-- differs, not as proved`);
  expect(outcomes.map(asExpected)).toEqual([true, true, true, false, true, false]);
  expect(outcomes.map(asProved)).toEqual([true, true, true, true, false, false]);
  expect(summary(outcomes)).toBe('2 of 6 outcomes differ from what is expected.\nThe templates prove 5 of them, but the deployment differs in 2.\nThe other 1 (-) are about the tokens themselves, about which templates say nothing.');
});

test('a summary says that all agree', () => {
  const outcomes = [outcome('first', 'Complete: a, b', 'Complete: a, b', 'Complete'), outcome('second', 'InvalidTokenException', 'InvalidTokenException')];
  expect(summary(outcomes)).toBe('All 2 outcomes are as expected.\nThe templates prove 1 of them, and the deployment agrees.\nThe other 1 (-) are about the tokens themselves, about which templates say nothing.');
});
