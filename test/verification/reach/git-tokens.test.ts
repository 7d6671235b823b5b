import { admin, decisionOf, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects } from '../templates';

const URL = 'https://github.com/acme/dags';
const OPS = { Other: accountRole('ops:admin', allow(LIST)) };
const inOps = (kind: object) => ({ ...kind, metadata: { ...(kind as { metadata?: object }).metadata, namespace: 'ops' } });
const applied = (...documents: object[]) => ({ ...OPS, Ops: objects(inOps(account('admin', 'Other')), ...documents) });
const cloning = (container: object, more: object = {}) => inOps(job('sync', 'admin', { containers: [{ name: 'main', image: 'python:3' }], initContainers: [{ name: 'git', image: 'alpine', ...container }], ...more }));
const script = (text: string, more: object = {}) => cloning({ command: ['sh', '-c', text], ...more });
const own = (container: object, more: object = {}) => job('own', 'app', { containers: [{ name: 'main', image: 'bot', ...container }], ...more });
const ofSecret = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
const GITHUB_TOKEN = { env: [{ name: 'GITHUB_TOKEN', value: 'x' }] };
const gitSync = (more: object = {}) => cloning({ image: 'registry.k8s.io/git-sync/git-sync:v4.4.0', args: [`--repo=${URL}`, '--root=/git'], ...more });
const object = (apiVersion: string, kind: string, name: string, spec: object) => ({ apiVersion, kind, metadata: { name, namespace: 'ops' }, spec });
const argo = (repoURL: string) => object('argoproj.io/v1alpha1', 'Application', 'fleet', { source: { repoURL, path: '.' }, destination: { server: 'https://kubernetes.default.svc' } });
const flux = (url: string) => object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'fleet', { url, interval: '1m' });
const task = (command: string[]) => ({ ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'alpine', Command: command }] } } });
const pipeline = (Provider: string, Configuration: object) => ({
  ...admin('codepipeline'),
  It: { Type: 'AWS::CodePipeline::Pipeline', Properties: { RoleArn: arnOf('Admin'), Stages: [{ Actions: [{ Name: 'Source', ActionTypeId: { Provider }, Configuration }] }] } },
});
const build = (Source: object) => ({ ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source } } });
const withOwn = (resources: object, container: object = GITHUB_TOKEN) => ({ ...resources, Own: objects(own(container)) });

test.each<[string, object, string]>([
  ['a script', applied(script('git clone https://x:$TOKEN@github.com/acme/dags.git && python dags/run.py')), 'UNKNOWN'],
  ['a script by SSH', applied(script('git clone git@github.com:acme/dags')), 'UNKNOWN'],
  ['a script by a variable', applied(script('git clone --depth 1 "$REPO" /dags')), 'UNKNOWN'],
  ['a script of pip', applied(script('pip install git+https://github.com/acme/dags@main')), 'UNKNOWN'],
  ['a tool, by an option', applied(gitSync()), 'UNKNOWN'],
  ['a tool, by an option in words of its own', applied(gitSync({ args: ['--repo', URL, '--ref=main'] })), 'UNKNOWN'],
  ['a tool, by a variable', applied(gitSync({ args: [], env: [{ name: 'GITSYNC_REPO', value: URL }] })), 'UNKNOWN'],
  ['Argo CD', applied(argo(URL)), 'UNKNOWN'],
  ['Flux', applied(flux('ssh://git@github.com/acme/dags')), 'UNKNOWN'],
  ['a task', task(['sh', '-c', `git clone ${URL} && sh dags/run.sh`]), 'UNKNOWN'],
  ['a build, by a URL without an end', build({ Type: 'GITHUB', Location: URL }), 'UNKNOWN'],
  ['a build', build({ Type: 'GITHUB', Location: `${URL}.git` }), 'UNKNOWN'],
  ['a pipeline', pipeline('GitHub', { Owner: 'acme', Repo: 'dags' }), 'UNKNOWN'],
  ['a pipeline, by a connection', pipeline('CodeStarSourceConnection', { ConnectionArn: 'arn:aws:codeconnections:us-west-2:111122223333:connection/aaaa-1111', FullRepositoryId: 'acme/dags' }), 'UNKNOWN'],
  ['no program, but a script of AWS CodeCommit', applied(script('git clone https://git-codecommit.us-west-2.amazonaws.com/v1/repos/dags')), 'DENIED'],
  ['a shell, of a file', applied(script('curl -fsSL https://raw.githubusercontent.com/acme/dags/main/run.sh | sh')), 'UNKNOWN'],
  ['a shell, of a file of GitLab', applied(script('curl -s https://gitlab.com/acme/dags/-/raw/main/run.sh | bash -s')), 'UNKNOWN'],
  ['kubectl', applied(script('kubectl apply -f https://raw.githubusercontent.com/acme/dags/main/all.yaml')), 'UNKNOWN'],
  ['a script, of a release', applied(script('curl -L -o /usr/bin/dags https://github.com/acme/dags/releases/download/v1/dags')), 'UNKNOWN'],
  ['a script, of an archive', applied(script('wget https://github.com/acme/dags/archive/refs/heads/main.zip && unzip main.zip')), 'UNKNOWN'],
  ['a task, of a file', task(['sh', '-c', 'curl https://raw.githubusercontent.com/acme/dags/main/run.sh | sh']), 'UNKNOWN'],
  ['a program, by the URL of a file', applied(cloning({ args: ['--file', 'https://raw.githubusercontent.com/acme/dags/main/run.py'] })), 'UNKNOWN'],
  ['no program, but a file with data is got', applied(script('curl https://raw.githubusercontent.com/acme/dags/main/rates.csv')), 'DENIED'],
  ['no program, but a file of another host is run', applied(script('curl https://tools.example.com/acme/dags/main/run.sh | sh')), 'DENIED'],
  ['a script, of a release that it unpacks', applied(script('curl -L https://github.com/acme/dags/releases/download/v1/x.tar.gz | tar x')), 'UNKNOWN'],
  ['no program, but an API is asked', applied(script('curl https://api.github.com/repos/acme/dags')), 'DENIED'],
  ['no program, but an annotation names it', applied({ ...script('run'), metadata: { name: 'sync', namespace: 'ops', annotations: { 'org.opencontainers.image.source': URL, 'git': `${URL}.git` } } }), 'DENIED'],
  ['no program, but a page of it is named', applied(cloning({ env: [{ name: 'ISSUES_URL', value: `${URL}/issues` }] })), 'DENIED'],
  ['no program, but a variable has the address of a provider', applied(cloning({ env: [{ name: 'GITHUB_URL', value: 'https://github.com' }] })), 'DENIED'],
])('a pod with a token of a Git provider might change what others run from a repository, or not: %s takes code from it', (_, resources, outcome) => {
  expect(decisionOf(withOwn(resources)).outcome).toBe(outcome);
  expect(decisionOf(withOwn(resources, { env: [{ name: 'SLACK_TOKEN', value: 'x' }, { name: 'STRIPE_API_KEY', value: 'x' }] })).outcome).toBe('DENIED');
});

const CREDENTIALS = ofSecret('GITSYNC_PASSWORD', 'git-credentials', 'password');
const BY_PASSWORD = gitSync({ env: [CREDENTIALS, ofSecret('GITSYNC_USERNAME', 'git-credentials', 'user')] });
const BY_URL = script('git clone https://$TOKEN@github.com/acme/dags', { env: [ofSecret('TOKEN', 'shared', 'pat'), ofSecret('DB', 'shared', 'db')] });
const BY_HEADER = script('git -c http.extraHeader="Authorization: bearer $TOKEN" clone https://github.com/acme/dags', { env: [ofSecret('TOKEN', 'shared', 'pat')] });
const mount = (name: string, mountPath = `/${name}`) => ({ name, mountPath });
const VOLUMES = ['keys', 'certs', 'git-credentials', 'shared'].map((name) => ({ name, secret: { secretName: name } }));
const withVolumes = (document: any) => ({ ...document, spec: { template: { spec: { ...document.spec.template.spec, volumes: VOLUMES } } } });
const BY_SSH = withVolumes(script('git clone git@github.com:acme/dags', {
  env: [{ name: 'GIT_SSH_COMMAND', value: 'ssh -i /keys/it' }], volumeMounts: [mount('keys'), mount('certs')],
}));
const BY_FLUX = { ...flux(URL), spec: { url: URL, secretRef: { name: 'keys' } } };
const SHOWN = { apiVersion: 'v1', kind: 'Secret', stringData: { user: 'x', password: 'x' } };
const shown = (namespace: string) => ({ ...SHOWN, metadata: { name: 'git-credentials', namespace } });
const decideIn = (namespace: string, documents: object[], container: object, ...statements: object[]) => {
  const ownJob = { ...withVolumes(own(container)), metadata: { name: 'own', namespace } };
  const applying = applied(...(documents.includes(BY_SSH) ? [] : [shown('ops'), shown('default')]), ...documents);
  const resources = { ...applying, Role: accountRole(`${namespace}:app`, ...statements), Own: objects(account('app', 'Role', namespace), ownJob) };
  return verification.PodAccess.fromTemplates(clusterTemplate(resources)).assume({ noOtherNodes: true }).pod({ namespace, serviceAccountName: 'app' });
};

test.each<[string, object, object, string]>([
  ['the password of git-sync', BY_PASSWORD, { env: [ofSecret('PASSWORD', 'git-credentials', 'password')] }, 'UNKNOWN'],
  ['all of the Secret of git-sync', BY_PASSWORD, { envFrom: [{ secretRef: { name: 'git-credentials' } }] }, 'UNKNOWN'],
  ['the Secret of git-sync in a volume', BY_PASSWORD, { volumeMounts: [mount('git-credentials')] }, 'UNKNOWN'],
  ['the variable of a URL', BY_URL, { env: [ofSecret('X', 'shared', 'pat')] }, 'UNKNOWN'],
  ['the variable of a URL in a volume', BY_URL, { volumeMounts: [mount('shared')] }, 'UNKNOWN'],
  ['the variable of a header', BY_HEADER, { env: [ofSecret('X', 'shared', 'pat')] }, 'UNKNOWN'],
  ['the key of SSH', BY_SSH, { volumeMounts: [mount('keys')] }, 'UNKNOWN'],
  ['the Secret of Flux', BY_FLUX, { volumeMounts: [mount('keys')] }, 'UNKNOWN'],
  ['the password of a database of what clones', BY_URL, { env: [ofSecret('X', 'shared', 'db')] }, 'DENIED'],
  ['a certificate of what clones', BY_SSH, { volumeMounts: [mount('certs')] }, 'DENIED'],
  ['another Secret', BY_PASSWORD, { env: [ofSecret('PASSWORD', 'shared', 'password')] }, 'DENIED'],
  ['nothing', BY_PASSWORD, {}, 'DENIED'],
])('a pod that has what others sign in with to clone might push to the repository, or not: %s', (_, document, container, outcome) => {
  expect(decideIn('ops', [document], container).decide(LIST).outcome).toBe(outcome);
  expect(decideIn('default', [document], container).decide(LIST).outcome).toBe('DENIED');
});

const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
const external = (name: string, ...keys: string[]) =>
  object('external-secrets.io/v1', 'ExternalSecret', name, { target: { name }, data: keys.map((key) => ({ secretKey: key, remoteRef: { key: `store-${key}` } })) });

const generated = (kind: string) => object('external-secrets.io/v1', 'ExternalSecret', 'shared', {
  target: { name: 'shared' }, dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind, name: 'it' } } }],
});

test.each([['GithubAccessToken', 'UNKNOWN'], ['Password', 'DENIED']])('a pod might push with what External Secrets generates by a %s, or not', (kind, outcome) => {
  const documents = [gitSync(), generated(kind)];
  expect(decideIn('ops', documents, { env: [ofSecret('X', 'shared', 'token')] }).decide(LIST).outcome).toBe(outcome);
  expect(decideIn('ops', documents, { volumeMounts: [mount('shared')] }).decide(LIST).outcome).toBe(outcome);
  expect(decideIn('ops', documents, { volumeMounts: [mount('certs')] }).decide(LIST).outcome).toBe('DENIED');
});

test.each<[string, object[], string, string]>([
  ['the password of git-sync', [BY_PASSWORD, external('git-credentials', 'user', 'password')], 'store-password', 'UNKNOWN'],
  ['the variable of a URL', [BY_URL, external('shared', 'pat', 'db')], 'store-pat', 'UNKNOWN'],
  ['the key of SSH', [BY_SSH, external('keys', 'it')], 'store-it', 'UNKNOWN'],
  ['something else of the same Secret', [BY_URL, external('shared', 'pat', 'db')], 'store-db', 'DENIED'],
  ['the password of a database', [BY_URL, external('db', 'password')], 'store-password', 'DENIED'],
])('so might one that reads where it comes from, or not: %s', (_, documents, name, outcome) => {
  expect(decideIn('default', documents, {}, reads(name)).decide(LIST).outcome).toBe(outcome);
  expect(decideIn('default', documents, {}, reads('other')).decide(LIST).outcome).toBe('DENIED');
});

const PUSHES = allow('codeconnections:UseConnection');
const secretOfTask = (text: string, Name: string) => ({
  Sync: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'alpine', Command: ['sh', '-c', text], Secrets: [{ Name, ValueFrom: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:pat-abcdef' }] }] } },
});

test.each<[string, object, object, string]>([
  ['uses a connection', applied(gitSync()), PUSHES, 'UNKNOWN'],
  ['only pulls by a connection', applied(gitSync()), { ...PUSHES, Condition: { StringEquals: { 'codeconnections:ProviderAction': 'GitPull' } } }, 'DENIED'],
  ['uses a connection, while no repository is cloned', applied(script('run')), PUSHES, 'DENIED'],
  ['reads the token of a task', { ...applied(gitSync()), ...secretOfTask('run', 'GH_TOKEN') }, reads('pat'), 'UNKNOWN'],
  ['reads the token in a URL of a task', { ...applied(gitSync()), ...secretOfTask('git clone https://$IT@github.com/acme/x', 'IT') }, reads('pat'), 'UNKNOWN'],
  ['reads another secret of a task', { ...applied(gitSync()), ...secretOfTask('git clone https://github.com/acme/x; curl https://$IT@example.com', 'IT') }, reads('pat'), 'DENIED'],
])('a pod that %s might push to the repository of others, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const bound = (resources: string[], more: object = {}) => ['Role', 'RoleBinding'].map((kind) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'viewer', namespace: 'ops' },
  ...(kind === 'Role' ? { rules: [{ apiGroups: [''], resources, verbs: ['get'], ...more }] }
    : { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'viewer' }, subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }] }),
}));

test.each<[string, object[], string]>([
  ['Secrets', [external('keys', 'it'), ...bound(['secrets'])], 'UNKNOWN'],
  ['Secrets that the templates do not show', bound(['secrets']), 'UNKNOWN'],
  ['Secrets, of something else', [external('certs', 'it'), ...bound(['secrets'], { resourceNames: ['certs'] })], 'DENIED'],
  ['ConfigMaps', [external('keys', 'it'), ...bound(['configmaps'])], 'DENIED'],
])('so might one that may read %s in the namespace of what clones, or not', (_, documents, outcome) => {
  expect(decideIn('default', [BY_SSH, ...documents], {}).decide(LIST).outcome).toBe(outcome);
});

test('the answer names the variable, and what clones', () => {
  expect(decideIn('ops', [BY_URL], GITHUB_TOKEN).decide(LIST).missing).toEqual([expect.stringMatching(/change the code of Job ops\/sync with volume GITHUB_TOKEN with tokens of repositories of Job ops\/own/)]);
});

test.each<[string, object[], string]>([
  ['what others run', [gitSync()], 'UNKNOWN'],
  ['nothing', [], 'DENIED'],
])('pods with tokens for the same repositories are one volume, with which each changes %s', (_, documents, outcome) => {
  const holders = ['first', 'second'].map((name) => job(name, name, { containers: [{ name: 'main', image: 'bot', ...GITHUB_TOKEN }] }));
  const access = decisionOf({ ...applied(...documents), Own: objects(...holders, own(GITHUB_TOKEN), own(GITHUB_TOKEN)) });
  expect(access.outcome).toBe(outcome);
  expect(access.missing ?? []).toEqual(outcome === 'DENIED' ? [] : [expect.stringMatching(/with volume GITHUB_TOKEN with tokens of repositories of Job default\/first and others/)]);
});
