import { accessTo, LIST, role, rule, ruleFor, clusterRole } from './rbac-apps';

const CHANGED = role('ops', rule('', 'configmaps', 'get', 'patch'), rule('', 'secrets', 'update'));
const configMap = (data: object, kind = 'ConfigMap') => ({ apiVersion: 'v1', kind, metadata: { name: 'it', namespace: 'ops' }, [kind === 'Secret' ? 'stringData' : 'data']: data });
const running = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'ops' },
  spec: { template: { spec: { serviceAccountName: 'reader', containers: [{ name: 'it', image: 'app@sha256:1', ...container }], ...spec } } },
});
const mounting = (mountPath: string, container: object = {}, volume: object = { configMap: { name: 'it' } }, mount: object = {}) =>
  running({ ...container, volumeMounts: [{ name: 'files', mountPath, ...mount }] }, { volumes: [{ name: 'files', ...volume }] });
const variable = (name: string, valueFrom: object, container: object = {}) => running({ ...container, env: [{ name, valueFrom }] });
const BY_KEY = { configMapKeyRef: { name: 'it', key: 'value' } };
const SCRIPT = configMap({ 'run.sh': 'echo' });

const outcomeWith = (documents: object[], bound: object[]) => accessTo([...documents, ...bound]).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object[]]>([
  ['all variables from a ConfigMap', [running({ envFrom: [{ configMapRef: { name: 'it' } }] })]],
  ['all variables from a Secret', [running({ envFrom: [{ secretRef: { name: 'it' } }] })]],
  ['a variable that decides what it loads', [variable('NODE_OPTIONS', BY_KEY)]],
  ['a variable that decides where it sends its token', [variable('AWS_ENDPOINT_URL_STS', { secretKeyRef: { name: 'it', key: 'value' } })]],
  ['a variable that its command runs', [variable('TASK', BY_KEY, { command: ['sh', '-c', 'exec $TASK'] })]],
  ['a script as a file', [mounting('/etc/app'), SCRIPT]],
  ['a script as a file of another name', [mounting('/etc/app'), configMap({ run: '#!/bin/sh\necho' })]],
  ['a script by its path', [mounting('/etc/app', {}, { configMap: { name: 'it', items: [{ key: 'run', path: 'run.py' }] } })]],
  ['a script as one file', [mounting('/usr/local/run.sh', {}, { configMap: { name: 'it' } }, { subPath: 'run.sh' })]],
  ['a folder of scripts', [mounting('/scripts')]],
  ['a folder of scripts for a database', [mounting('/docker-entrypoint-initdb.d', {}, { secret: { secretName: 'it' } })]],
  ['a file that its command runs', [mounting('/work', { command: ['/work/start'] })]],
  ['a file that its shell runs', [mounting('/work', { command: ['sh', '-c', 'set -e; exec "/work/start"'] })]],
  ['a file that it runs in its folder', [mounting('/work', { workingDir: '/work', command: ['./run'] })]],
  ['a file that its probe runs', [mounting('/work', { livenessProbe: { exec: { command: ['/work/check'] } } })]],
  ['a file that it runs at its end', [mounting('/work', { lifecycle: { preStop: { exec: { command: ['/work/stop'] } } } })]],
  ['a folder that is called code', [mounting('/app/code')]],
  ['a folder in which SDKs look for credentials', [mounting('/root/.aws')]],
  ['a file that its shell reads', [mounting('/root/.bashrc', {}, { configMap: { name: 'it' } }, { subPath: 'rc' })]],
  ['a file with which an SDK gets credentials', [mounting('/work', { env: [{ name: 'AWS_CONFIG_FILE', value: '/work/aws.ini' }] })]],
  ['a file that a variable has it load', [mounting('/work', { env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-Xmx1g -javaagent:/work/agent' }] })]],
  ['settings with a command', [mounting('/etc/app'), configMap({ 'app.yaml': 'checks:\n  - name: disk\n    command: [df, -h]\n' })]],
  ['settings of processes', [mounting('/etc/app'), configMap({ 'supervisord.conf': '[program:web]\ncommand=node web.js' })]],
  ['settings with a script in JSON', [mounting('/etc/app'), configMap({ 'app.json': '{"a": {"b": 1, "script": "./run"}}' })]],
  ['scripts that Jenkins runs', [mounting('/var/jenkins_home/init.groovy.d')]],
  ['a script in Groovy', [mounting('/etc/app', {}, { configMap: { name: 'it', items: [{ key: 'a', path: 'a.groovy' }] } })]],
  ['what Jenkins is configured with', [mounting('/var/jenkins_home/casc_configs'), configMap({ 'jenkins.yaml': 'jenkins: {}' })]],
  ['from where it installs packages', [mounting('/etc', { command: ['sh', '-c', 'pip install shop && shop'] }), configMap({ 'pip.conf': '[global]' })]],
  ['a folder in which kubectl looks for its settings', [mounting('/root/.kube')]],
  ['a kubeconfig', [mounting('/etc/app', { args: ['--kubeconfig=/etc/app/app.yaml'] }), configMap({ 'app.yaml': 'apiVersion: v1\nkind: Config\nusers: []' })]],
  ['who may sign in to it', [mounting('/root/.ssh/authorized_keys', {}, { configMap: { name: 'it' } }, { subPath: 'keys' })]],
  ['settings of SSH', [mounting('/etc/ssh', {}, { configMap: { name: 'it', items: [{ key: 'a', path: 'sshd_config' }] } })]],
  ['a command of Fluent Bit', [mounting('/fluent-bit/etc'), configMap({ 'fluent-bit.conf': '[INPUT]\n    Name    exec\n    Command df -h\n' })]],
  ['a command of Fluentd', [mounting('/fluentd/etc'), configMap({ 'fluent.conf': '<match **>\n  @type exec_filter\n</match>' })]],
  ['a command of Telegraf', [mounting('/etc/telegraf'), configMap({ 'telegraf.conf': '[[inputs.exec]]\n  commands = ["df -h"]' })]],
  ['a command of Vector', [mounting('/etc/vector'), configMap({ 'vector.yaml': 'sources:\n  df:\n    type: exec\n' })]],
  ['settings of Fluent Bit, to which a command can be added', [mounting('/fluent-bit/etc'), configMap({ 'fluent-bit.conf': '[INPUT]\n    Name    tail\n' })]],
  ['settings of Telegraf that the templates do not show', [mounting('/etc/telegraf')]],
  ['settings of GitLab Runner', [mounting('/etc/gitlab-runner', {}, { secret: { secretName: 'it' } })]],
  ['settings of Apache Airflow', [mounting('/opt/airflow/airflow.cfg', {}, { configMap: { name: 'it' } }, { subPath: 'airflow.cfg' })]],
  ['what Terraform applies', [mounting('/work', { command: ['terraform', '-chdir=/work', 'apply', '-auto-approve'] }), configMap({ 'main.tf': 'resource "a" "b" {}' })]],
  ['what Ansible applies', [mounting('/work', { command: ['ansible-playbook', '/work/site.yml'] })]],
  ['what is applied to the cluster', [mounting('/work', { command: ['sh', '-c', 'sleep 9; kubectl apply --filename=/work/all.yaml'] })]],
  ['the packages that it installs', [mounting('/work', { command: ['sh', '-c', 'pip install -r /work/requirements.txt && app'] })]],
  ['classes that Java loads', [mounting('/work', { command: ['java', '-cp', '/work', 'Main'] })]],
  ['settings of processes that the templates do not show', [mounting('/work', { command: ['supervisord', '-c', '/work/supervisord.conf'] })]],
  ['settings of uWSGI', [mounting('/work', { command: ['uwsgi', '--ini', '/work/uwsgi.ini'] })]],
  ['settings of an agent of Vault', [mounting('/work', { command: ['vault', 'agent', '-config=/work/agent.hcl'] })]],
  ['a Dockerfile', [mounting('/work', { args: ['--dockerfile=/work/Dockerfile', '--context=/src'] })]],
  ['what shells run at first', [mounting('/etc/profile.d')]],
  ['what the loader loads', [mounting('/etc/ld.so.preload', {}, { configMap: { name: 'it' } }, { subPath: 'preload' })]],
  ['who may be root', [mounting('/etc/sudoers.d')]],
  ['what notebooks run at first', [mounting('/home/jovyan/.ipython/profile_default/startup')]],
  ['scripts of Confluent', [mounting('/etc/confluent/docker')]],
  ['Lua that a server runs', [mounting('/etc/nginx/lua')]],
  ['settings of logrotate', [mounting('/etc/logrotate.d'), mounting('/work', { command: ['logrotate', '/work/logrotate.conf'] })]],
  ['providers of Keycloak', [mounting('/opt/keycloak/providers')]],
  ['settings of Spark', [mounting('/opt/spark/conf'), configMap({ 'spark-defaults.conf': 'spark.eventLog.enabled true' })]],
  ['settings of Flink', [mounting('/opt/flink/conf')]],
  ['pods of runners of GitHub', [mounting('/work', { env: [{ name: 'ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE', value: '/work/pod.yaml' }] })]],
  ['pods of Apache Airflow', [mounting('/opt/airflow/pod_templates/pod_template_file.yaml', {}, { configMap: { name: 'it' } }, { subPath: 'pod' })]],
  ['pods of Apache Airflow by a variable', [mounting('/work', { env: [{ name: 'AIRFLOW__KUBERNETES_EXECUTOR__POD_TEMPLATE_FILE', value: '/work/pod.yaml' }] })]],
  ['pods of Spark', [mounting('/work', { args: ['spark-submit', '--conf', 'spark.kubernetes.executor.podTemplateFile=/work/pod.yaml', 'local:///it.jar'] })]],
  ['a file of several sources', [mounting('/work', {}, { projected: { sources: [{ configMap: { name: 'it', items: [{ key: 'a', path: 'a.js' }] } }] } })]],
])('who changes what a workload takes %s from runs code in it', (_, documents) => {
  expect(outcomeWith(documents, CHANGED)).toBe('UNKNOWN');
  expect(outcomeWith(documents, role('other', rule('', 'configmaps', 'patch'), rule('', 'secrets', 'update')))).toBe('DENIED');
  expect(outcomeWith(documents, role('ops', ruleFor(['leader'], '', 'configmaps', 'patch'), rule('', 'secrets', 'create')))).toBe('DENIED');
  expect(outcomeWith(documents, role('ops', rule('', 'configmaps', 'create', 'get', 'list', 'watch')))).toBe('DENIED');
});

test.each<[string, object[]]>([
  ['a variable with data', [variable('DATABASE_HOST', BY_KEY)]],
  ['an argument of its command', [variable('TOKEN', BY_KEY, { command: ['sh', '-c', 'curl -H "Authorization: Bearer $TOKEN" https://example.com'] })]],
  ['settings', [mounting('/etc/app'), configMap({ 'app.yaml': 'a: 1' })]],
  ['settings that mention commands', [mounting('/etc/app'), configMap({ 'app.yaml': 'a: 1 # no command\ndescription: "run: no script"\ncommandTimeout: 5' })]],
  ['settings that its arguments name', [mounting('/etc/app', { args: ['--config=/etc/app/app.yaml', '-c', '/etc/app/app.conf', '--folder', '/etc/app'] })]],
  ['settings and keys that its options name', [mounting('/etc/app', { args: ['--config=/etc/app/app.yaml', '--tls-key=/etc/app/tls.key', '--folder=/etc/app'] })]],
  ['a keystore and a token that its options name', [mounting('/etc/app', { args: ['--keystore=/etc/app/it.jks', '--store=/etc/app/it.p12', '--htpasswd=/etc/app/.htpasswd'] })]],
  ['settings that are called after profiles', [mounting('/etc/profiles'), mounting('/etc/app/providers')]],
  ['settings that a variable names', [mounting('/etc/app', { env: [{ name: 'CONFIG_PATH', value: '/etc/app' }, { name: 'JAVA_OPTS', value: '-Dlogging.config=/etc/app/log.xml' }] })]],
  ['settings beside what it applies', [mounting('/etc/app', { command: ['sh', '-c', 'app --config /etc/app/app.yaml; kubectl apply -f /opt/all.yaml'] })]],
  ['settings in a folder beside that in which it runs', [mounting('/app/config', { workingDir: '/app', livenessProbe: { httpGet: { path: '/app/config' } } })]],
  ['settings that are called after code', [mounting('/etc/app/modules.yaml', {}, { configMap: { name: 'it' } }, { subPath: 'modules.yaml' })]],
  ['settings of a source that is called executions', [mounting('/etc/app'), configMap({ 'app.yaml': 'sources:\n  a:\n    type: execution\n' })]],
  ['hosts that SSH knows', [mounting('/root/.ssh/known_hosts', {}, { configMap: { name: 'it' } }, { subPath: 'known_hosts' })]],
  ['an object of Kubernetes', [mounting('/etc/app'), configMap({ 'app.yaml': 'kind: ConfigMap' })]],
  ['a certificate', [mounting('/certificates', {}, { secret: { secretName: 'it', items: [{ key: 'tls.crt', path: 'tls.crt' }] } })]],
  ['one file of settings beside a script', [mounting('/etc/app', {}, { configMap: { name: 'it', items: [{ key: 'a', path: 'a.yaml' }] } }), SCRIPT]],
])('who changes what a workload takes %s from runs nothing', (_, documents) => {
  expect(outcomeWith(documents, CHANGED)).toBe('DENIED');
});

test('who may create what it may delete changes it', () => {
  const documents = [mounting('/scripts')];
  expect(outcomeWith(documents, role('ops', rule('', 'configmaps', 'create', 'delete')))).toBe('UNKNOWN');
  expect(outcomeWith(documents, role('ops', rule('', 'configmaps', 'create', 'deletecollection')))).toBe('UNKNOWN');
  expect(outcomeWith(documents, role('ops', rule('', 'configmaps', 'delete', 'deletecollection')))).toBe('DENIED');
});

test.each<[string, object, object[], string]>([
  ['that it may leave out', { optional: true }, [], 'UNKNOWN'],
  ['that it may leave out, and the templates have', { optional: true }, [SCRIPT], 'DENIED'],
  ['that it needs', { optional: false }, [], 'DENIED'],
])('who may create a ConfigMap decides what a workload runs of one %s, or not', (_, more, documents, outcome) => {
  const bound = role('ops', rule('', 'configmaps', 'create'));
  const all = [
    mounting('/scripts', {}, { configMap: { name: 'it', ...more } }), mounting('/scripts', {}, { projected: { sources: [{ configMap: { name: 'it', ...more } }] } }),
    running({ envFrom: [{ configMapRef: { name: 'it', ...more } }] }), variable('NODE_OPTIONS', { configMapKeyRef: { name: 'it', key: 'value', ...more } }),
  ];
  expect(all.map((document) => outcomeWith([document, ...documents], bound))).toEqual(all.map(() => outcome));
});

test('the answer names the workload and the binding', () => {
  expect(accessTo([mounting('/scripts'), ...CHANGED]).pod({ serviceAccountName: 'app' }).decide(LIST).missing)
    .toEqual(['whether pods change what Deployment ops/web runs by RoleBinding ci, get tokens of other pods, and with them the credentials of role Reader']);
});

test('who changes it in the whole cluster needs no names', () => {
  const entriesOnly = { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig: { AuthenticationMode: 'API' } } } };
  const outcome = (documents: object[]) => accessTo([...documents, ...clusterRole(rule('', 'configmaps', 'patch'))], [], entriesOnly)
    .pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect([[mounting('/scripts')], []].map(outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

const FLUX = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'web', namespace: 'ops' },
  spec: { chartRef: { kind: 'OCIRepository', name: 'web' }, valuesFrom: [{ kind: 'ConfigMap', name: 'values' }] },
};
const ARGO = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'web', namespace: 'ops' }, spec: { source: { repoURL: 'https://example.com/web.git' } } };

const ofGroup = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'web', namespace: 'ops' }, spec });

const ofPolicy = (part: object) =>
  ofGroup('kyverno.io/v1', 'ClusterPolicy', { rules: [{ name: 'it', context: [{ name: 'image', configMap: { name: 'values', namespace: 'ops' } }], ...part }] });

test('who changes what a policy of Kyverno only checks decides nothing', () => {
  expect(outcomeWith([ofPolicy({ validate: { message: 'no' } })], role('ops', ruleFor(['values'], '', 'configmaps', 'patch')))).toBe('DENIED');
});

test.each<[string, object, string]>([
  ['the values of a release of Flux', FLUX, 'values'],
  ['the settings of Argo CD', ARGO, 'argocd-cm'],
  ['the objects of an app of Carvel', ofGroup('kappctrl.k14s.io/v1alpha1', 'App', { fetch: [{ inline: { pathsFrom: [{ configMapRef: { name: 'values' } }] } }] }), 'values'],
  ['the values of a chart of Rancher', ofGroup('helm.cattle.io/v1', 'HelmChart', { chart: 'web', valuesSecrets: [{ name: 'values', keys: ['values.yaml'] }] }), 'values'],
  ['what a policy of Kyverno fills in', { ...ofPolicy({ mutate: { patchStrategicMerge: {} } }), metadata: { name: 'web' } }, 'values'],
  ['the objects of a profile of Sveltos', { ...ofGroup('config.projectsveltos.io/v1beta1', 'ClusterProfile', { policyRefs: [{ kind: 'ConfigMap', name: 'values', namespace: 'ops' }] }), metadata: { name: 'web' } }, 'values'],
])('who changes %s decides what is applied', (_, document, name) => {
  const outcomes = [role('ops', ruleFor([name], '', 'configmaps', 'patch')), role('ops', ruleFor(['leader'], '', 'configmaps', 'patch')), role('other', rule('', 'configmaps', 'patch'))]
    .map((bound) => outcomeWith([document], bound));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED', 'DENIED']);
});
