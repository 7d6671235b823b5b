import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '..', '..', '..', 'lib', 'verification', 'private');

/** With these, a value that only the deployment knows is taken for one that differs. `isText` says `unknown`. */
const COMPARISON = /\bliteralOf\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?:\?\.\w+\([^)]*\))* [!=]== '/;

test.each(['model', 'reach', 'rules'])('values are compared with literals by isText in %s, because it tells what is not known', (folder) => {
  const files = readdirSync(join(LIB, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files).not.toEqual([]);
  expect(files.filter((file) => COMPARISON.test(readFileSync(join(LIB, folder, file), 'utf8')))).toEqual([]);
});
