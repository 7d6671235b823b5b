import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './documents';

const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

/** The modules of the compiled package that Node.js has loaded after an expression. */
function loadedBy(expression: string): string[] {
  const files: string[] = JSON.parse(run('--eval', `const lib = require('./build'); ${expression}; console.log(JSON.stringify(Object.keys(require.cache)))`));
  return files.map((file) => relative(ROOT, file)).filter((file) => file.startsWith('build')).sort();
}

test('the import of the package loads none of its modules', () => {
  expect(loadedBy('')).toEqual(['build/index.js']);
});

const APP = `
  const { App, Stack } = require('aws-cdk-lib');
  const version = require('aws-cdk-lib/aws-eks-v2').KubernetesVersion.of('1.36');
  new lib.IrsaCluster(new Stack(new App(), 'Stack'), 'Cluster', { version }).addServiceAccountWithRole('App', { serviceAccountName: 'app' });`;

test('the modules that an app with a cluster and a service account loads are in one file', () => {
  const isOnlyReference = (file: string) => /^module\.exports = require\("[./]+joined\.js"\)/m.test(readFileSync(join(ROOT, file), 'utf8'));
  const files = loadedBy(APP).filter((file) => !file.endsWith('/index.js') && !isOnlyReference(file));
  expect(files).toEqual(['build/joined.js']);
});

test('these modules contain neither the proof, nor what such an app does not call', () => {
  const text = readFileSync(join(ROOT, 'build', 'joined.js'), 'utf8');
  const joined = [...text.matchAll(/^"(.+\.js)": \(function/gm)].map(([, name]) => name);
  expect(joined).toEqual(expect.arrayContaining(['cluster/irsa-cluster.js', 'identity/service-account-with-role.js', 'private/errors.js']));
  expect(joined.filter((name) => /^(verification|(policies|nodes)\/(?!internal))|existing-(role|cluster)|nearest-name|misspelled|aws-data/.test(name))).toEqual([]);
});

test('a module is the same by its own file', () => {
  expect(run('--eval', "console.log(require('./build').IrsaCluster === require('./build/cluster/irsa-cluster.js').IrsaCluster)")).toBe('true\n');
});

test('V8 stores the file with one byte for each character', () => {
  expect(readFileSync(join(ROOT, 'build', 'joined.js'), 'utf8')).not.toMatch(/[^\0-\x7f]/);
});

test('a policy of a controller loads no other one', () => {
  expect(loadedBy('lib.policies.VeleroPolicy').filter((file) => /-policy\.js$/.test(file))).toEqual(['build/policies/velero-policy.js']);
});

test('all exports can be imported from ES modules', () => {
  const names: string[] = JSON.parse(run('--eval', "console.log(JSON.stringify(Object.keys(require('./build'))))"));
  expect(names).toContain('IrsaCluster');
  const module = `import { ${names.join(', ')} } from './build/index.js'; console.log([${names.join(', ')}].every(Boolean), typeof policies.VeleroPolicy, typeof verification.PodAccess)`;
  expect(run('--input-type=module', '--eval', module)).toBe('true function function\n');
});

/** What the text of a module loads besides packages. */
const requiredIn = (text: string) => [...text.matchAll(/\brequire\(["'](\.[^"']*)["']\)/g)].map(([, path]) => path);

test('the modules name the files that they load, so that Node.js does not search for them', () => {
  const texts = readdirSync(join(ROOT, 'build'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(ROOT, 'build', name), 'utf8'));
  const paths = texts.flatMap(requiredIn);
  expect(paths.length).toBeGreaterThan(1_000);
  expect(paths.filter((path) => !path.endsWith('.js'))).toEqual([]);
});

test('the files that the modules in one file load exist', () => {
  const paths = requiredIn(readFileSync(join(ROOT, 'build', 'joined.js'), 'utf8'));
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => !existsSync(join(ROOT, 'build', path)))).toEqual([]);
});
