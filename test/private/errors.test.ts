import { inCall, refusal, refusalWithoutValue } from '../../lib/private/errors';

test('an error shows the value that it got, if it can be shown', () => {
  const circular: { itself?: unknown } = {};
  circular.itself = circular;
  expect(refusal('property', { a: 1 }, 'omitted').message).toBe('property is {"a":1}, but must be omitted');
  expect(refusal('property', circular, 'omitted', 'use another').message).toBe('property is set, but must be omitted: use another');
});

test('an error about a value that may be secret does not show the value', () => {
  expect(refusalWithoutValue('property', 'omitted').message).toBe('property must be omitted');
  expect(refusalWithoutValue('property', 'omitted', 'use another').message).toBe('property must be omitted: use another');
});

test('an error of a value object names the call, and its stack trace begins with the line of the app', () => {
  const call = () => inCall('Value.of', () => { throw refusalWithoutValue('name', 'set'); });
  let error: Error | undefined;
  try {
    call();
  } catch (thrown) {
    error = thrown as Error;
  }
  const [message, first] = error!.stack!.split('\n');
  expect([message, first]).toEqual(['Error: Value.of: name must be set', expect.stringMatching(/errors\.test\.ts/)]);
  expect(error!.stack).not.toMatch(/[\\/]lib[\\/]/);
});
