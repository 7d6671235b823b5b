import { refusal, refusalWithoutValue } from '../../lib/private/errors';

test('an error says what came, where that can be shown', () => {
  const circular: { itself?: unknown } = {};
  circular.itself = circular;
  expect(refusal('property', { a: 1 }, 'left out').message).toBe('property is {"a":1}, but must be left out');
  expect(refusal('property', circular, 'left out', 'use another').message).toBe('property is set, but must be left out: use another');
});

test('an error about what may hold a secret does not say what came', () => {
  expect(refusalWithoutValue('property', 'left out').message).toBe('property must be left out');
  expect(refusalWithoutValue('property', 'left out', 'use another').message).toBe('property must be left out: use another');
});
