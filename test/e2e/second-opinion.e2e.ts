import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { accessCase, AccessCase, trustCase, TrustCase } from '../verification/second-opinion/cases';
import { ours } from '../verification/second-opinion/ours';
import { Random } from '../verification/second-opinion/random';

const JUDGE = join(__dirname, '..', '..', 'local-aws', 'server', 'judge.py');

/** What the evaluator of the local AWS says, which shares no code with lib/verification. */
function judged(cases: Array<AccessCase | TrustCase>): string[] {
  const input = cases.map((one) => `${JSON.stringify(one)}\n`).join('');
  const output = execFileSync(process.env.LOCAL_AWS_PYTHON!, [JUDGE], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return output.trimEnd().split('\n').map((line) => JSON.parse(line).decision ?? line);
}

test.each([
  ['requests of role sessions', 1, 8_000, accessCase],
  ['callers of roles', 2, 4_000, trustCase],
])('two evaluators that share no code and no author agree about generated %s', (_, seed, count, generate) => {
  const random = new Random(seed);
  const cases = Array.from({ length: count }, () => generate(random));
  const theirs = judged(cases);
  const disagreements = cases.map((one, i) => ({ ours: ours(one), theirs: theirs[i], one }))
    .filter((answer) => answer.ours.outcome !== answer.theirs);
  expect(disagreements.slice(0, 3)).toEqual([]);
  // neither evaluator could win with the same answer to everything
  const allowed = theirs.filter((decision) => decision === 'ALLOWED').length / count;
  expect(allowed).toBeGreaterThan(0.1);
  expect(allowed).toBeLessThan(0.9);
});
