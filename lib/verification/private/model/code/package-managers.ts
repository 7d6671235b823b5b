/** How the public registries of packages are called. */
export type PackageRegistry = 'crates' | 'maven' | 'npm' | 'nuget' | 'pypi' | 'rubygems';

/** Programs that install, build or apply what others publish or serve. */
interface PackageManager {
  /** How they are called, as a pattern. */
  readonly programs: string;
  /** From where they install unless something says otherwise, if tokens of it are known. */
  readonly registry?: PackageRegistry;
  /** The commands with which they install; undefined if all do. Some also install before they run something. */
  readonly installs?: string;
  /** The commands in which a host is one from which they install; undefined if it is in all. */
  readonly atHosts?: string;
  /** Whether they also get what others only run if it is there. */
  readonly getsToRun?: boolean;
}

const OF_NPM = 'add|ci|create|dlx|exec|i|init|install|update|upgrade|x';
const OF_NUGET = 'add|build|install|pack|publish|restore|run|test|tool';

/** What installs packages, and tools that get what they build, apply or run in the same way. */
export const PACKAGE_MANAGERS: readonly PackageManager[] = [
  { programs: 'cargo', registry: 'crates', installs: 'add|build|fetch|install|run|test|update' },
  { programs: 'gradlew?|mvnw?|sbt', registry: 'maven' },
  { programs: 'npm|pnpm|yarn', registry: 'npm', installs: OF_NPM },
  { programs: 'bunx|npx|yarn *$', registry: 'npm' },
  { programs: 'bun', registry: 'npm', installs: OF_NPM, atHosts: 'add|i|install|x' },
  { programs: 'dotnet', registry: 'nuget', installs: OF_NUGET, atHosts: 'add|build|new|nuget|pack|publish|restore|tool|workload' },
  { programs: 'nuget', registry: 'nuget', installs: OF_NUGET },
  { programs: 'hatch|pdm|pip[\\d.]*|pipenv|pipx|poetry|uv', registry: 'pypi', installs: 'add|download|env|install|lock|pip|run|sync|tool|update|upgrade|wheel' },
  { programs: 'uvx', registry: 'pypi' },
  { programs: 'bundler?|gem', registry: 'rubygems', installs: 'add|exec|install|update' },
  { programs: 'go', atHosts: 'build|env|generate|get|install|mod|vet' },
  { programs: 'composer|conda|corepack|cpanm|(kubectl )?krew|luarocks|mamba|opam|Rscript' },
  { programs: 'apk|apt(-\\w+)?|add-apt-repository|brew|dnf|yum(-\\w+)?|zypper|nix(-\\w+)?' },
  { programs: 'ansible(-\\w+)?|chef-client|salt-call|helmfile|terraform|terragrunt|tofu|pulumi' },
  { programs: 'bazel|buildah|buildctl|(docker|podman)( buildx)? build|crane|ctr|kaniko(/executor)?|oras|skopeo' },
  { programs: 'dbt|dvc|hg|lftp|rsync|svn|tftp' },
  { programs: 'torchserve|tritonserver|confd|consul-template|envconsul|vault agent' },
  { programs: 'mlflow|opa|vllm', getsToRun: true },
];

/** Commands that only run what is there already, of which a host is data. */
export const RUNS_INSTALLED = / (dev|exec|run(-script)?|serve|start|test)(?![\w.-])/;

/** Options that say from where else they install. */
export const OF_SOURCES = /(^|\s)--?(default-|extra-)?(find-links|from|index(-url)?|registry|remote_\w+|repo\w*|server|source)[ =]/;

/** Variables by which they know from where to install. */
export const VARIABLES_OF_SOURCES = [
  '^(bundle|cargo|conda|gem|go|gradle|maven|npm|pip|pnpm|poetry|uv|yarn)(_\\w*)?(channel|index|links|mirror|proxy|registry|repo|source)',
  '^(COREPACK_NPM_REGISTRY|HF_ENDPOINT|RUBYGEMS_HOST)$', '_DOWNLOAD_HOST$',
].join('|');

/** Files that say from where they install. */
export const FILES_OF_SOURCES = new RegExp([
  'npmrc|yarnrc|pip\\.conf|condarc|gemrc|gitconfig|bazelrc|nuget\\.config|sources\\.list|yum\\.repos\\.d|\\.repo\\b', '\\.cargo/config|registries\\.conf|daemon\\.json',
  'apt\\.conf|containerd/certs\\.d|\\.m2/settings',
].join('|'), 'i');
