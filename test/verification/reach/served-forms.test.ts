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
const artifact = (kind: string, source: object, command = 'sh /it/run.sh', direction = 'inputs') => custom('argoproj.io/v1alpha1', 'Workflow', {
  templates: [{ name: 'it', [direction]: { artifacts: [{ name: 'it', path: '/it', [kind]: source }] }, container: { image: `app@sha256:${'a'.repeat(64)}`, command: ['sh', '-c', command] } }],
});
const ofSpark = (more: object, mainApplicationFile = 'local:///opt/job.py') =>
  custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile, driver: { serviceAccount: 'worker' }, ...more });
const repository = (data: string, name = 'workflow-controller-configmap') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'argo' }, data: { artifactRepository: data } });
const generator = (provider: string, api: string) => custom('argoproj.io/v1alpha1', 'ApplicationSet', {
  generators: [{ scmProvider: { [provider]: { api, organization: 'acme' } } }], template: { spec: { source: { repoURL: '{{url}}', path: '.' } } },
}, 'argocd');
const secret = (annotations: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it', namespace: 'ops', annotations } });
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
  ['an artifact in an object store', (host) => artifact('s3', { endpoint: `${host}:9000`, bucket: 'it', key: 'code' })],
  ['a script in an object store', (host) => artifact('s3', { endpoint: host, bucket: 'it', key: 'run.sh' }, 'exec app')],
  ['an artifact in Git', (host) => artifact('git', { repo: `http://${host}/it` })],
  ['a job of Spark in an object store', (host) => ofSpark({ hadoopConf: { 'fs.s3a.endpoint': `http://${host}:9000` } }, 's3a://code/job.py')],
  ['libraries of Spark in an object store', (host) => ofSpark({ sparkConf: { 'spark.hadoop.fs.s3a.endpoint': host }, deps: { jars: ['s3a://code/it.jar'] } })],
  ['packages of Spark', (host) => ofSpark({ deps: { repositories: [`http://${host}/maven`], packages: ['org.example:it:1'] } })],
  ['a job of Flink in an object store', (host) => custom('flink.apache.org/v1beta1', 'FlinkDeployment', {
    serviceAccount: 'worker', flinkConfiguration: { 's3.endpoint': `http://${host}:9000` }, job: { jarURI: 's3://code/job.jar' },
  })],
  ['the source of a build', (host) => custom('shipwright.io/v1beta1', 'Build', { source: { type: 'Git', git: { url: `http://${host}/it` } } })],
  ['a repository in settings', (host) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'ops' }, data: { 'jobs.yaml': `remote: http://${host}/it.git\n` } })],
  ['a module of Kubewarden', (host) => custom('policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', { module: `registry://${host}/it:1`, mutating: true })],
  ['a command of Spark', (host) => shell(`spark-submit --conf spark.hadoop.fs.s3a.endpoint=http://${host} s3a://code/job.py`)],
  ['files for a client of MinIO', (host) => shell('mc mirror --overwrite it/dags /opt/airflow/dags', ['MC_HOST_it', `http://key:secret@${host}`])],
  ['files for rclone', (host) => shell('rclone sync it:dags /dags && /dags/run.sh', ['RCLONE_CONFIG_IT_ENDPOINT', `http://${host}`])],
  ['models of MLflow', (host) => shell('mlflow models serve -m models:/it/1', ['MLFLOW_TRACKING_URI', `http://${host}`])],
  ['models in the object store of MLflow', (host) => shell('mlflow models serve -m s3://models/it', ['MLFLOW_S3_ENDPOINT_URL', `http://${host}`])],
  ['models of KServe in an object store', (host) => secret({ 'serving.kserve.io/s3-endpoint': `${host}:9000` })],
  ['the repositories of an organization', (host) => generator('gitea', `http://${host}/`)],
  ['the charts of a profile of Sveltos', (host) => custom('config.projectsveltos.io/v1beta1', 'ClusterProfile', { helmCharts: [{ repositoryURL: `http://${host}`, chartName: 'it/it' }] })],
  ['the chart of an object of Rancher', (host) => custom('helm.cattle.io/v1', 'HelmChart', { chart: `http://${host}/it.tgz` })],
  ['the values of an application', (host) => custom('argoproj.io/v1alpha1', 'Application', { source: { chart: 'it', helm: { valueFiles: [`http://${host}/it.yaml`] } } })],
  ['jobs of Jenkins', (host) => custom('jenkins.io/v1alpha2', 'Jenkins', { seedJobs: [{ id: 'it', repositoryUrl: `http://${host}/it` }] })],
  ['a repository that a pipeline clones', (host) => custom('tekton.dev/v1', 'PipelineRun', { pipelineRef: { name: 'it' }, params: [{ name: 'url', value: `http://${host}/it.git` }] })],
  ['a catalog of operators', (host) => custom('operators.coreos.com/v1alpha1', 'CatalogSource', { sourceType: 'grpc', address: `${host}:50051` })],
  ['the image of a catalog', (host) => custom('olm.operatorframework.io/v1', 'ClusterCatalog', { source: { type: 'Image', image: { ref: `${host}/it:1` } } })],
  ['what Kyverno keeps for its policies', (host) => custom('kyverno.io/v2alpha1', 'GlobalContextEntry', { apiCall: { service: { url: `http://${host}` } } })],
  ['what an expression of Kyverno asks', (host) => custom('policies.kyverno.io/v1alpha1', 'GeneratingPolicy', { variables: [{ name: 'it', expression: `http.Get("http://${host}/it")` }] })],
  ['inputs of the Flux Operator', (host) => custom('fluxcd.controlplane.io/v1', 'ResourceSetInputProvider', { type: 'GitLabBranch', url: `http://${host}/acme/it` })],
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
  ['an artifact that is written', artifact('s3', { endpoint: 'web.default.svc', bucket: 'it', key: 'run.sh' }, 'run', 'outputs')],
  ['data of an artifact in an object store', artifact('s3', { endpoint: 'web.default.svc', bucket: 'it', key: 'items.csv' }, 'exec app')],
  ['data of Spark in an object store', ofSpark({ hadoopConf: { 'fs.s3a.endpoint': 'web.default.svc' }, arguments: ['s3a://data/items'] })],
  ['the data of Flink in an object store', custom('flink.apache.org/v1beta1', 'FlinkDeployment', {
    flinkConfiguration: { 's3.endpoint': 'http://web.default.svc', 'state.checkpoints.dir': 's3://data/it' }, job: { jarURI: 'local:///opt/job.jar' },
  })],
  ['the repository that an annotation names', secret({ 'example.com/source': 'http://web.default.svc/it.git' })],
  ['what reports to a Git provider', custom('example.com/v1', 'Status', { provider: { url: 'http://web.default.svc/it' } })],
  ['a backup to MinIO', shell('mc cp dump/it.gz it/backups/', ['MC_HOST_it', 'http://web.default.svc'])],
  ['a backup by rclone', shell('rclone copy /data it:backups', ['RCLONE_CONFIG_IT_ENDPOINT', 'http://web.default.svc'])],
  ['experiments of MLflow', shell('python train.py', ['MLFLOW_TRACKING_URI', 'http://web.default.svc'])],
  ['artifacts of a server of MLflow', shell('mlflow server --host 0.0.0.0', ['MLFLOW_S3_ENDPOINT_URL', 'http://web.default.svc'])],
  ['what an expression of Kyverno checks', custom('policies.kyverno.io/v1alpha1', 'ValidatingPolicy', { variables: [{ name: 'it', expression: 'http.Get("http://web.default.svc")' }] })],
  ['an API with a name like a package manager', shell('exec app', ['GOOGLE_PROXY_URL', 'http://web.default.svc'])],
  ['the registry of an app', shell('exec app', ['SERVICE_REGISTRY', 'http://web.default.svc'])],
])('a pod that serves %s decides nothing', (_, document) => {
  expect(outcomeOf(service('web'), document)).toBe('DENIED');
});

test.each(['workflow-controller-configmap', 'artifact-repositories'])('a pod might serve the artifacts of the repository that the ConfigMap %s has', (name) => {
  const outcome = (host: string, key: string) =>
    outcomeOf(service('web'), repository(`s3:\n  endpoint: ${host}:9000\n  bucket: it\n`, name), artifact('s3', { key }, 'exec app'));
  expect([outcome('web.default.svc', 'run.sh'), outcome('web.default.svc', 'items.csv'), outcome('s3.amazonaws.com', 'run.sh')]).toEqual(['UNKNOWN', 'DENIED', 'DENIED']);
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
