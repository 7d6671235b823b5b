import { javascript } from 'projen';

// The order of the folders: each may import the folders to its left only.
const order = ['private', 'kubernetes', 'policies', 'identity', 'nodes', 'cluster', 'cli'];
// What the order does not have: only the command imports it, besides the proof.
const apart = ['verification', 'page'];
// The same within the proof, and within its model and its decisions.
const proof = [
  'values', 'findings', 'assembly', 'resource-types', 'resolution', 'policies', 'aws-data', 'model', 'scan', 'evaluation',
  'deployment', 'questions', 'assignments', 'reach', 'decisions', 'answers', 'diff', 'baseline', 'rules', 'graph',
];
const model = ['code', 'roles', 'resources', 'objects', 'rbac', 'nodes', 'clusters', 'pods', 'deliveries', 'deployment', 'credentials', 'programs'];
const decisions = ['principals', 'trust'];
// What stands around the library: each may import the library, and the folders to its left.
const around = ['local-aws', 'replay', 'bin', 'test'];

const FUNCTION = './lib/kubernetes/function';
const CONTRACT = './lib/kubernetes/contract';
// What users cannot import: private/ is for one folder, internal/ for all folders of the library.
const HIDDEN = ['private', 'internal'].map((folder) => `./lib/**/${folder}/**/*`);

const inOrder = (parent: string, folders: string[]) => folders.slice(0, -1).map((folder, i) => ({
  target: `${parent}/${folder}`,
  from: folders.slice(i + 1).map((later) => `${parent}/${later}`),
  message: `${folder} may not import from ${folders.slice(i + 1).join(', ')}`,
}));

const zones = [
  ...order.slice(0, -1).map((folder, i) => ({
    target: `./lib/${folder}`,
    from: [...order.slice(i + 1), ...apart].map((later) => `./lib/${later}`),
    message: `lib/${folder} may not import from a later folder of the house`,
  })),
  { target: './lib/verification', from: './lib', except: ['./verification', './aws-data', './page'], message: 'verification imports nothing else of lib/' },
  { target: './lib/page', from: './lib', except: ['./page'], message: 'page imports nothing else of lib/' },
  { target: './lib/aws-data', from: './lib', except: ['./aws-data'], message: 'aws-data imports nothing of lib/' },
  ...inOrder('./lib/verification/private', proof),
  ...inOrder('./lib/verification/private/model', model),
  ...inOrder('./lib/verification/private/decisions', decisions),
  { target: ['./lib/index.ts', './lib/*/index.ts'], from: HIDDEN, message: 'what is private or internal is not exported' },
  { target: './lib/*/**/*', from: './lib/index.ts', message: 'import the file, not the barrel' },
  { target: './lib', from: around.map((folder) => `./${folder}`), message: 'the library imports nothing of what stands around it' },
  ...around.slice(0, -1).map((folder, i) => ({
    target: `./${folder}`,
    from: around.slice(i + 1).map((later) => `./${later}`),
    message: `${folder} imports nothing of ${around.slice(i + 1).join(' or ')}`,
  })),
  { target: './local-aws', from: './lib', message: 'the local AWS knows nothing of the library' },
  { target: ['./replay', './bin'], from: HIDDEN, message: 'what is private or internal is for the library and its tests' },
  // the function is bundled and not in the package
  { target: FUNCTION, from: './lib', except: ['./kubernetes/function', './kubernetes/contract'], message: 'the function imports the contract, and nothing else of the library' },
  { target: CONTRACT, from: './lib', except: ['./kubernetes/contract'], message: 'the contract imports nothing of the library' },
  {
    target: ['./lib/*.ts', './lib/!(kubernetes)/**/*', './lib/kubernetes/*.ts', './lib/kubernetes/!(function)/**/*'],
    from: FUNCTION,
    message: 'the function is not in the package',
  },
  { target: ['./lib/*.ts', './lib/!(page)/**/*', './lib/page/*.ts'], from: './lib/page/browser', message: 'what runs in browsers is not in the package' },
  { target: './lib/page/browser', from: ['./lib/page/page-html.ts'], message: 'it needs Node.js' },
  // what is private to a topic stays there
  ...[...order.slice(1), 'verification'].map((folder) => ({
    target: `./lib/!(${folder})/**/*`,
    from: `./lib/${folder}/private/**/*`,
    message: `lib/${folder}/private is not for other folders`,
  })),
];

/** Which folder may import which, in the order of the map in CONTRIBUTING.md. */
export function addImportRules(eslint: javascript.Eslint): void {
  eslint.addRules({
    'import/no-cycle': ['error', { ignoreExternal: true }],
    'import/no-restricted-paths': ['error', { zones }],
  });

  // Lambda has no such packages, and the bundle would contain them.
  eslint.addOverride({
    files: ['lib/kubernetes/function/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk8s', 'cdk8s-plus-*', '@aws-sdk/*'] }] },
  });
  // In the package and in the bundle, so that it needs neither's packages.
  eslint.addOverride({
    files: ['lib/kubernetes/contract/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'the contract imports no package' }] }] },
  });
}
