import { TestClock } from './test-clock';
import { KubernetesError } from '../../../lib/kubernetes/function/client/api-server';
import { forEach, Deadline } from '../../../lib/kubernetes/function/deadline';
import { LIMITS } from '../../../lib/kubernetes/function/limits';

let clock: TestClock;
beforeEach(() => { clock = new TestClock(); });
afterEach(() => jest.restoreAllMocks());

const deadline = (until: number) => new Deadline(until, { ...LIMITS, access: 300, arrival: 300 }, { clock });
const refused = (code: number) => new KubernetesError('apply', code, { message: 'no', reason: 'Reason' });

test('transient errors are retried, and permanent errors are not', async () => {
  let tries = 0;
  const failing = (code: number, times: number) => deadline(2_000).retry(async () => {
    if (++tries <= times) {
      throw refused(code);
    }
    return tries;
  });
  expect(await failing(503, 2)).toBe(3);
  tries = 0;
  await expect(failing(400, 1)).rejects.toThrow('apply failed: 400 Reason');
  expect(tries).toBe(1);
});

test('nothing is started after the time limit, however much is left to do', async () => {
  const some = deadline(300);
  let begun = 0;
  await expect(forEach(Array.from({ length: 100 }, (_, i) => i), () => some.retry(async () => {
    begun++;
    await clock.sleep(200);
  }))).rejects.toThrow('the time limit was reached after 1 s');
  expect(begun).toBe(20);
});

test('the time limit for refused access starts at the first refusal after a success', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const some = deadline(5_000);
  await clock.sleep(400);
  let refusals = 1;
  expect(await some.retry(async () => {
    if (refusals-- > 0) {
      throw refused(403);
    }
    return 'allowed';
  })).toBe('allowed');
  await expect(some.retry(async () => { throw refused(403); })).rejects.toThrow('no (tried 3 times in 1 s)');
});

test('every error is reported, and each is reported once', async () => {
  await expect(forEach([1, 2, 3, 1], async (n) => { throw new Error(`error ${n}`); })).rejects.toThrow('error 1\nerror 2\nerror 3');
});

test('work that fails at the last moment can be undone before Lambda ends the function', () => {
  const request = 20_000;
  const [minute, lambda] = [60_000, 14];
  expect(LIMITS.work + request).toBeLessThan(LIMITS.all - 3 * minute);
  expect(LIMITS.all + request).toBeLessThan(lambda * minute);
});
