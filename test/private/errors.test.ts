import { refusal, refusalWithoutValue } from '../../lib/private/errors';

test('an error shows the value that it got, if it can be shown', () => {
  const circular: { itself?: unknown } = {};
  circular.itself = circular;
  expect(refusal('property', { a: 1 }, 'left out').message).toBe('property is {"a":1}, but must be left out');
  expect(refusal('property', circular, 'left out', 'use another').message).toBe('property is set, but must be left out: use another');
});

test('an error about a value that may be secret does not show the value', () => {
  expect(refusalWithoutValue('property', 'left out').message).toBe('property must be left out');
  expect(refusalWithoutValue('property', 'left out', 'use another').message).toBe('property must be left out: use another');
});
