import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textsIn, textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { OF_COMMAND } from '../code/commands';
import { ANY_HOST, writesOfGitHost } from '../code/git-repositories';
import { NamedCode } from '../code/named-images';
import { KubernetesObject } from '../kubernetes-object';
import { chartNames } from '../objects/chart-names';
import { OF_CHARTS } from '../objects/chart-values';
import { isGenerator } from '../objects/generators';
import { mentionsNamespace } from '../objects/mentioned-namespaces';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfRelease } from '../objects/releases';

/**
 * What runs jobs of a system for CI/CD is called a runner or an agent of it, in images, charts, commands, kinds and variables: `actions-runner`, `gitlab-runner`,
 * `hashicorp/tfc-agent`, `BUILDKITE_AGENT_TOKEN`, `actions.summerwind.dev/RunnerDeployment`. What is called an agent of a Git provider can be anything else.
 */
const RUNNER = /(^|[\W_])((act|arc|ci|gha|tfc?)(?![a-z])|actions|bitbucket|circleci|codefresh|drone|forgejo|git|self-?hosted|terraform)[\w./-]*?runner/i;
const AGENT = new RegExp('(^|[\\W_])((azp|ci|tfc)(?![a-z])|azure[_-]?pipelines|buildkite|circleci|codefresh|gitlab|gocd|harness|jenkins|octopus|spacelift|teamcity|terraform'
  + '|woodpecker)[\\w./-]*?(?<!user[_-]?)(agent(?!less)|delegate|launcher|workerpool)', 'i');

/** Systems that run jobs themselves, charts of agents whose names do not say of what, and triggers of KEDA. @see https://keda.sh/docs/latest/scalers/azure-pipelines/ */
const ITSELF = /(^|\/)(agent-stack-k8s|atlantis|azure-pipelines|concourse|container-agent|jenkins|woodpecker)$/i;

/** What is about runners, but is none. */
const OTHER = /(autoscaler|controller|exporter|group|listener|metrics|operator|registration|token|webhook)[^/]*$/i;

const isRunner = (name: string): boolean => !OTHER.test(name) && [RUNNER, AGENT, ITSELF].some((pattern) => pattern.test(name));

/**
 * Variables and options with what a runner registers, or with the repositories whose jobs it runs.
 *
 * @see https://www.runatlantis.io/docs/server-configuration#repo-allowlist
 * @see https://learn.microsoft.com/en-us/azure/devops/pipelines/agents/docker
 * @see https://docs.gitlab.com/runner/commands/#gitlab-runner-register
 */
const SETTING = new RegExp(`^(${[
  'atlantis_repo_', '--repo-(allow|white)list', 'azp_(pool|token|url)$', 'ci_server_(token|url)$', 'github_?config_?url$',
  '([a-z]+_)*runner_?(registration_?)?(token|uuid)$', 'runner_(group|labels|name|scope|workdir)',
].join('|')})`, 'i');

const isSetting = (name: string): boolean => SETTING.test(name) || (!/exporter/i.test(name) && [RUNNER, AGENT].some((pattern) => pattern.test(name)));

/** Properties of the kinds of others. */
const OF_REPOSITORIES = /^(enterprise|org(anization)?|owner|repo(sitory)?(url)?)$/i;

/** The settings of GitLab Runner. @see https://docs.gitlab.com/runner/configuration/advanced-configuration/ */
const CONFIGURATION = /^[ \t]*(\[\[runners\]\]|\[runners\.)/m;

/** Of an image, what is not its registry or its version. */
const pathOf = (image: string): string => image.replace(/^[^/]*[.:][^/]*\//, '').replace(/[:@].*$/, '');

/**
 * Who pushes to a repository decides what runs in pods of workloads and objects that run its jobs. Which repositories these are is not asked: it is often decided at
 * the Git provider.
 *
 * @param containers those of the pods.
 * @see https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners
 * @see https://www.runatlantis.io/docs/security
 */
export function writesOfRunner(object: KubernetesObject, containers: readonly Resolved[]): CodeWrite[] {
  const { group, kind, name } = object;
  const ofPods = containers.length > 0 ? [name ?? '', ...textsUnder(object.at('spec', 'triggers'), /^type$/)] : [];
  const names = [`${group}/${kind}`, ...ofPods.map((one) => `${one}`)];
  const isForRepositories = kind.includes('Runner') && textsUnder(object.at('spec'), OF_REPOSITORIES).length > 0;
  return isForRepositories || names.some(isRunner) || containers.some(runsJobs) ? writesOfGitHost(ANY_HOST) : [];
}

function runsJobs(container: Resolved): boolean {
  const variables = listOf(valueAt(container, 'env')).map((variable) => literalOf(valueAt(variable, 'name')) ?? '');
  const words = OF_COMMAND.flatMap((name) => textsIn(valueAt(container, name))).flatMap((text) => `${text}`.split(/[\s;|&"']+/));
  return textsIn(valueAt(container, 'image')).some((image) => isRunner(pathOf(`${image}`)))
    || variables.some(isSetting) || words.some((word) => isRunner(word) || SETTING.test(word));
}

/** The same of charts, and of the settings of GitLab Runner. The pods of their jobs can be others than those of a runner, with any account of the namespace. */
export const readRunners = (objects: readonly KubernetesObject[]): NamedCode[] => objects.filter(hasRunners).map((object) => {
  const { kind, name = Text.of(kind) } = object;
  const namespace = (mentionsNamespace(isGenerator(object) ? undefined : settingsOf(object)) ? undefined : namespaceOfRelease(object)) ?? derived(name, 'namespace');
  return {
    cluster: destinationOf(object),
    holder: { kind, name: object.name },
    label: `${kind} ${name}`,
    code: writesOfGitHost(ANY_HOST),
    namespaces: [namespace],
    accounts: [{ namespace, serviceAccountName: derived(name, 'service account') }],
  };
});

function hasRunners(object: KubernetesObject): boolean {
  const [isChart, isInstalled] = [object.group === OF_CHARTS, isGenerator(object)];
  const hasText = (object.group === '' || isChart) && textsIn(settingsOf(object)).some((text) => CONFIGURATION.test(`${text}`));
  const isNamed = (isChart || isInstalled) && [...chartNames(object), `${object.name ?? ''}`].some((name) => !/\s/.test(name) && isRunner(name));
  return hasText || isNamed || (isChart && saysRunner(settingsOf(object)));
}

const settingsOf = (object: KubernetesObject): Resolved => (object.group === OF_CHARTS ? object.at('values') : [object.at('data'), object.at('stringData')]);

/** Whether values have the image or a setting of a runner. */
const saysRunner = (values: Resolved, property = ''): boolean => (values instanceof ResolvedMap
  ? values.entries.some(([{ literal = '' }, inner]) => SETTING.test(literal) || saysRunner(inner, literal))
  : Array.isArray(values) ? values.some((item) => saysRunner(item, property))
    : values instanceof Text && ((/^(image|repository)$/.test(property) && isRunner(pathOf(`${values}`))) || (property === 'name' && SETTING.test(`${values}`))));
