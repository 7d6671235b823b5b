import { join } from 'node:path';
import { superlinear } from './growth';
import type * as planted from './planted';

const found = superlinear(join(__dirname, 'planted.ts'), 50);

test.each<[keyof typeof planted]>([['loop'], ['sorting']])('the planted workload %s is not superlinear', (workload) => {
  expect(found[workload]).toEqual([]);
});

test.each<[keyof typeof planted, string]>([
  ['loops', 'test/growth/planted.ts : {sum+=one}'],
  ['callbacks', 'test/growth/planted.ts : other=>other===one'],
  ['includes', 'array.includes: 2500, 10000, 40000 times'],
  ['spread', 'array iterator: '],
  ['sets', 'array iterator: '],
  ['keys', 'Object.keys: 2500, 10000, 40000 times'],
  ['json', 'JSON.stringify: '],
])('the planted workload %s is superlinear', (workload, step) => {
  expect(found[workload]).toEqual([expect.stringContaining(step)]);
});

test('a workload that does not grow with the size is reported, because it proves nothing', () => {
  expect(found.constant).toEqual(['the work does not grow with the size']);
});
