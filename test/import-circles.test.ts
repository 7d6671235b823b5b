import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { preProcessFile } from 'typescript';
import { read, ROOT } from './documents';

const files = new Set(execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.cjs'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n'));

/** The files of this repository that a file imports, also for their types. ESLint finds only the circles of values. */
const importsOf = (file: string): string[] => preProcessFile(read(file), true, true).importedFiles
  .map(({ fileName }) => fileName).filter((name) => name.startsWith('.'))
  .flatMap((name) => ['', '.ts', '/index.ts'].map((ending) => `${join(dirname(file), name)}${ending}`).filter((path) => files.has(path)));

/** What is in a circle, or between two: the rest when files that import nothing, and then those that nothing imports, are left out until no more are. */
function inCircles(imports: Map<string, string[]>): string[] {
  let rest = [...imports.keys()];
  for (let before = -1; before !== rest.length;) {
    before = rest.length;
    const left = new Set(rest);
    const importing = rest.filter((file) => imports.get(file)!.some((other) => left.has(other)));
    const imported = new Set(importing.flatMap((file) => imports.get(file)!));
    rest = importing.filter((file) => imported.has(file));
  }
  return rest;
}

test('no files import each other in a circle, also for types', () => {
  const imports = new Map([...files].map((file) => [file, importsOf(file)]));
  expect([...imports.values()].flat().length).toBeGreaterThan(files.size);
  expect(inCircles(imports)).toEqual([]);
});

test('a circle is found, and not what leads to it or away from it', () => {
  expect(inCircles(new Map([['a', ['b']], ['b', ['c']], ['c', ['b', 'd']], ['d', []]]))).toEqual(['b', 'c']);
});
