import { accessTo, LIST, role, rule } from './rbac-apps';
import { allow } from '../templates';

/** What tells an object of some kind apart: a container, and what its pods have besides. */
interface Told {
  readonly documents: object[];
  readonly resources?: object;
}
type Tell = (container: object, volumes: object[]) => Told;

const IMAGE = `app@sha256:${'a'.repeat(64)}`;
const object = (apiVersion: string, kind: string, spec: object, namespace = 'ops') => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const only = (...documents: object[]): Told => ({ documents });
const values = (container: object, volumes: object[]) => ({ worker: { serviceAccount: { name: 'reader' }, sidecars: [{ name: 'it', image: IMAGE, ...container }] }, extraVolumes: volumes });
const application = (helm: object) => object('argoproj.io/v1alpha1', 'Application', {
  source: { repoURL: 'https://charts.example.org', chart: 'it', targetRevision: '1.0.0', helm }, destination: { server: 'https://kubernetes.default.svc', namespace: 'ops' },
}, 'argocd');
/** A value as YAML. */
const textOf = (value: object, indent = ''): string => Object.entries(value).map(([key, item]) => {
  const start = `${indent}${Array.isArray(value) ? '-' : `${key}:`}`;
  return typeof item === 'object' ? `${start}\n${textOf(item, `${indent}  `)}` : `${start} ${JSON.stringify(item)}\n`;
}).join('');
const chart = (Values: object) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Repository: 'https://charts.example.org', Namespace: 'ops', Values: JSON.stringify(Values) } },
});

const withValues = (own: object) => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'it' } }, values: { serviceAccount: { name: 'reader' }, ...own } });

const KINDS: ReadonlyArray<readonly [string, Tell]> = [
  ['a workflow of Argo', (container, volumes) => only(object('argoproj.io/v1alpha1', 'CronWorkflow', {
    workflowSpec: { serviceAccountName: 'reader', entrypoint: 'it', volumes, templates: [{ name: 'it', container: { image: IMAGE, ...container } }] },
  }))],
  ['a run of Tekton', (container, volumes) => only(object('tekton.dev/v1', 'PipelineRun', {
    taskRunTemplate: { serviceAccountName: 'reader' }, pipelineSpec: { tasks: [{ name: 'it', taskSpec: { volumes, steps: [{ name: 'it', image: IMAGE, ...container }] } }] },
  }))],
  ['a job of Spark', (container, volumes) => only(object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile: 'local:///app.py', volumes, driver: { serviceAccount: 'reader', ...container } }))],
  ['a model of KServe', (container, volumes) => only(object('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { serviceAccountName: 'reader', volumes, containers: [{ name: 'it', image: IMAGE, ...container }] } }))],
  ['an object of a kind that is not known', (container, volumes) => only(object('example.com/v1', 'Thing', { podSpec: { serviceAccountName: 'reader', volumes, containers: [{ name: 'it', image: IMAGE, ...container }] } }))],
  ['an object that names no account', (container, volumes) => only(object('example.com/v1', 'Thing', { podSpec: { volumes, containers: [{ name: 'it', image: IMAGE, ...container }] } }))],
  ['a chart', (container, volumes) => ({ documents: [], resources: chart(values(container, volumes)) })],
  ['values of Argo CD', (container, volumes) => only(application({ valuesObject: values(container, volumes) }))],
  ['values of Argo CD as a text', (container, volumes) => only(application({ values: textOf(values(container, volumes)) }))],
  ['values of Flux', (container, volumes) => only(object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'it' } }, values: values(container, volumes) }))],
];

const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'ops' }, data });
const changes = (namespace: string) => role(namespace, rule('', 'configmaps', 'update'));
const claimed = (claimName: string) => ({ name: 'files', persistentVolumeClaim: { claimName } });
const workload = (name: string, namespace: string, spec: object) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { template: { metadata: { labels: { app: name } }, spec } },
});
const writer = (claimName: string) => workload('writer', 'ops', {
  serviceAccountName: 'writer', containers: [{ name: 'it', image: IMAGE, volumeMounts: [{ name: 'files', mountPath: '/data' }] }], volumes: [claimed(claimName)],
});
const writerAlone = workload('writer', 'ops', { serviceAccountName: 'writer', containers: [{ name: 'it', image: IMAGE }] });
const mounting = (mountPath: string, ...command: string[]) => ({ command, volumeMounts: [{ name: 'files', mountPath }] });
const server = [
  workload('web', 'default', { serviceAccountName: 'app', containers: [{ name: 'it', image: IMAGE }] }),
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
];
const filled = object('external-secrets.io/v1', 'ExternalSecret', { target: { name: 'it' }, data: [{ secretKey: 'options', remoteRef: { key: 'prod/options' } }] });
const putSecret = (name: string) => [allow('secretsmanager:PutSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-*`)];

/** A container and volumes, and with what the pod may decide what runs, or not. */
interface Way {
  readonly container: object;
  readonly volumes?: object[];
  readonly open: readonly [object[], object[]?];
  readonly closed: readonly [object[], object[]?];
}

const WAYS: ReadonlyArray<readonly [string, Way]> = [
  ['changes all variables', { container: { envFrom: [{ configMapRef: { name: 'it' } }] }, open: [[configMap({}), ...changes('ops')]], closed: [[configMap({}), ...changes('default')]] }],
  ['changes a variable that decides what is loaded', {
    container: { env: [{ name: 'NODE_OPTIONS', valueFrom: { configMapKeyRef: { name: 'it', key: 'options' } } }] },
    open: [[configMap({ options: '' }), ...changes('ops')]],
    closed: [[configMap({ options: '' }), ...changes('default')]],
  }],
  ['changes a script', {
    container: mounting('/scripts', 'sh', '/scripts/run.sh'),
    volumes: [{ name: 'files', configMap: { name: 'it' } }],
    open: [[configMap({ 'run.sh': 'echo' }), ...changes('ops')]],
    closed: [[configMap({ 'run.sh': 'echo' }), ...changes('default')]],
  }],
  ['changes the secret of a variable', { container: { env: [{ name: 'NODE_OPTIONS', valueFrom: { secretKeyRef: { name: 'it', key: 'options' } } }] }, open: [[filled], putSecret('prod/options')], closed: [[filled], putSecret('prod/other')] }],
  ['serves a script', { container: { command: ['sh', '-c', 'curl http://web.default.svc/run.sh | sh'] }, open: [server], closed: [server.slice(0, 1)] }],
  ['answers requests for credentials', { container: { env: [{ name: 'AWS_ENDPOINT_URL_STS', value: 'http://web.default.svc' }] }, open: [server], closed: [server.slice(0, 1)] }],
];

describe.each(KINDS)('%s', (_, tell) => {
  test.each(WAYS)('gives its credentials to a pod that %s, and no other', (__, { container, volumes = [], open, closed }) => {
    const { documents, resources } = tell(container, volumes);
    const outcomeOf = ([more, statements]: Way['open']) => accessTo([...documents, ...more], statements, resources).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
    expect(outcomeOf(open)).toBe('UNKNOWN');
    expect(outcomeOf(closed)).toBe('DENIED');
  });

  test('gives its credentials to a pod with a volume from which it runs files, and no other', () => {
    const { documents, resources } = tell(mounting('/work', 'sh', '/work/run.sh'), [claimed('shared')]);
    const outcomeOf = (claimName: string) =>
      accessTo([...documents, writer(claimName)], [], resources).pod({ namespace: 'ops', serviceAccountName: 'writer' }).decide(LIST).outcome;
    expect(outcomeOf('shared')).toBe('UNKNOWN');
    expect(outcomeOf('other')).toBe('DENIED');
  });
});

const workflow = (parameter: string, command: string) => object('argoproj.io/v1alpha1', 'Workflow', {
  serviceAccountName: 'reader',
  arguments: { parameters: [{ name: parameter, valueFrom: { configMapKeyRef: { name: 'it', key: 'options' } } }] },
  templates: [{ name: 'it', script: { image: IMAGE, command: ['sh'], source: command } }],
});
const pipeline = (workspace: object, script: string) => object('tekton.dev/v1', 'PipelineRun', {
  taskRunSpecs: [{ pipelineTaskName: 'it', taskServiceAccountName: 'reader' }],
  workspaces: [{ name: 'files', ...workspace }],
  pipelineSpec: { tasks: [{ name: 'it', workspaces: [{ name: 'own', workspace: 'files' }], taskSpec: { workspaces: [{ name: 'own' }], steps: [{ name: 'it', image: IMAGE, script }] } }] },
});
const spark = (mainApplicationFile: string, driver: object, more: object = {}) =>
  object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile, driver: { serviceAccount: 'reader', ...driver }, ...more });
const BY_KEY = { valueFrom: { configMapKeyRef: { name: 'it', key: 'options' } } };
const outcomeIf = (namespace: string, ...documents: object[]) => accessTo([...documents, ...changes(namespace)]).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object, object]>([
  ['all variables under another name', withValues({ extraEnvVarsCM: 'it' }), {}],
  ['all variables of a list', withValues({ envFromConfigMaps: [{ name: 'it' }] }), {}],
  ['all variables in a text', withValues({ extraEnvFrom: '- configMapRef:\n    name: it\n' }), {}],
  ['a variable by its name', withValues({ env: { NODE_OPTIONS: BY_KEY } }), {}],
  ['the scripts of a database', withValues({ primary: { initdb: { scriptsConfigMap: 'it' } } }), {}],
  ['a script at a path', withValues({ extraConfigmapMounts: [{ name: 'files', configMap: 'it', mountPath: '/opt/it' }] }), { 'run.sh': 'echo' }],
  ['a script of an additional volume', withValues({ extraVolumes: [{ name: 'files', configMap: { name: 'it' } }], extraVolumeMounts: [{ name: 'files', mountPath: '/scripts' }] }), {}],
  ['a script by the type of its volume', withValues({ persistence: { files: { type: 'configMap', name: 'it' } } }), { 'run.sh': 'echo' }],
  ['a parameter that is run', workflow('command', '{{workflow.parameters.command}}'), {}],
  ['a workspace with a script', pipeline({ configMap: { name: 'it' } }, 'sh $(workspaces.own.path)/run.sh'), {}],
  ['a file of a job', spark('local:///work/job', { configMaps: [{ name: 'it', path: '/work' }] }), {}],
  ['variables beside a template', spark('local:///job.py', { envFrom: [{ configMapRef: { name: 'it' } }] }, { executor: { template: { spec: { containers: [{ name: 'it', image: IMAGE }] } } } }), {}],
  ['a workflow that a sensor creates', object('argoproj.io/v1alpha1', 'Sensor', {
    triggers: [{
      template: {
        k8s: {
          source: {
            resource: object('argoproj.io/v1alpha1', 'Workflow', {
              serviceAccountName: 'reader', templates: [{ container: { image: IMAGE, envFrom: [{ configMapRef: { name: 'it' } }] } }],
            }),
          },
        },
      },
    }],
  }, 'events'), {}],
  ['a patch of its pods', object('argoproj.io/v1alpha1', 'Workflow', { serviceAccountName: 'reader', podSpecPatch: 'containers:\n  - name: main\n    envFrom:\n      - configMapRef:\n          name: it\n' }), {}],
])('who changes %s of something without a template of pods runs code in it', (_, document, data) => {
  expect(outcomeIf('ops', document, configMap(data))).toBe('UNKNOWN');
  expect(outcomeIf('default', document, configMap(data))).toBe('DENIED');
});

test.each<[string, object, object]>([
  ['settings', withValues({ existingConfigmap: 'it' }), { 'app.yaml': 'a: 1' }],
  ['settings at a path', withValues({ extraVolumes: [{ name: 'files', configMap: { name: 'it' } }], extraVolumeMounts: [{ name: 'files', mountPath: '/etc/it' }] }), { 'app.yaml': 'a: 1' }],
  ['a bundle of certificates', object('example.com/v1', 'Thing', { caBundle: { configMap: { name: 'it', key: 'ca.crt' } } }), { 'ca.crt': 'it' }],
  ['dashboards', withValues({ dashboardsConfigMaps: { default: 'it' } }), { 'it.json': '{}' }],
  ['a parameter with data', workflow('date', 'app --date {{workflow.parameters.date}}'), {}],
])('who changes %s of something without a template of pods runs nothing', (_, document, data) => {
  expect(outcomeIf('ops', document, configMap(data))).toBe('DENIED');
});

test.each<[string, object]>([
  ['a chart', withValues({ dags: { persistence: { existingClaim: 'shared' } } })],
  ['a pipeline', pipeline({ persistentVolumeClaim: { claimName: 'shared' } }, 'sh $(workspaces.own.path)/run.sh')],
])('pods with the claim of %s might change what it runs, and a claim of its own gives nothing', (_, document) => {
  const outcomeOf = (...documents: object[]) => accessTo(documents).pod({ namespace: 'ops', serviceAccountName: 'writer' }).decide(LIST).outcome;
  expect(outcomeOf(document, writer('shared'))).toBe('UNKNOWN');
  expect(outcomeOf(document, writer('other'))).toBe('DENIED');
});

test('pods of one account might change what another account of the same object runs', () => {
  const workers = { workers: { serviceAccount: { name: 'writer' } } };
  const outcomeOf = (accounts: object) => accessTo([withValues({ ...accounts, dags: { persistence: { existingClaim: 'shared' } } }), writerAlone])
    .pod({ namespace: 'ops', serviceAccountName: 'writer' }).decide(LIST).outcome;
  expect(outcomeOf(workers)).toBe('UNKNOWN');
  expect(outcomeOf({})).toBe('DENIED');
});

test('the pods of something without a template might change what others run of its volume', () => {
  const reader = workload('reader', 'ops', { serviceAccountName: 'reader', containers: [{ name: 'it', image: IMAGE, ...mounting('/work', 'sh', '/work/run.sh') }], volumes: [claimed('shared')] });
  const outcomeOf = (claimName: string) => accessTo([
    reader, object('tekton.dev/v1', 'TaskRun', { serviceAccountName: 'writer', workspaces: [{ name: 'files', persistentVolumeClaim: { claimName } }] }), writerAlone,
  ]).pod({ namespace: 'ops', serviceAccountName: 'writer' }).decide(LIST).outcome;
  expect(outcomeOf('shared')).toBe('UNKNOWN');
  expect(outcomeOf('other')).toBe('DENIED');
});

test('the script in a Secret gets code from the host of a Service', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it', namespace: 'ops' }, stringData: { 'run.sh': 'curl http://web.default.svc/run.sh | sh' } };
  const outcomeOf = (...documents: object[]) => accessTo([secret, ...documents]).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect(outcomeOf(...server)).toBe('UNKNOWN');
  expect(outcomeOf(...server.slice(0, 1))).toBe('DENIED');
});

const GET = 'aws ssm get-parameter --name /run --output text';
test.each<[string, (script: string) => object]>([
  ['an object', (setup) => object('example.com/v1', 'Thing', { serviceAccountName: 'reader', setup })],
  ['a variable', (value) => workload('it', 'ops', { serviceAccountName: 'reader', containers: [{ name: 'it', image: IMAGE, env: [{ name: 'STARTUP', value }] }] })],
  ['a text with values', (script) => application({ values: `serviceAccount:\n  name: reader\ninit: |\n  ${script}\n` })],
  ['values', (init) => withValues({ init })],
])('who changes the parameter that a script in %s runs runs code with it', (_, documentFor) => {
  const outcomeOf = (script: string, ...names: string[]) => accessTo([documentFor(script)], names.map((name) => allow('ssm:PutParameter', `arn:aws:ssm:us-west-2:111122223333:parameter/${name}`)))
    .pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect(outcomeOf(`${GET} | sh`, 'run')).toBe('UNKNOWN');
  expect(outcomeOf(`${GET} | sh`, 'other')).toBe('DENIED');
  expect(outcomeOf(`${GET} > /tmp/value`, 'run')).toBe('DENIED');
});
