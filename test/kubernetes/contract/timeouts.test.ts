import { TIMEOUTS } from '../../../lib/kubernetes/contract/timeouts';

test('each limit is longer than the one inside it', () => {
  const { request, arrival, credentials, access, wait, work, all, function: own, framework, service } = TIMEOUTS;
  const chain = [request, arrival, credentials, access, wait, work, all, own, framework, service];
  expect(chain.filter((limit, i) => i > 0 && limit <= chain[i - 1])).toEqual([]);
});

test('an event that waits as long as it can for all there is to wait for has time to apply its set', () => {
  const { access, arrival, credentials, wait, work, look, write, margin } = TIMEOUTS;
  expect(work - (look + write + margin) - access - arrival - credentials - wait).toBeGreaterThanOrEqual(30_000);
});

test('an invocation that takes over a set waits for at most half a minute', () => {
  const { look, write, margin } = TIMEOUTS;
  expect(look + write + margin).toBeLessThanOrEqual(30_000);
});

test('the response to a write that ends at the last moment still arrives', () => {
  expect(TIMEOUTS.write).toBeLessThan(TIMEOUTS.request);
});

test('a request that starts at the last moment ends before the function does', () => {
  expect(TIMEOUTS.all + TIMEOUTS.request).toBeLessThan(TIMEOUTS.function);
});

test('CloudFormation waits long enough for an event that first waits in Lambda\'s queue', () => {
  expect(TIMEOUTS.queue + TIMEOUTS.framework).toBeLessThan(TIMEOUTS.service);
});
