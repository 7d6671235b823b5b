import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const QUERY = 'es:ESHttpGet';
const decide = (resources: object, documents: object[], action = QUERY) => verification.PodAccess.fromTemplates(clusterTemplate({
  Server: accountRole('ops:server', allow(QUERY)),
  Other: accountRole('elsewhere:other', allow('sns:ListTopics')),
  ...resources,
  Role: accountRole('default:app', allow('sqs:ListQueues')),
  Applied: objects(...documents, account('app', 'Role'), account('server', 'Server', 'ops'), account('other', 'Other', 'elsewhere')),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(action);

const spec = (container: object) => ({ serviceAccountName: 'server', containers: [{ name: 'it', image: 'registry.example.com/tools:1', ...container }] });
const deployment = (container: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'it', namespace: 'ops' },
  spec: { selector: { matchLabels: { app: 'it' } }, template: { metadata: { labels: { app: 'it' } }, spec: spec(container) } },
});
const run = (...command: string[]) => deployment({ command });
const withEnvironment = (name: string, value: string, image = 'app:1') => deployment({ image, env: [{ name, value }] });
const custom = (apiVersion: string, kind: string, inner: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'ops' }, spec: inner });
const chart = (Chart: string, values: object = {}) =>
  ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Namespace: 'ops', Chart, Values: JSON.stringify(values) } } });

test.each<[string, object, string]>([
  ['a cluster of Ray', custom('ray.io/v1', 'RayCluster', { headGroupSpec: { template: { spec: spec({}) } } }), 'UNKNOWN'],
  ['a service of Ray', custom('ray.io/v1', 'RayService', { rayClusterConfig: { headGroupSpec: { template: { spec: spec({}) } } } }), 'UNKNOWN'],
  ['a head of Ray', run('ray', 'start', '--head', '--dashboard-host=0.0.0.0', '--block'), 'UNKNOWN'],
  ['a client of Ray', run('ray', 'job', 'submit'), 'DENIED'],
  ['a cluster of Dask', custom('kubernetes.dask.org/v1', 'DaskCluster', { worker: { spec: spec({}) }, scheduler: { spec: spec({}) } }), 'UNKNOWN'],
  ['a scheduler of Dask', run('dask-scheduler'), 'UNKNOWN'],
  ['a worker of Dask', run('dask', 'worker', 'tcp://scheduler:8786'), 'UNKNOWN'],
  ['a session cluster of Flink', custom('flink.apache.org/v1beta1', 'FlinkDeployment', { serviceAccount: 'server', jobManager: {} }), 'UNKNOWN'],
  ['a session cluster of Flink without an account', custom('flink.apache.org/v1beta1', 'FlinkDeployment', { jobManager: {} }), 'UNKNOWN'],
  ['an application of Flink', custom('flink.apache.org/v1beta1', 'FlinkDeployment', { serviceAccount: 'server', job: { jarURI: 'local:///opt/job.jar' } }), 'DENIED'],
  ['a manager of Flink', deployment({ image: 'flink:2', args: ['jobmanager'] }), 'UNKNOWN'],
  ['a manager of one job of Flink', deployment({ image: 'flink:2', args: ['standalone-job'] }), 'DENIED'],
  ['a server of Spark Connect', run('/opt/spark/sbin/start-connect-server.sh'), 'UNKNOWN'],
  ['a kind of Spark Connect', custom('sparkoperator.k8s.io/v1alpha1', 'SparkConnect', { server: { template: { spec: spec({}) } } }), 'UNKNOWN'],
  ['an application of Spark', custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: { serviceAccount: 'server' } }), 'DENIED'],
  ['Apache Livy', run('/opt/livy/bin/livy-server', 'start'), 'UNKNOWN'],
  ['Jupyter without a token', run('start-notebook.sh', "--NotebookApp.token=''", '--ip=0.0.0.0'), 'UNKNOWN'],
  ['Jupyter with an empty token', run('start-notebook.sh', '--ServerApp.token=', '--ip=0.0.0.0'), 'UNKNOWN'],
  ['Jupyter with an empty variable', withEnvironment('JUPYTER_TOKEN', '', 'jupyter/base-notebook'), 'UNKNOWN'],
  ['Jupyter with a token', run('start-notebook.sh', '--ServerApp.token=$(TOKEN)'), 'DENIED'],
  ['Jupyter with a token of a Secret', deployment({ image: 'jupyter/base-notebook', env: [{ name: 'JUPYTER_TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }), 'DENIED'],
  ['a notebook of Kubeflow', custom('kubeflow.org/v1', 'Notebook', { template: { spec: spec({}) } }), 'UNKNOWN'],
  ['an editor', run('code-server', '--auth', 'none'), 'UNKNOWN'],
  ['an editor by the program of its image', deployment({ image: 'codercom/code-server:4', args: ['--auth', 'none', '--bind-addr', '0.0.0.0:8080'] }), 'UNKNOWN'],
  ['an editor with a password', deployment({ image: 'codercom/code-server:4', args: ['--bind-addr', '0.0.0.0:8080'] }), 'DENIED'],
  ['RStudio without a password', withEnvironment('DISABLE_AUTH', 'true', 'rocker/rstudio:4'), 'UNKNOWN'],
  ['RStudio', withEnvironment('DISABLE_AUTH', 'false', 'rocker/rstudio:4'), 'DENIED'],
  ['Apache Zeppelin', deployment({ image: 'apache/zeppelin:0.12' }), 'UNKNOWN'],
  ['a terminal', run('ttyd', 'bash'), 'UNKNOWN'],
  ['a terminal with a password', run('ttyd', '-c', 'me:$(PASSWORD)', 'bash'), 'DENIED'],
  ['a debugger of Node.js', run('node', '--inspect=0.0.0.0:9229', 'app.js'), 'UNKNOWN'],
  ['a debugger of Node.js in a variable', withEnvironment('NODE_OPTIONS', '--inspect=0.0.0.0'), 'UNKNOWN'],
  ['a debugger of Node.js for the pod itself', run('node', '--inspect', 'app.js'), 'DENIED'],
  ['a debugger of Java', withEnvironment('JAVA_TOOL_OPTIONS', '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005'), 'UNKNOWN'],
  ['a debugger of Java for the pod itself', withEnvironment('JAVA_TOOL_OPTIONS', '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:5005'), 'DENIED'],
  ['a debugger of Python', run('python', '-m', 'debugpy', '--listen', '0.0.0.0:5678', 'app.py'), 'UNKNOWN'],
  ['a debugger of Python for the pod itself', run('python', '-m', 'debugpy', '--listen', '5678', 'app.py'), 'DENIED'],
  ['a debugger of Go', run('dlv', 'exec', '/app', '--headless', '--listen=:2345'), 'UNKNOWN'],
  ['JMX without a password', run('java', '-Dcom.sun.management.jmxremote.port=9010', '-Dcom.sun.management.jmxremote.authenticate=false', '-jar', 'app.jar'), 'UNKNOWN'],
  ['an open Docker', deployment({ image: 'docker:dind', command: ['dockerd', '--host=tcp://0.0.0.0:2375'] }), 'UNKNOWN'],
  ['Docker without TLS', withEnvironment('DOCKER_TLS_CERTDIR', '', 'docker:27-dind'), 'UNKNOWN'],
  ['an open BuildKit', deployment({ image: 'moby/buildkit:v0.20', args: ['--addr', 'tcp://0.0.0.0:1234'] }), 'UNKNOWN'],
  ['a client of BuildKit', deployment({ image: 'moby/buildkit:v0.20', command: ['buildctl', '--addr', 'tcp://buildkitd:1234', 'build'] }), 'DENIED'],
  ['a client of Docker', withEnvironment('DOCKER_HOST', 'tcp://docker:2375', 'docker:27-cli'), 'DENIED'],
  ['rclone', run('rclone', 'serve', 'http', 's3:files'), 'UNKNOWN'],
  ['rclone as a client', run('rclone', 'sync', 's3:files', '/data'), 'DENIED'],
  ['endpoints of Amazon ECS', deployment({ image: 'amazon/amazon-ecs-local-container-endpoints' }), 'UNKNOWN'],
  ['a proxy of kubectl', run('kubectl', 'proxy', '--address=0.0.0.0', '--accept-hosts=.*'), 'UNKNOWN'],
  ['a proxy of kubectl in its image', deployment({ image: 'bitnami/kubectl:1', args: ['proxy', '--address=0.0.0.0'] }), 'UNKNOWN'],
  ['a proxy of kubectl for the pod itself', run('kubectl', 'proxy', '--port=8001'), 'DENIED'],
  ['Argo Workflows without sign-in', deployment({ image: 'quay.io/argoproj/argocli:v3.6', args: ['server', '--auth-mode=server'] }), 'UNKNOWN'],
  ['Argo Workflows', deployment({ image: 'quay.io/argoproj/argocli:v3.6', args: ['server', '--auth-mode=client'] }), 'DENIED'],
  ['another service', custom('serving.knative.dev/v1', 'Service', { template: { spec: spec({}) } }), 'DENIED'],
])('pods of a cluster with %s may use its role, or not', (_, document, outcome) => {
  expect(decide({}, [document]).outcome).toBe(outcome);
});

test.each<[string, object, string]>([
  ['the chart of Ray', chart('ray-cluster'), 'UNKNOWN'],
  ['the chart of the operator of Ray', chart('kuberay-operator'), 'DENIED'],
  ['the chart of Dask', chart('dask'), 'UNKNOWN'],
  ['the chart of JupyterHub, which lets in any name', chart('jupyterhub'), 'UNKNOWN'],
  ['the chart of JupyterHub with the same class', chart('jupyterhub', { hub: { config: { JupyterHub: { authenticator_class: 'dummy' } } } }), 'UNKNOWN'],
  ['the chart of JupyterHub with sign-in', chart('jupyterhub', { hub: { config: { JupyterHub: { authenticator_class: 'generic-oauth' } } } }), 'DENIED'],
  ['the chart of Argo Workflows', chart('argo-workflows'), 'DENIED'],
  ['the chart of Argo Workflows without sign-in', chart('argo-workflows', { server: { authModes: ['server'] } }), 'UNKNOWN'],
  ['a chart with a debugger', chart('web', { args: ['node', '--inspect=0.0.0.0', 'app.js'] }), 'UNKNOWN'],
  ['a chart with a debugger for the pod itself', chart('web', { args: ['node', '--inspect', 'app.js'] }), 'DENIED'],
])('pods of a cluster with %s may use the roles of its namespace, or not', (_, resources, outcome) => {
  expect(decide(resources, []).outcome).toBe(outcome);
});

test('what acts on objects of the cluster gives the roles of all namespaces, and other servers that of their account', () => {
  expect(decide({}, [run('kubectl', 'proxy', '--address', '0.0.0.0')], 'sns:ListTopics').outcome).toBe('UNKNOWN');
  expect(decide({}, [run('dask-scheduler')], 'sns:ListTopics').outcome).toBe('DENIED');
});

test('code in a privileged container gives the roles of other pods of its node', () => {
  expect(decide({}, [deployment({ command: ['dask-scheduler'], securityContext: { privileged: true } })], 'sns:ListTopics').outcome).toBe('UNKNOWN');
  const privileged = custom('ray.io/v1', 'RayCluster', { headGroupSpec: { template: { spec: spec({ securityContext: { privileged: true } }) } } });
  expect(decide({}, [privileged], 'sns:ListTopics').outcome).toBe('UNKNOWN');
});

const tekton = (inner: object) => custom('triggers.tekton.dev/v1beta1', 'TriggerTemplate', { params: [{ name: 'image' }], resourcetemplates: [{ apiVersion: 'tekton.dev/v1', kind: 'TaskRun', ...inner }] });
const sensor = (template: object, more: object = {}) => custom('argoproj.io/v1alpha1', 'Sensor', {
  template: { serviceAccountName: 'other' }, dependencies: [{ name: 'd', eventSourceName: 'w', eventName: 'a' }], triggers: [{ template: { name: 't', ...template }, ...more }],
});
const workflow = (serviceAccountName: string) => ({ resource: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { generateName: 'x-' }, spec: { serviceAccountName, entrypoint: 'm' } } });
const from = (dest: string) => [{ src: { dependencyName: 'd', dataKey: 'body' }, dest }];
const COMMAND = from('spec.templates.0.container.args.0');

test.each<[string, object, string]>([
  ['a template of Tekton', tekton({ spec: { serviceAccountName: 'server', taskSpec: { steps: [{ image: '$(tt.params.image)' }] } } }), 'UNKNOWN'],
  ['a template of Tekton for another account', tekton({ spec: { serviceAccountName: 'other', params: [{ name: 'revision', value: '$(tt.params.image)' }] } }), 'DENIED'],
  ['a template of Tekton in another namespace', tekton({ metadata: { namespace: 'elsewhere' }, spec: { serviceAccountName: 'server', params: [{ value: '$(tt.params.image)' }] } }), 'UNKNOWN'],
  ['a template of Tekton that chooses the account', tekton({ spec: { serviceAccountName: '$(tt.params.image)' } }), 'UNKNOWN'],
  ['a template of Tekton without an account', tekton({ spec: { params: [{ value: '$(tt.params.image)' }] } }), 'UNKNOWN'],
  ['a template of Tekton with nothing of the event', tekton({ spec: { serviceAccountName: 'server', taskSpec: { steps: [{ image: 'busybox' }] } } }), 'DENIED'],
  ['a listener of Tekton with its template', custom('triggers.tekton.dev/v1beta1', 'EventListener', { triggers: [{ template: { spec: { resourcetemplates: [{ kind: 'PipelineRun', spec: { taskRunTemplate: { serviceAccountName: 'server' }, params: [{ value: '$(tt.params.x)' }] } }] } } }] }), 'UNKNOWN'],
  ['a pipeline of Tekton', custom('tekton.dev/v1', 'PipelineRun', { taskRunTemplate: { serviceAccountName: 'server' }, params: [{ name: 'a', value: 'b' }] }), 'DENIED'],
  ['a sensor of a workflow', sensor({ argoWorkflow: { operation: 'submit', source: workflow('server'), parameters: COMMAND } }), 'UNKNOWN'],
  ['a sensor of an object', sensor({ k8s: { operation: 'create', source: workflow('server'), parameters: COMMAND } }), 'UNKNOWN'],
  ['a sensor with parameters of its own', sensor({ k8s: { operation: 'create', source: workflow('server') } }, { parameters: from('k8s.source.resource') }), 'UNKNOWN'],
  ['a sensor of another account', sensor({ k8s: { operation: 'create', source: workflow('other'), parameters: COMMAND } }), 'DENIED'],
  ['a sensor that chooses the account', sensor({ k8s: { operation: 'create', source: workflow('other'), parameters: from('spec.serviceAccountName') } }), 'UNKNOWN'],
  ['a sensor of an object elsewhere', sensor({ k8s: { operation: 'create', source: { git: { url: 'https://example.com/r.git' } }, parameters: COMMAND } }), 'UNKNOWN'],
  ['a sensor with nothing of the event', sensor({ argoWorkflow: { operation: 'submit', source: workflow('server') } }), 'DENIED'],
  ['a sensor of a function with another account', sensor({ awsLambda: { functionName: 'f', payload: from('body') } }), 'DENIED'],
  ['a sensor of messages', sensor({ slack: { channel: 'c', parameters: from('message') } }), 'DENIED'],
])('pods of a cluster with %s may decide what pods with its role run, or not', (_, document, outcome) => {
  expect(decide({}, [document]).outcome).toBe(outcome);
});

test('a sensor invokes functions with its own account', () => {
  const invoking = { ...sensor({ awsLambda: { functionName: 'f', payload: from('body') } }), metadata: { name: 'it', namespace: 'elsewhere' } };
  expect(decide({}, [invoking], 'sns:ListTopics').outcome).toBe('UNKNOWN');
});

test('the answer says through what', () => {
  const missing = [run('dask-scheduler'), run('kubectl', 'proxy', '--address=0.0.0.0'), tekton({ spec: { serviceAccountName: 'server', params: [{ value: '$(tt.params.image)' }] } })]
    .map((document) => decide({}, [document]).missing[0]);
  expect(missing).toEqual([
    'whether pods run code in Deployment ops/it, which takes it from whoever calls it, get tokens of other pods, and with them the credentials of role Server',
    'whether pods act in the cluster through Deployment ops/it, which does what its callers ask, run pods or get tokens of other pods, and with them the credentials of role Server',
    'whether pods decide by events what TriggerTemplate ops/it runs, get tokens of other pods, and with them the credentials of role Server',
  ]);
});
