import * as fs from 'node:fs';

test('a suite cannot spy on a module of Node.js, because packages could keep the spy', () => {
  expect(() => jest.spyOn(jest.requireActual<typeof fs>('node:fs'), 'readFileSync')).toThrow('packages that are loaded meanwhile could keep a spy');
});
