import { AccessCase, accessCase, TrustCase, trustCase } from './cases';
import { COMPARED } from './conditions';
import { ours } from './ours';
import { Random } from './random';
import { UNDOCUMENTED, undocumentedKind } from './undocumented';
import { OPERATORS } from '../../../lib/verification/private/evaluation/condition-operators';
import { judge } from '../../local-aws/judge';
import { describeWithPython } from '../../local-aws/python-program';

const generated = (seed: number, count: number, generate: (random: Random) => AccessCase | TrustCase) => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => generate(random));
};

test('the cases have each condition operator', () => {
  expect([...COMPARED].sort()).toEqual([...OPERATORS.keys(), 'Null'].sort());
});

describeWithPython('the evaluator of the local AWS, which shares no code and no author with lib/verification,', () => {
  const cases = [...generated(1, 8_000, accessCase), ...generated(2, 4_000, trustCase)];
  const answers = cases.map(ours);
  let theirs: Array<string | undefined>;
  beforeAll(async () => {
    theirs = (await judge(cases)).map(({ decision, error }) => decision ?? error);
  });

  test('agrees on 12,000 generated cases', () => {
    const disagreements = cases.map((one, i) => ({ one, ours: answers[i], theirs: theirs[i] }))
      .filter(({ ours: { outcome, reasons }, theirs: other }) => (outcome === 'UNKNOWN' ? !undocumentedKind(reasons) : outcome !== other));
    expect(disagreements.slice(0, 3)).toEqual([]);
  });

  test('allows between 15 and 85 percent of them, because the same answer to everything would prove nothing', () => {
    const share = theirs.filter((decision) => decision === 'ALLOWED').length / cases.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.85);
  });

  test.each(UNDOCUMENTED)('takes a side in $cases cases that are UNKNOWN because of $what', ({ what, cases: count }) => {
    expect(answers.filter(({ outcome, reasons }) => outcome === 'UNKNOWN' && undocumentedKind(reasons)?.what === what)).toHaveLength(count);
  });
});
