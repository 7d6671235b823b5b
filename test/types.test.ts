import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

jest.setTimeout(120_000);

// Jest itself checks no types. As a test, the compiler runs beside the others.
test('the tests, and all that stands around the library, have no type errors', () => {
  const { status, stdout } = spawnSync('npx', ['tsc', '--noEmit', '-p', 'test/tsconfig.json'], { cwd: join(__dirname, '..'), encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
