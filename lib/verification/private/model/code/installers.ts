/** Programs of which each command that names a host installs, builds or applies what is there, or says that later ones do. */
const INSTALLERS = new RegExp(`(?<![\\w.-])(${[
  'ansible(-\\w+)?|chef-client|salt-call|helmfile|terraform|terragrunt|tofu|pulumi',
  'apk|apt(-\\w+)?|add-apt-repository|brew|dnf|yum(-\\w+)?|zypper|nix(-\\w+)?',
  'bun (add|i|install|x)|bundler?|cargo|composer|conda|corepack|cpanm|dotnet (add|build|new|nuget|pack|publish|restore|tool|workload)|gem',
  'go (build|env|generate|get|install|mod|vet)|mamba|npm|npx|nuget|pdm|pip[x\\d]?|pipenv|pnpm|poetry|Rscript|uvx?|yarn',
  'bazel|buildah|buildctl|(docker|podman)( buildx)? build|crane|gradlew?|kaniko/executor|mvnw?|oras|sbt|skopeo',
  'hg|lftp|rsync|svn',
  'mlflow|torchserve|tritonserver|consul-template|vault agent',
].join('|')})(?![\\w.-])`);

/** What they do with what is there already, of which a host is data, unless an option says from where else they install. */
const [RUNS_INSTALLED, FROM] = [/ (dev|exec|run|serve|start|test)\b/, /(^|\s)--?(default-|extra-)?(find-links|from|index(-url)?|registry|remote_\w+|repo\w*|server|source)[ =]/];

/** Files with from where programs install what they run. */
const FILES = new RegExp([
  'npmrc|yarnrc|pip\\.conf|condarc|gemrc|gitconfig|bazelrc|nuget\\.config|sources\\.list|yum\\.repos\\.d|\\.repo\\b', '\\.cargo/config|registries\\.conf|daemon\\.json',
].join('|'), 'i');

const WRITES_FILE = />|\btee\b|\bsed +-\w*i/;

/** Whether what a command names decides what it, or a later command, installs. */
export const setsSources = (command: string): boolean => (INSTALLERS.test(command) && (!RUNS_INSTALLED.test(command) || FROM.test(command)))
  || (WRITES_FILE.test(command) && FILES.test(command)) || (command.includes('git config') && /insteadOf/i.test(command));
