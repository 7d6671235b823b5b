/**
 * Agents of CI servers, workers and controllers that run what their server tells them, by how their repositories and programs are called.
 *
 * @see https://www.jenkins.io/doc/book/using/using-agents/
 * @see https://docs.gitlab.com/runner/
 * @see https://docs.gitea.com/usage/actions/act-runner
 * @see https://docs.drone.io/runner/overview/
 * @see https://woodpecker-ci.org/docs/administration/configuration/agent
 * @see https://www.jetbrains.com/help/teamcity/build-agent.html
 * @see https://docs.prefect.io/v3/concepts/workers
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/architecture/
 */
const NAMES = [
  '(jenkins[-/])?inbound-agent', 'jnlp-(agent|slave)[\\w-]*', 'jenkins/agent', 'gitlab-runner(-helper)?', '(act|forgejo|gitea)[-_]runner', 'drone-(agent|runner-\\w+)',
  'woodpecker-agent', 'teamcity-(minimal-)?agent', '(gocd|go)-agent[\\w-]*', 'actions-runner[\\w-]*', 'github-runner', 'azp-agent', 'buildkite-agent', 'buildbot-worker',
  'rancher-(system-|cluster-)?agent', 'fleet-agent', 'salt-minion', 'puppet-agent', 'chef-client', 'ansible-pull', 'argocd-application-controller',
].join('|');

/** An image with such a repository, and a program with such a name, or of which only one command is an agent. */
const [IMAGE, PROGRAM] = [
  new RegExp(`(^|/)(${NAMES})([:@]|$)`),
  new RegExp([
    String.raw`(^|[\s/;&|(])((${NAMES})(?=\s|$)|config\.sh(\s+\S+){0,20}\s+--url\b|agent\.jar\b|puppet\s+agent\b`,
    String.raw`concourse\s+worker\b|prefect\s+(agent|worker)\b|nomad\s+agent\b)`,
  ].join('|')),
];

/** Images that are an agent only with one command. */
const WITH_COMMAND: ReadonlyArray<readonly [RegExp, RegExp]> = [[/(^|\/)concourse([:@]|$)/, /^worker\b/], [/(^|\/)prefect([:@]|$)/, /^(agent|worker)\b/]];

/** Variables and properties that only agents have with the address of their server. */
export const OF_AGENTS = /^(githubConfigUrl|gitlabUrl|CATTLE_SERVER|CI_SERVER_URL|CONCOURSE_TSA_HOST|DRONE_RPC_HOST|GITEA_INSTANCE_URL|GO_SERVER_URL|WOODPECKER_SERVER)$/;

/** Whether a command starts an agent. */
export const startsAgent = (command: string): boolean => PROGRAM.test(command);

/** Whether a container is an agent. */
export const isAgent = (image: string, command: string): boolean =>
  IMAGE.test(image) || startsAgent(command) || WITH_COMMAND.some(([one, start]) => one.test(image) && start.test(command));
