import { execFileSync } from 'node:child_process';
import { read } from './documents';
import { write } from './files';

/** The files that npm packs in a folder with these files and the package.json of this project. */
function packed(files: string[]): string[] {
  const { bundledDependencies, dependencies, ...manifest } = JSON.parse(read('package.json'));
  const folder = write({ 'package.json': manifest, ...Object.fromEntries(files.map((file) => [file, ''])) });
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(output)[0].files.map(({ path }: { path: string }) => path).sort();
}

test('the package contains what users need, and nothing that happens to be in the folder', () => {
  const needed = [
    '.jsii', 'API.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'assets/lib/kubernetes/function/apply-objects/index.js', 'assets/lib/page/browser/main/index.css', 'assets/lib/page/browser/main/index.js', 'build/cli/main.js', 'build/identity/private/x.d.ts', 'build/index.d.ts', 'build/index.js',
    'schemas/access-1.json',
  ];
  const stray = [
    '.env', '.env.local', 'set-up.pid.lock', 'x/a.js', 'a.js', 'build/.env', 'build/tsconfig.tsbuildinfo', 'build/a.js.map', 'build/kubernetes/function/event-handler.js', 'assets/other/a.js',
    'lib/index.ts', 'test/a.test.ts', 'bin/start.mjs', 'cdk.out/manifest.json', 'SECURITY.md', '.projenrc.ts', 'docs/a.md', '.jsii.tabl.json', '.venv/bin/python',
  ];
  expect(packed([...needed, ...stray])).toEqual([...needed, 'package.json'].sort());
});
