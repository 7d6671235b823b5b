import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { read } from './documents';
import { config, linter, messages } from './linter';

const ROOT = join(__dirname, '..');
const { 'import/no-restricted-paths': paths, 'import/no-cycle': [severity, options] } = config.rules;
const anywhere = linter({ 'import/no-restricted-paths': paths }, { [join(__dirname, 'import-rules', 'resolve-all.cjs')]: {} });
// disableScc, because that shortcut reads the importing file from disk
const amongFiles = linter({ 'import/no-cycle': [severity, { ...options, disableScc: true }] });

/** The messages of ESLint for a file that imports another. */
const importing = (from: string, to: string) => {
  const path = relative(dirname(from), to);
  return messages(anywhere, `${from}.ts`, `import { x } from '${path.startsWith('.') ? path : `./${path}`}';\n`);
};

const HOUSE = ['private', 'kubernetes', 'policies', 'identity', 'nodes', 'cluster', 'cli'];
const TOPICS = [...HOUSE.slice(1), 'verification'];
const AROUND = ['local-aws', 'replay', 'bin', 'test'];
const pairs = (folders: string[]) => folders.flatMap((first, i) => folders.slice(i + 1).map((second) => [first, second]));
const others = (folder: string) => [...HOUSE, 'verification'].filter((other) => other !== folder);

describe.each([
  ['lib/verification/private', [
    'values', 'findings', 'assembly', 'resource-types', 'resolution', 'policies', 'aws-data', 'model', 'scan', 'evaluation', 'deployment',
    'questions', 'assignments', 'reach', 'decisions', 'answers', 'diff', 'baseline', 'rules', 'graph',
  ]],
  ['lib/verification/private/model', ['code', 'roles', 'resources', 'objects', 'rbac', 'nodes', 'clusters', 'pods', 'deliveries', 'deployment', 'credentials', 'programs']],
  ['lib/verification/private/decisions', ['principals', 'trust']],
])('each folder of %s imports only the folders above it', (parent, folders) => {
  test('that exist', () => {
    const found = readdirSync(join(ROOT, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(found.sort()).toEqual([...folders].sort());
  });

  test.each(pairs(folders))('%s does not import %s', async (above, below) => {
    expect(await importing(`${parent}/${above}/x`, `${parent}/${below}/y`)).toContainEqual(expect.stringContaining(`${above} may not import from `));
    expect(await importing(`${parent}/${below}/x`, `${parent}/${above}/y`)).toEqual([]);
  });
});

describe('each folder imports only the folders above it', () => {
  test.each(pairs(HOUSE))('lib/%s does not import lib/%s', async (above, below) => {
    expect(await importing(`lib/${above}/x`, `lib/${below}/y`)).toContainEqual(expect.stringContaining(`lib/${above} may not import from a later folder of the house`));
    expect(await importing(`lib/${above}/private/x`, `lib/${below}/y`)).toHaveLength(1);
  });

  test.each(pairs(HOUSE))('lib/%s can be imported by lib/%s', async (above, below) => {
    expect(await importing(`lib/${below}/x`, `lib/${above}/y`)).toEqual([]);
    expect(await importing(`lib/${below}/private/x`, `lib/${above}/y`)).toEqual([]);
  });

  test.each(HOUSE.slice(0, -1))('lib/%s does not import lib/verification', async (folder) => {
    expect(await importing(`lib/${folder}/x`, 'lib/verification/y')).toContainEqual(expect.stringContaining(`lib/${folder} may not import from a later folder of the house`));
  });

  test('lib/cli can import lib/verification', async () => {
    expect(await importing('lib/cli/x', 'lib/verification/y')).toEqual([]);
  });
});

test.each([...HOUSE, 'index'])('lib/verification does not import lib/%s', async (other) => {
  const file = other === 'index' ? 'lib/index' : `lib/${other}/y`;
  expect(await importing('lib/verification/x', file)).toContainEqual(expect.stringContaining('verification imports nothing else of lib/'));
});

describe('lib/page', () => {
  test.each(['verification', 'cli'])('can be imported by lib/%s, and does not import it', async (folder) => {
    expect(await importing(`lib/${folder}/x`, 'lib/page/y')).toEqual([]);
    expect(await importing('lib/page/y', `lib/${folder}/x`)).toContainEqual(expect.stringContaining('page imports nothing else of lib/'));
  });

  test.each(HOUSE.slice(0, -1))('is not imported by lib/%s, and does not import it', async (folder) => {
    expect(await importing(`lib/${folder}/x`, 'lib/page/y')).toContainEqual(expect.stringContaining('may not import from a later folder of the house'));
    expect(await importing('lib/page/y', `lib/${folder}/x`)).toContainEqual(expect.stringContaining('page imports nothing else of lib/'));
  });

  test('has code for browsers, which only its bundle contains, and which imports nothing for Node.js', async () => {
    for (const file of ['lib/page/x', 'lib/cli/x', 'lib/verification/x', 'lib/index']) {
      expect(await importing(file, 'lib/page/browser/y')).toContainEqual(expect.stringContaining('what runs in browsers is not in the package'));
    }
    expect(await importing('lib/page/browser/x', 'lib/page/packed-graph')).toEqual([]);
    expect(await importing('lib/page/browser/x', 'lib/page/page-html')).toEqual([expect.stringContaining('it needs Node.js')]);
  });
});

describe('lib/aws-data', () => {
  test.each([...HOUSE, 'verification'])('can be imported by lib/%s, and does not import it', async (folder) => {
    expect(await importing(`lib/${folder}/x`, 'lib/aws-data/y')).toEqual([]);
    expect(await importing('lib/aws-data/y', `lib/${folder}/x`)).toContainEqual(expect.stringContaining('aws-data imports nothing of lib/'));
  });
});

describe('private/ stays in its folder', () => {
  test.each(TOPICS)('lib/%s/private', async (folder) => {
    const said = expect.stringContaining(`lib/${folder}/private is not for other folders`);
    for (const other of others(folder)) {
      expect(await importing(`lib/${other}/x`, `lib/${folder}/private/y`)).toContainEqual(said);
      expect(await importing(`lib/${other}/private/deep/x`, `lib/${folder}/private/deep/y`)).toContainEqual(said);
    }
    expect(await importing(`lib/${folder}/x`, `lib/${folder}/private/y`)).toEqual([]);
  });

});

describe('internal/ is for all folders of the library', () => {
  test.each(pairs(TOPICS.slice(0, -1)))('lib/%s/internal can be imported by lib/%s', async (above, below) => {
    expect(await importing(`lib/${below}/x`, `lib/${above}/internal/y`)).toEqual([]);
    expect(await importing(`lib/${above}/x`, `lib/${below}/internal/y`)).toHaveLength(1);
  });

  test.each(TOPICS.filter((topic) => topic !== 'cli'))('so that every other file in lib/%s is public', (topic) => {
    const files = readdirSync(join(ROOT, 'lib', topic)).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
    const index = read(`lib/${topic}/index.ts`);
    expect(files.filter((file) => !index.includes(`export * from './${file.slice(0, -3)}';`))).toEqual([]);
  });
});

describe('what is private or internal', () => {
  test.each([...TOPICS.flatMap((topic) => [`lib/${topic}/private/y`, `lib/${topic}/internal/y`]), 'lib/private/y'])('is not exported from %s', async (file) => {
    for (const index of ['lib/index', `${dirname(dirname(file))}/index`]) {
      expect(await importing(index, file)).toEqual([expect.stringContaining('what is private or internal is not exported')]);
    }
  });

  test.each(['lib/private/y', 'lib/identity/private/y', 'lib/identity/internal/y'])('is not imported by bin/ or replay/ from %s', async (file) => {
    for (const folder of ['bin', 'replay']) {
      expect(await importing(`${folder}/x`, file)).toEqual([expect.stringContaining('what is private or internal is for the library and its tests')]);
    }
    expect(await importing('test/identity/x', file)).toEqual([]);
  });
});

describe('the function', () => {
  const FUNCTION = 'lib/kubernetes/function';
  test.each(['lib/private/y', 'lib/kubernetes/y', 'lib/kubernetes/private/y', 'lib/identity/y', 'lib/index'])('does not import %s', async (file) => {
    expect(await importing(`${FUNCTION}/x`, file)).toContainEqual(expect.stringContaining('the function imports the contract, and nothing else of the library'));
  });

  test.each(['lib/index', 'lib/kubernetes/x', 'lib/kubernetes/private/x', 'lib/identity/x', 'lib/private/x', 'lib/cli/private/x'])('is not imported by %s', async (file) => {
    expect(await importing(file, `${FUNCTION}/y`)).toContainEqual(expect.stringContaining('the function is not in the package'));
  });

  test('imports the contract', async () => {
    expect(await importing(`${FUNCTION}/x`, 'lib/kubernetes/contract/y')).toEqual([]);
  });
});

describe('the contract', () => {
  const CONTRACT = 'lib/kubernetes/contract';
  test('imports itself', async () => {
    expect(await importing(`${CONTRACT}/x`, `${CONTRACT}/y`)).toEqual([]);
  });

  test.each(['lib/private/y', 'lib/kubernetes/y', 'lib/kubernetes/private/y', 'lib/kubernetes/function/y', 'lib/identity/y', 'lib/index'])('does not import %s', async (file) => {
    expect(await importing(`${CONTRACT}/x`, file)).toContainEqual(expect.stringContaining('the contract imports nothing of the library'));
  });

  test.each(['lib/kubernetes/x', 'lib/kubernetes/private/x', 'lib/identity/x'])('can be imported by %s', async (file) => {
    expect(await importing(file, `${CONTRACT}/y`)).toEqual([]);
  });
});

test.each(['aws-cdk-lib', 'aws-cdk-lib/aws-iam', 'constructs', 'cdk8s', 'cdk8s-plus-27', '@aws-sdk/client-eks'])('neither function nor contract imports %s', async (name) => {
  const text = `import { x } from '${name}';\n`;
  expect(await messages(anywhere, 'lib/kubernetes/function/x.ts', text)).toEqual([expect.stringContaining(`'${name}' import is restricted from being used`)]);
  expect(await messages(anywhere, 'lib/kubernetes/contract/x.ts', text)).toEqual([expect.stringContaining('the contract imports no package')]);
});

describe('the code around the library', () => {
  test.each(AROUND.flatMap((folder) => ['lib/x', 'lib/identity/x', 'lib/private/x', 'lib/kubernetes/function/x', 'lib/verification/x'].map((file) => [folder, file])))(
    '%s is not imported by %s', async (folder, file) => {
      expect(await importing(file, `${folder}/y`)).toContainEqual(expect.stringContaining('the library imports nothing of what stands around it'));
    });

  test.each(pairs(AROUND))('%s does not import %s', async (above, below) => {
    expect(await importing(`${above}/x`, `${below}/y`)).toEqual([expect.stringContaining(`${above} imports nothing of ${AROUND.slice(AROUND.indexOf(above) + 1).join(' or ')}`)]);
    expect(await importing(`${below}/x`, `${above}/y`)).toEqual([]);
  });

  test('local-aws does not import the library', async () => {
    expect(await importing('local-aws/x', 'lib/index')).toEqual([expect.stringContaining('the local AWS knows nothing of the library')]);
  });

  test.each(['replay', 'bin', 'test'])('%s can import the library', async (folder) => {
    expect(await importing(`${folder}/x`, 'lib/index')).toEqual([]);
  });
});

test.each(['lib/identity/x', 'lib/cluster/private/x', 'lib/private/x', 'lib/cli/x'])('%s does not import the barrel', async (file) => {
  expect(await importing(file, 'lib/index')).toEqual([expect.stringContaining('import the file, not the barrel')]);
});

test.each(['import type { x } from PATH', 'export * from PATH', 'export { x } from PATH', 'import PATH', 'const x = import(PATH)', 'const x = require(PATH)'])(
  'the rules apply to %s', async (statement) => {
    expect(await messages(anywhere, 'lib/identity/x.ts', `${statement.replace('PATH', "'../cluster/y'")};\n`)).toHaveLength(1);
  });

test('there are no cycles', async () => {
  expect(await messages(amongFiles, 'lib/private/errors.ts', "import { KubernetesObjects } from '../kubernetes/kubernetes-objects';\n"))
    .toEqual([expect.stringContaining('Dependency cycle detected')]);
});

describe('the public API', () => {
  test.each(['export function x() {}', 'export const x = 1', 'export default function x() {}', 'export async function x() {}'])('has no %s', async (statement) => {
    for (const file of ['lib/x.ts', 'lib/identity/x.ts']) {
      expect(await messages(anywhere, file, `${statement};\n`)).toEqual(['export classes and interfaces only']);
    }
    for (const file of ['lib/identity/private/x.ts', 'lib/cli/x.ts']) {
      expect(await messages(anywhere, file, `${statement};\n`)).toEqual([]);
    }
  });

  test('has no null', async () => {
    expect(await messages(anywhere, 'lib/identity/x.ts', 'export interface X { readonly y: string | null }\n')).toEqual(['null is not for the public API']);
  });
});

test.each([
  ["Fn.sub('x')", 'write texts with tokens with CompletedText'], ["Fn.join('x', [])", 'write texts with tokens with CompletedText'],
  ["cdk.Fn.sub('x')", 'write texts with tokens with CompletedText'], ['stack.toJsonString({})', 'it escapes only a part of what a token may be: use CompletedText'],
  ...['addRoleMapping', 'addMastersRole', 'addUserMapping'].map((method) => [`cluster.awsAuth.${method}()`, 'aws-cdk escapes nothing in aws-auth: use mapRole of aws-auth-access.ts']),
])('lib/ does not write %s', async (text, message) => {
  for (const file of ['lib/x.ts', 'lib/private/x.ts', 'lib/identity/x.ts', 'lib/identity/private/x.ts']) {
    expect(await messages(anywhere, file, `${text};\n`)).toEqual([expect.stringContaining(message)]);
  }
});

test('one module of lib/ maps roles in aws-auth', async () => {
  const file = 'lib/cluster/private/aws-auth-access.ts';
  expect(await messages(anywhere, file, 'cluster.awsAuth.addRoleMapping();\n')).toEqual([]);
  expect(await messages(anywhere, file, 'stack.toJsonString({});\n')).toHaveLength(1);
});
