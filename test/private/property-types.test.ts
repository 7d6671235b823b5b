import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

test('the tables of property types are current', () => {
  const current = JSON.parse(execFileSync(process.execPath, [join(root, 'bin', 'property-types.mjs'), '--print'], { encoding: 'utf8' }));
  for (const [file, text] of Object.entries(current)) {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  }
  expect(Object.keys(current)).toHaveLength(2);
});
