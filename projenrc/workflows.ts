import { awscdk, github } from 'projen';
import { BUNDLED } from './bundle';

// A tag can be moved to other code, a commit cannot.
const ACTIONS = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  'actions/upload-artifact': 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', // v7.0.0
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', // v8.0.1
};

/** What a comparison reads of a cloud assembly. Assets can have secrets; those that are JSON files can be templates of nested stacks. */
const templatesIn = (assembly: string): string => `${assembly}/**/*.json\n!${assembly}/**/asset.*/**/*`;

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
      `npm install --package-lock-only --ignore-scripts --no-audit ${BUNDLED.join(' ')}`,
      'npm audit',
    ].join('\n'),
  },
];

/**
 * The workflows of GitHub.
 *
 * @param slow matches the paths of tests that take minutes.
 */
export function addWorkflows(project: awscdk.AwsCdkConstructLibrary, slow: string): void {
  for (const [action, commit] of Object.entries(ACTIONS)) {
    project.github!.actions.set(action, `${action}@${commit}`);
  }
  completeBuild(project, slow);
  addAccess(project);
  addCheckAccess(project);
  addAudit(project);
  addTitleCheck(project);
}

/** What the build does after the tests of npm cit. */
function completeBuild(project: awscdk.AwsCdkConstructLibrary, slow: string): void {
  project.buildWorkflow!.addPostBuildSteps(
    { name: 'Run the tests that take minutes', run: `npm run test:all -- --testPathPatterns '${slow}'` },
    { name: 'Compare with the snapshot of the integration test', run: 'npx projen integ' },
    { name: 'Compare the API with the released one', run: 'npx projen compat' }, // passes while nothing is released
    { name: 'Validate what is written as SARIF', run: 'bash .ci/sarif' },
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
}

/** What a pull request changes about who can do what. The code of the pull request only synthesizes its templates, or it could forge the comparison. */
function addAccess(project: awscdk.AwsCdkConstructLibrary): void {
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
      { name: 'Upload the templates', uses: 'actions/upload-artifact', with: { 'name': 'cdk.out', 'path': templatesIn('cdk.out'), 'if-no-files-found': 'error' } },
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
        shell: 'bash', // with pipefail, so that tee does not hide a failure
        run: [
          'echo "This comparison is by the code of the target branch. The code of the pull request only wrote its templates." >> "$GITHUB_STEP_SUMMARY"',
          'node --import ./bin/tsx.mjs lib/cli/main.ts access --diff cdk.out "$RUNNER_TEMP/cdk.out" --format markdown --fail-on-broadening | tee -a "$GITHUB_STEP_SUMMARY"',
        ].join('\n'),
      },
    ],
  });
  access.file!.addOverride('permissions', READ_ONLY);
}

/**
 * The same for other repositories, with their file of approved access. Of the pull request, the code only synthesizes, and the file is only read. Code scanning is
 * a job of the caller: GitHub refuses a workflow in which any job has a permission that its caller does not give, even if that job is skipped.
 */
function addCheckAccess(project: awscdk.AwsCdkConstructLibrary): void {
  const check = project.github!.addWorkflow('check-access');
  const text = (description: string, value: string) => ({ description, type: 'string' as const, default: value });
  check.on({
    workflowCall: {
      inputs: {
        name: text('A name for the artifacts, if a workflow checks several apps', 'app'),
        directory: text('The folder of the CDK app', './'),
        baseline: text('The file of approved access, in that folder', 'access.txt'),
        options: text('Other options of cdk-irsa access, separated by spaces, such as --assume-no-other-nodes', ''),
        node: text('The version of Node.js', '24'),
      },
    },
  });
  const checkout = (more: object) => ({ uses: 'actions/checkout', with: { 'persist-credentials': false, ...more } });
  const setupNode = { uses: 'actions/setup-node', with: { 'node-version': '${{ inputs.node }}', 'package-manager-cache': false } };
  const job = { runsOn: ['ubuntu-latest'], permissions: READ_ONLY, defaults: { run: { workingDirectory: '${{ inputs.directory }}' } } };
  check.addJob('synth', {
    ...job,
    steps: [
      checkout({}),
      setupNode,
      { name: 'Synthesize', env: { CDK_DEBUG: 'true' }, run: 'npm ci && npx --no cdk synth --quiet' }, // for the lines of code that alerts are about
      {
        name: 'Upload the templates',
        uses: 'actions/upload-artifact',
        with: { 'name': 'cdk.out-${{ inputs.name }}', 'path': templatesIn('${{ inputs.directory }}/cdk.out'), 'if-no-files-found': 'error' },
      },
    ],
  });
  check.addJob('access', {
    ...job,
    needs: ['synth'],
    steps: [
      checkout({ 'fetch-depth': "${{ github.event_name == 'merge_group' && '0' || '2' }}" }), // the merge commit of the pull request, and its parents
      { // a merge queue can rebase several commits
        name: 'Check out what it is merged into',
        env: { BASE: '${{ github.event.merge_group.base_sha }}' },
        run: 'git checkout --detach "${BASE:-HEAD^1}"',
      },
      setupNode,
      { name: 'Install', run: 'npm ci' },
      { name: 'Download the templates of the pull request', uses: 'actions/download-artifact', with: { name: 'cdk.out-${{ inputs.name }}', path: '${{ runner.temp }}/cdk.out' } },
      {
        name: 'Compare access with what is approved',
        shell: 'bash', // with pipefail, so that tee does not hide a failure
        env: { BASELINE: '${{ inputs.baseline }}', OPTIONS: '${{ inputs.options }}' },
        run: [
          'git show "$GITHUB_SHA:./$BASELINE" > "$RUNNER_TEMP/access.txt"',
          'read -r -d "" -a options <<< "$OPTIONS" || true', // also of several lines
          'check() {',
          '  npx --no cdk-irsa access "$RUNNER_TEMP/cdk.out" --baseline "$RUNNER_TEMP/access.txt" --approved "$BASELINE" "${options[@]}" --format "$1"',
          '}',
          'check sarif > "$RUNNER_TEMP/sarif" || [ $? -eq 1 ]',
          '[ -s "$RUNNER_TEMP/sarif" ] && mv "$RUNNER_TEMP/sarif" "$RUNNER_TEMP/access.sarif"', // not after an error of npm
          'check markdown | tee -a "$GITHUB_STEP_SUMMARY"',
        ].join('\n'),
      },
      {
        name: 'Upload what code scanning reads',
        if: '${{ !cancelled() }}', // also if access is not what the file says
        uses: 'actions/upload-artifact',
        with: { 'name': 'access.sarif-${{ inputs.name }}', 'path': '${{ runner.temp }}/access.sarif', 'if-no-files-found': 'ignore' },
      },
    ],
  });
  check.file!.addOverride('permissions', READ_ONLY);
}

/** Advisories appear while nothing changes here. */
function addAudit(project: awscdk.AwsCdkConstructLibrary): void {
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
}

/** On pull_request: pull_request_target would give the job the secrets of this repository, and a token that can write. */
function addTitleCheck(project: awscdk.AwsCdkConstructLibrary): void {
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
}
