import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

test('an app with a cluster and a service account loads neither the proof, nor what it does not call', () => {
  const loaded = loadedBy(`
    const { App, Stack } = require('aws-cdk-lib');
    const version = require('aws-cdk-lib/aws-eks-v2').KubernetesVersion.of('1.36');
    new lib.IrsaCluster(new Stack(new App(), 'Stack'), 'Cluster', { version }).addServiceAccountWithRole('App', { serviceAccountName: 'app' })`);
  expect(loaded).toEqual(expect.arrayContaining(['build/cluster/irsa-cluster.js', 'build/identity/service-account-with-role.js', 'build/private/errors.js']));
  expect(loaded.filter((file) => /^build\/(verification|(policies|nodes)\/(?!internal))|existing-(role|cluster)|nearest-name|misspelled|aws-data/.test(file))).toEqual([]);
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

test('the modules name the files that they load, so that Node.js does not search for them', () => {
  const texts = readdirSync(join(ROOT, 'build'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(ROOT, 'build', name), 'utf8'));
  const paths = texts.flatMap((text) => [...text.matchAll(/\brequire\("(\.[^"]*)"\)/g)].map(([, path]) => path));
  expect(paths.length).toBeGreaterThan(1_000);
  expect(paths.filter((path) => !path.endsWith('.js'))).toEqual([]);
});
