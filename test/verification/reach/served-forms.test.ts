import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const deployment = (name: string, namespace: string, serviceAccountName: string, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { serviceAccountName, containers: [{ name: 'it', image: `app@sha256:${'a'.repeat(64)}`, ...container }] } },
  },
});
const service = (name: string, namespace = 'default') =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
const custom = (apiVersion: string, kind: string, spec: object, namespace = 'ops') => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const outcomeOf = (...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Own: accountRole('default:app', allow('sqs:ListQueues')),
  Other: accountRole('ops:worker', allow(LIST)),
  Applied: objects(account('app', 'Own'), account('worker', 'Other', 'ops'), deployment('web', 'default', 'app'), deployment('worker', 'ops', 'worker'), ...documents),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

const shell = (script: string, ...env: Array<[string, string]>) =>
  deployment('job', 'ops', 'worker', { command: ['sh', '-c', script], env: env.map(([name, value]) => ({ name, value })) });
const argocd = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' }, data });
const spark = (mainApplicationFile: string) => custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile });
const workflow = (url: string) =>
  custom('argoproj.io/v1alpha1', 'Workflow', { entrypoint: 'it', templates: [{ name: 'it', inputs: { artifacts: [{ name: 'it', path: '/it', http: { url } }] } }] });
const pipeline = (resolver: string, value: string) => custom('tekton.dev/v1', 'PipelineRun', { pipelineRef: { resolver, params: [{ name: 'url', value }] } });
const bucket = (endpoint: string) => custom('source.toolkit.fluxcd.io/v1', 'Bucket', { provider: 'generic', bucketName: 'it', endpoint });
const GET_OBJECT = 'aws s3 cp s3://code/run.sh . && sh run.sh';
const GET_PARAMETER = 'aws ssm get-parameter --name /run --output text | sh';

test.each<[string, (host: string) => object]>([
  ['the identity provider of Argo CD', (host) => argocd({ 'oidc.config': `name: SSO\nissuer: http://${host}/realms/it\nclientID: argocd\n` })],
  ['a provider of Dex', (host) => argocd({ 'dex.config': `connectors:\n- type: oidc\n  config:\n    issuer: http://${host}\n` })],
  ['a bucket of Flux', (host) => bucket(`${host}:80`)],
  ['a job of Spark', (host) => spark(`http://${host}/job.jar`)],
  ['an artifact with a script', (host) => workflow(`http://${host}/run.sh`)],
  ['a pipeline of Tekton', (host) => pipeline('http', `http://${host}/pipeline.yaml`)],
  ['a pipeline of Tekton in Git', (host) => pipeline('git', `http://${host}/repo.git`)],
  ['the objects of a script', (host) => shell(GET_OBJECT, ['AWS_ENDPOINT_URL_S3', `http://${host}`])],
  ['the parameters of a script', (host) => shell(GET_PARAMETER, ['AWS_ENDPOINT_URL_SSM', `http://${host}`])],
  ['the objects of a command', (host) => shell(`aws --endpoint-url http://${host} s3 cp s3://code/run.sh . && sh run.sh`)],
  ['packages of Python', (host) => shell('pip install -r requirements.txt', ['PIP_INDEX_URL', `http://${host}/simple`])],
  ['packages of Node.js', (host) => shell('npm ci', ['NPM_CONFIG_REGISTRY', `http://${host}`])],
  ['modules of Go', (host) => shell('go build', ['GOPROXY', `http://${host},direct`])],
  ['artifacts of Maven', (host) => shell('mvn package', ['MAVEN_MIRROR_URL', `http://${host}/maven`])],
])('a pod that serves %s might get the credentials of what runs it', (_, documentFor) => {
  expect(outcomeOf(service('web'), documentFor('web.default.svc'))).toBe('UNKNOWN');
  expect(outcomeOf(service('web'), documentFor('code.example.org'))).toBe('DENIED');
});

test.each<[string, object]>([
  ['the address of Argo CD itself', argocd({ 'url': 'http://web.default.svc', 'oidc.config': 'issuer: https://sso.example.org\nlogoutURL: http://web.default.svc/logout\n' })],
  ['the notifications of Flux', custom('notification.toolkit.fluxcd.io/v1', 'Provider', { address: 'http://web.default.svc/hook' })],
  ['data of a job', spark('local:///opt/job.jar')],
  ['data of an artifact', workflow('http://web.default.svc/items.csv')],
  ['a parameter of a pipeline', custom('tekton.dev/v1', 'PipelineRun', { pipelineRef: { name: 'it' }, params: [{ name: 'url', value: 'http://web.default.svc/hook' }] })],
  ['the objects that a script writes', shell('pg_dump | aws s3 cp - s3://backups/it.sql', ['AWS_ENDPOINT_URL_S3', 'http://web.default.svc'])],
  ['the objects of an app', shell('exec app', ['AWS_ENDPOINT_URL_S3', 'http://web.default.svc'])],
  ['an API with a name like a package manager', shell('exec app', ['GOOGLE_PROXY_URL', 'http://web.default.svc'])],
  ['the registry of an app', shell('exec app', ['SERVICE_REGISTRY', 'http://web.default.svc'])],
])('a pod that serves %s decides nothing', (_, document) => {
  expect(outcomeOf(service('web'), document)).toBe('DENIED');
});

test.each<[string, string, string]>([
  ['the variable of its namespace', 'curl -s http://$CODE_WEB_SERVICE_HOST:$CODE_WEB_SERVICE_PORT/run.sh | sh', 'UNKNOWN'],
  ['the variable, from where it installs packages', 'pip install -i http://$CODE_WEB_SERVICE_HOST/simple it', 'UNKNOWN'],
  ['the variable in braces', 'curl -s "http://${CODE_WEB_SERVICE_HOST}/run.sh" | sh', 'UNKNOWN'],
  ['another variable', 'curl -s http://$CODE_SERVICE_HOST/run.sh | sh', 'DENIED'],
  ['the variable, to get data', 'curl -s http://$CODE_WEB_SERVICE_HOST/items | jq .', 'DENIED'],
])('a script can name a Service by %s', (_, script, outcome) => {
  const alias = { ...service('code-web', 'ops'), spec: { externalName: 'web.default.svc.cluster.local' } };
  expect(outcomeOf(service('web'), alias, shell(script))).toBe(outcome);
});
