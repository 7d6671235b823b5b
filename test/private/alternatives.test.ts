import { alternatives } from '../../lib/private/alternatives';

test.each([
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j is written as %s', (names, text) => {
  expect(alternatives(names)).toBe(text);
});
