import { decisionOf, LIST } from './code-apps';
import { account, accountRole, allow, job, objects } from '../templates';

const OPS = { Other: accountRole('ops:admin', allow(LIST)) };
const applied = (...documents: object[]) => ({ ...OPS, Ops: objects(account('admin', 'Other', 'ops'), ...documents) });
const object = (apiVersion: string, kind: string, spec: object, namespace = 'ops') => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const pods = (container: object = {}, name = 'it') => ({ ...job(name, 'admin', { containers: [{ name: 'main', image: 'tool', ...container }] }), metadata: { name, namespace: 'ops' } });
const image = (name: string) => applied(pods({ image: name }));
const variable = (name: string, value = 'x') => applied(pods({ env: [{ name, value }] }));
const template = (spec: object = {}) => ({ template: { spec: { serviceAccountName: 'admin', ...spec } } });
const chart = (Chart: string, Values: object = {}, Namespace = 'ops', Release = 'it') => ({
  ...applied(), Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release, Chart, Namespace, Values: JSON.stringify(Values) } },
});
const argo = (name: string, namespace: string) => applied(object('argoproj.io/v1alpha1', 'Application', {
  source: { repoURL: 'https://charts.example.com', chart: name, targetRevision: '1.0.0' }, destination: { server: 'https://kubernetes.default.svc', namespace },
}, 'argocd'));
const toml = (text: string, namespace = 'ops') => applied({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace }, data: { 'config.toml': text } });
const jobsIn = (namespace: string) => `concurrent = 4\n[[runners]]\n  executor = "kubernetes"\n  [runners.kubernetes]\n    namespace = "${namespace}"\n    service_account = "admin"\n`;
const PUSH = allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection']);
const SECRET = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:github-abcdef';
const SYNCED = objects({ ...object('external-secrets.io/v1', 'ExternalSecret', { data: [{ secretKey: 'github_token', remoteRef: { key: 'github' } }] }, 'ci') });
const TOKEN = objects(job('own', 'app', { containers: [{ name: 'main', image: 'bot', env: [{ name: 'GITHUB_TOKEN', value: 'x' }] }] }));

test.each<[string, object]>([
  ['a scale set of GitHub', applied(object('actions.github.com/v1alpha1', 'AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme', ...template({ containers: [{ name: 'runner' }] }) }))],
  ['a RunnerDeployment', applied(object('actions.summerwind.dev/v1alpha1', 'RunnerDeployment', template({ repository: 'acme/app' })))],
  ['a RunnerSet', applied(object('actions.summerwind.dev/v1alpha1', 'RunnerSet', { organization: 'acme', ...template({ containers: [{ name: 'runner' }] }) }))],
  ['a Runner', applied(object('actions.summerwind.dev/v1alpha1', 'Runner', { repository: 'acme/app' }))],
  ['a Runner of GitLab', applied(object('apps.gitlab.com/v1beta2', 'Runner', { gitlabUrl: 'https://gitlab.com' }))],
  ['a runner of another controller', applied(object('ci.example.com/v1', 'EphemeralRunner', { organization: 'acme' }))],
  ['a pool of agents of HCP Terraform', applied(object('app.terraform.io/v1alpha2', 'AgentPool', { organization: 'acme', agentDeployment: { spec: { serviceAccountName: 'admin' } } }))],
  ['a job for runners', applied(object('keda.sh/v1alpha1', 'ScaledJob', { triggers: [{ type: 'github-runner' }], jobTargetRef: template({ containers: [{ image: 'tool' }] }) }))],
  ['a job for agents', applied(object('keda.sh/v1alpha1', 'ScaledJob', { triggers: [{ type: 'azure-pipelines' }], jobTargetRef: template({ containers: [{ image: 'tool' }] }) }))],
  ['Atlantis', image('ghcr.io/runatlantis/atlantis:v0.30')],
  ['Atlantis from a registry of its own', image('111122223333.dkr.ecr.us-west-2.amazonaws.com/atlantis@sha256:abc')],
  ['Atlantis by a variable', variable('ATLANTIS_REPO_ALLOWLIST', 'github.com/acme/*')],
  ['Atlantis by an option', applied(pods({ args: ['server', '--repo-allowlist=github.com/acme/*'] }))],
  ['Atlantis by a command', applied(pods({ command: ['atlantis', 'server'] }))],
  ['Jenkins', image('jenkins/jenkins:lts')],
  ['an agent of Jenkins', image('jenkins/inbound-agent')],
  ['a runner of GitHub', image('ghcr.io/actions/actions-runner:latest')],
  ['a runner of GitHub that is unpacked', applied(pods({ command: ['sh', '-c', 'cd /opt/actions-runner && ./run.sh'] }))],
  ['a runner of GitHub by a variable', variable('RUNNER_SCOPE', 'org')],
  ['a runner by its name', applied(pods({}, 'github-runner'))],
  ['a runner of GitLab', image('registry.gitlab.com/gitlab-org/gitlab-runner:alpine')],
  ['a runner of GitLab by a variable', variable('CI_SERVER_URL', 'https://gitlab.com')],
  ['a runner of Gitea', image('gitea/act_runner')],
  ['a runner of Bitbucket', image('docker-public.packages.atlassian.com/sox/atlassian/bitbucket-pipelines-runner')],
  ['an agent of Buildkite', image('buildkite/agent:3')],
  ['an agent of Buildkite by a variable', variable('BUILDKITE_AGENT_TOKEN')],
  ['an agent of HCP Terraform', image('hashicorp/tfc-agent')],
  ['an agent of HCP Terraform by a variable', variable('TFC_AGENT_TOKEN')],
  ['an agent of Azure Pipelines', variable('AZP_TOKEN')],
  ['a runner of CircleCI', image('circleci/runner-agent')],
  ['a delegate of Harness', image('harness/delegate')],
  ['an agent of TeamCity', image('jetbrains/teamcity-agent')],
  ['the chart of scale sets', chart('gha-runner-scale-set', { githubConfigUrl: 'https://github.com/acme' })],
  ['the chart of scale sets, with its controller elsewhere', chart('oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set', { controllerServiceAccount: { name: 'arc', namespace: 'arc' } })],
  ['the chart of GitLab', chart('gitlab-runner')],
  ['the chart of Atlantis', chart('atlantis', { orgAllowlist: 'github.com/acme/*' })],
  ['the chart of Buildkite', chart('agent-stack-k8s')],
  ['the chart of Buildkite, by the name of its release', chart('agent', {}, 'ops', 'buildkite-agent')],
  ['the chart of Jenkins', chart('jenkins')],
  ['a chart with the image of a runner', chart('app', { image: { repository: 'ghcr.io/actions/actions-runner', tag: 'latest' } })],
  ['a chart with a variable of a runner', chart('app', { env: { ATLANTIS_REPO_ALLOWLIST: 'github.com/acme/*' } })],
  ['a chart whose jobs are in another namespace', chart('gitlab-runner', { runners: { config: jobsIn('ops') } }, 'ci')],
  ['a chart that Argo CD installs', argo('gitlab-runner', 'ops')],
  ['the settings of GitLab Runner', toml(jobsIn('ops'))],
  ['the settings of GitLab Runner, with jobs in another namespace', toml(jobsIn('ops'), 'ci')],
])('a pod that can push to repositories might get the role of what runs their jobs: %s', (_, resources) => {
  expect(decisionOf(resources).outcome).toBe('DENIED');
  expect(decisionOf(resources, PUSH).outcome).toBe('UNKNOWN');
  expect(decisionOf({ ...resources, SYNCED }, allow('secretsmanager:GetSecretValue', SECRET)).outcome).toBe('UNKNOWN');
  expect(decisionOf({ ...resources, TOKEN }).outcome).toBe('UNKNOWN');
});

test.each<[string, object]>([
  ['a bot with a token', variable('GITHUB_TOKEN')],
  ['Renovate', applied(pods({ image: 'ghcr.io/renovatebot/renovate:39', env: [{ name: 'RENOVATE_TOKEN', value: 'x' }] }))],
  ['Backstage', applied(pods({ image: 'backstage', env: [{ name: 'GITHUB_TOKEN', value: 'x' }, { name: 'GITHUB_ORG', value: 'acme' }] }))],
  ['an exporter', image('ghcr.io/acme/github-runner-exporter')],
  ['the controller of runners', image('ghcr.io/actions/gha-runner-scale-set-controller')],
  ['the chart of the controller', chart('gha-runner-scale-set-controller')],
  ['an agent of logs from the registry of GitLab', image('registry.gitlab.com/acme/metrics-agent')],
  ['an agent of Datadog', applied(pods({ image: 'gcr.io/datadoghq/agent:7', env: [{ name: 'DD_CIVISIBILITY_AGENTLESS_ENABLED', value: 'true' }, { name: 'DD_CLUSTER_AGENT_AUTH_TOKEN', value: 'x' }] }))],
  ['a client of Jenkins', variable('JENKINS_URL', 'https://ci.example.com')],
  ['a client with a name', variable('GITHUB_USER_AGENT')],
  ['a runner of tasks', applied(pods({ image: 'n8nio/runners', env: [{ name: 'N8N_RUNNERS_AUTH_TOKEN', value: 'x' }] }))],
  ['a runner of tests', applied(object('k6.io/v1alpha1', 'TestRun', { runner: { serviceAccountName: 'admin' } }))],
  ['an object with an image', applied(object('example.com/v1', 'Web', { image: { repository: 'acme/web', tag: '1' }, ...template({ containers: [{ image: 'web' }] }) }))],
  ['an object about runners', applied(object('actions.summerwind.dev/v1alpha1', 'HorizontalRunnerAutoscaler', { minReplicas: 1 }))],
  ['what watches a runner', applied({ ...object('monitoring.coreos.com/v1', 'PodMonitor', {}), metadata: { name: 'gitlab-runner', namespace: 'ops' } })],
  ['a chart with a token', chart('app', { env: { GITHUB_TOKEN: 'x' }, image: { repository: 'web' } })],
  ['a chart of runners in another namespace', chart('gitlab-runner', { runners: { config: jobsIn('{{.Release.Namespace}}') } }, 'ci')],
  ['a chart that Argo CD installs in another namespace', argo('gitlab-runner', 'ci')],
  ['the settings of something else', toml('[[workers]]\nname = "x"\n')],
])('no other pods run jobs of repositories: %s', (_, resources) => {
  expect(decisionOf(resources, PUSH).outcome).toBe('DENIED');
  expect(decisionOf({ ...resources, TOKEN }).outcome).toBe('DENIED');
});

test('a pod that cannot push gets nothing from a runner, and the answer says what does', () => {
  const runner = image('buildkite/agent:3');
  expect(decisionOf(runner, allow(['s3:GetObject', 'secretsmanager:GetSecretValue'], 'arn:aws:s3:::data/*')).outcome).toBe('DENIED');
  expect(decisionOf(runner, PUSH).missing).toEqual([expect.stringContaining('whether pods change the code of Job ops/it with role Role')]);
  expect(decisionOf(chart('gitlab-runner'), PUSH).missing).toEqual([expect.stringContaining('whether pods change code that HelmChart it names with role Role')]);
});
