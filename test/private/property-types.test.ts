import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

test('the table of property types is current', () => {
  const current = execFileSync(process.execPath, [join(root, 'bin', 'property-types.mjs'), '--print'], { encoding: 'utf8' });
  expect(readFileSync(join(root, 'lib', 'private', 'props', 'property-types.ts'), 'utf8')).toBe(current);
});
