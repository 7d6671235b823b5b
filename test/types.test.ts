import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Jest itself checks no types. As a test, the compiler runs in parallel with the other tests.
test('the tests and the code around the library have no type errors', () => {
  const { status, stdout } = spawnSync('npx', ['tsc', '--noEmit', '-p', 'test/tsconfig.json'], { cwd: join(__dirname, '..'), encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
