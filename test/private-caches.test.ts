import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');

// A folder in /tmp with a predictable name could have been created by another user, and contain their code.

test('no command runs TypeScript with the cache of tsx in /tmp', () => {
  for (const file of ['package.json', 'cdk.json', '.ci/newest']) {
    expect(read(file)).not.toMatch(/--import tsx/);
    expect(read(file)).toMatch(/bin\/tsx\.mjs/);
  }
  expect(read('bin/tsx.mjs')).toMatch(/TSX_DISABLE_CACHE = '1';\nawait import\('tsx'\)/);
  expect(JSON.parse(read('.projen/tasks.json')).tasks.integ.env).toMatchObject({ TSX_DISABLE_CACHE: '1' });
});

test('jest caches compiled code in the folder of this project', () => {
  for (const configuration of [JSON.parse(read('package.json')).jest, JSON.parse(read('test/e2e/jest.config.json'))]) {
    expect(configuration.cacheDirectory).toBe('<rootDir>/node_modules/.cache/jest');
  }
});
