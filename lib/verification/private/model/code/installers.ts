/** Programs of which each command that names a host installs, builds or applies what is there, or says that later ones do. */
const INSTALLERS = new RegExp(`(?<![\\w.-])(${[
  'ansible(-\\w+)?|chef-client|salt-call|helmfile|terraform|terragrunt|tofu|pulumi',
  'apk|apt(-\\w+)?|add-apt-repository|brew|dnf|yum(-\\w+)?|zypper|nix(-\\w+)?',
  'bun|bundler?|cargo|composer|conda|corepack|cpanm|dotnet|gem|go|mamba|npm|npx|nuget|pdm|pip[x\\d]?|pipenv|pnpm|poetry|Rscript|uvx?|yarn',
  'bazel|buildah|buildctl|(docker|podman)( buildx)? build|crane|gradlew?|kaniko/executor|mvnw?|oras|sbt|skopeo',
  'hg|lftp|rsync|svn',
  'mlflow|torchserve|tritonserver|consul-template|vault agent',
].join('|')})(?![\\w.-])`);

/** What they do with what is there already. A host is data of it. */
const RUNS_INSTALLED = / (exec|run|serve|start|test)\b/;

/** Files with from where programs install what they run. */
const FILES = new RegExp([
  'npmrc|yarnrc|pip\\.conf|condarc|gemrc|gitconfig|bazelrc|nuget\\.config|sources\\.list|yum\\.repos\\.d|\\.repo\\b', '\\.cargo/config|registries\\.conf|daemon\\.json',
].join('|'), 'i');

const WRITES_FILE = />|\btee\b|\bsed +-\w*i/;

/** Whether what a command names decides what it, or a later command, installs. */
export const setsSources = (command: string): boolean => (INSTALLERS.test(command) && !RUNS_INSTALLED.test(command))
  || (WRITES_FILE.test(command) && FILES.test(command)) || (command.includes('git config') && /insteadOf/i.test(command));
