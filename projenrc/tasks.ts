import { awscdk } from 'projen';

/** The tasks of projen, and the commands of npm. */
export function addTasks(project: awscdk.AwsCdkConstructLibrary): void {
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

  project.package.setScript('start', 'node bin/start.mjs');
  project.package.setScript('kubernetes', 'node --import ./bin/tsx.mjs local-aws/build-kubernetes.ts');
  project.package.setScript('other-tools', 'node --import ./bin/tsx.mjs local-aws/build-other-tools.ts');
  project.package.setScript('e2e', 'node --import ./bin/tsx.mjs test/e2e/run.ts');
  project.package.setScript('page', 'node bin/bundle.mjs && jest --config test/page/jest.config.json --ci');
  project.package.setScript('bench', 'node bin/bundle.mjs && projen compile && node --import ./bin/tsx.mjs test/bench/run.ts');
  project.package.setScript('languages', 'node bin/bundle.mjs && projen compile && node --import ./bin/tsx.mjs test/languages/run.ts');
  project.package.setScript('torture', 'node --import ./bin/tsx.mjs test/torture/run.ts');
  project.package.setScript('managed-policies', 'node --import ./bin/tsx.mjs bin/managed-policies.ts');
  project.package.setScript('time-cit', 'node bin/time-cit.mjs');
  project.package.setScript('lint', 'projen eslint');

  // Node.js 20 is past its end of life for jsii, and this library's floor all the same.
  project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

  project.tasks.tryFind('docgen')!.exec('node bin/correct-api.mjs');
  project.compileTask.exec('node bin/lazy-modules.mjs');
  project.compileTask.exec('node bin/joined-modules.mjs');
  // npm makes the command executable where it installs it, jsii in other languages runs it as it is packed.
  project.compileTask.exec('node -e "fs.chmodSync(\'build/cli/main.js\', 0o755)"');
  project.postCompileTask.exec('jsii-rosetta extract --strict .jsii');

  // What `npm cit` runs. The tests pack the compiled library and read its assembly. ESLint has its own command, and CI.
  project.package.setScript('test', 'node bin/bundle.mjs && projen compile && jest --ci');
  project.package.setScript('test:all', 'node bin/bundle.mjs && projen compile && jest --testPathIgnorePatterns /node_modules/ --ci');
}
