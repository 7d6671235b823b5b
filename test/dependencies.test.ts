import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { preProcessFile } from 'typescript';
import { read, ROOT } from './documents';
import * as manifest from '../package.json';

const { bundledDependencies, dependencies, peerDependencies } = manifest;

/** The packages that a text loads or takes types from: by `import`, by `require`, and by `import()` of a type, too. */
function packagesIn(text: string): string[] {
  const names = preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const packages = names.filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:')); // other words are arguments of methods called require
  return packages.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
}

test('the library uses all packages that it declares, and no others: none of cdk8s', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const packaged = files.filter((file) => !file.startsWith('kubernetes/function/')); // which is bundled, and has rules of its own
  const used = new Set(packaged.flatMap((file) => packagesIn(read(join('lib', file)))));
  expect([...used].sort()).toEqual([...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort());
});

test.each([
  "import { Chart } from 'cdk8s';",
  "import type * as cdk8s from 'cdk8s';",
  "export { Chart } from 'cdk8s';",
  "import cdk8s = require('cdk8s');",
  "function json() { const { ApiObject } = require('cdk8s') as any; }",
  "let chart: import('cdk8s').Chart;",
  "let cdk8s: typeof import('cdk8s/lib/chart');",
  "async () => import('cdk8s');",
])('the package is found in: %s', (text) => {
  expect(packagesIn(text)).toEqual(['cdk8s']);
});

test('an installation beside an app of cdk init, which has the peers, adds one package', () => {
  expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(Object.keys(dependencies)).toEqual(bundledDependencies);
  expect(manifest).not.toHaveProperty('optionalDependencies');
});
