import { accessTo, APP, BINDING, clusterRole, decide, everywhere, LIST, RBAC, rbac, rule } from './rbac-apps';

const RULES = [rule('', 'pods', 'create'), rule('apps', 'deployments', 'get')];
const indented = (text: string, by: string) => text.split('\n').map((line) => `${by}${line}`).join('\n');

const chart = (values: unknown, Namespace = 'default', more: object = {}) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Chart: 'web', Namespace, Values: JSON.stringify(values), ...more } },
});
const outcomeWith = (more: object) => accessTo([], [], more).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object]>([
  ['objects of the chart', { extraObjects: [JSON.parse(JSON.stringify(everywhere('cluster-admin')))] }],
  ['a text of the chart', { extraDeploy: [BINDING] }],
  ['one text of several objects', { extraManifests: `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: it}\n---\n${BINDING}` }],
  ['a text of the chart in JSON', { extraDeploy: [JSON.stringify(everywhere('cluster-admin'))] }],
  ['a template of the chart', { extraDeploy: [`{{- if .Values.rbac }}\n${BINDING.replace('name: app', 'name: {{ .Values.account }}')}{{- end }}\n`] }],
  ['a template with subjects of the chart', { extraDeploy: [BINDING.replace('kind: ServiceAccount', '{{ toYaml .Values.subject | nindent 4 }}').replace(/\n {4}name.*\n.*default/, '')] }],
])('who is bound by %s acts in the cluster', (_, values) => {
  expect(outcomeWith(chart(values))).toBe('UNKNOWN');
  expect(outcomeWith(chart(JSON.parse(JSON.stringify(values).replaceAll('cluster-admin', 'view'))))).toBe('DENIED');
});

test('a binding that is not read may be for anyone', () => {
  const outcomes = ['ClusterRoleBinding', 'ConfigMap'].map((kind) =>
    outcomeWith(chart({ extraDeploy: [BINDING.replace('ClusterRoleBinding', kind).replace('subjects:\n', 'subjects:\n{{ toYaml .Values.subjects | indent 2 }}\n')] })));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object, string]>([
  ['rules of its role', { rbac: { rules: RULES } }, 'UNKNOWN'],
  ['further rules of its role', { rbac: { extraClusterRules: RULES } }, 'UNKNOWN'],
  ['further rules of a role in the cluster', { clusterRole: { extraRules: RULES } }, 'UNKNOWN'],
  ['rules in a text', { rbac: { rules: '- apiGroups: [""]\n  resources: [pods]\n  verbs: [create]\n' } }, 'UNKNOWN'],
  ['rules for its own account', { serviceAccount: { create: false, name: 'app' }, rbac: { rules: RULES } }, 'UNKNOWN'],
  ['rules for another account', { serviceAccount: { name: 'other' }, rbac: { rules: RULES } }, 'DENIED'],
  ['rules that only read', { rbac: { rules: [rule('', 'pods', 'get', 'list', 'watch')] } }, 'DENIED'],
  ['a role that may do everything', { rbac: { clusterRole: 'cluster-admin' } }, 'UNKNOWN'],
  ['all permissions', { rbac: { clusterAdmin: true } }, 'UNKNOWN'],
  ['no such permissions', { rbac: { clusterAdmin: false } }, 'DENIED'],
  ['settings of another kind', { ingress: { rules: [{ host: 'example.com' }] }, auth: { roles: ['admin'] } }, 'DENIED'],
])('the pods of a chart with %s act in the cluster, or not', (_, values, outcome) => {
  expect(outcomeWith(chart(values))).toBe(outcome);
  expect(outcomeWith(chart(values, 'other'))).toBe('DENIED');
});

const custom = (apiVersion: string, kind: string, content: object, namespace?: string) => ({ apiVersion, kind, metadata: { name: 'it', ...namespace && { namespace } }, ...content });
const subject = (name: string) => ({ ...APP, name });
const application = (source: object) => custom('argoproj.io/v1alpha1', 'Application', { spec: { source, destination: { server: 'https://kubernetes.default.svc', namespace: 'default' } } }, 'argocd');
const resourceOf = (name: string) => JSON.parse(JSON.stringify(everywhere('cluster-admin', subject(name))));
const textFor = (name: string) => BINDING.replace('name: app', `name: ${name}`);

test.each<[string, (name: string) => object]>([
  ['the values of Argo CD', (name) => application({ helm: { values: `extraObjects:\n  - |\n${indented(textFor(name), '    ')}` } })],
  ['the values of Argo CD as an object', (name) => application({ helm: { valuesObject: { extraObjects: [resourceOf(name)] } } })],
  ['rules in the values of Argo CD', (name) => application({ helm: { valuesObject: { serviceAccount: { name }, rbac: { rules: RULES } } } })],
  ['a release of Flux', (name) => custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { values: { extraDeploy: [textFor(name)] } } }, 'default')],
  ['a patch of Flux', (name) => custom('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { spec: { patches: [{ patch: textFor(name) }] } }, 'flux-system')],
  ['a patch of Flux that adds a subject', (name) => custom('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
    spec: { patches: [{ patch: `- op: add\n  path: /subjects/-\n  value: {kind: ServiceAccount, name: ${name}, namespace: default}`, target: { kind: 'ClusterRoleBinding' } }] },
  }, 'flux-system')],
  ['a ConfigMap of manifests', (name) => custom('v1', 'ConfigMap', { data: { 'rbac.yaml': textFor(name) } }, 'addons')],
  ['a policy of Kyverno', (name) => custom('kyverno.io/v1', 'ClusterPolicy', {
    spec: {
      rules: [{
        name: 'bind',
        generate: {
          apiVersion: `${RBAC}/v1`,
          kind: 'RoleBinding',
          name: 'it',
          namespace: '{{request.object.metadata.name}}',
          data: { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' }, subjects: [subject(name)] },
        },
      }],
    },
  })],
  ['the Operator Lifecycle Manager', (name) => custom('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', {
    spec: { install: { spec: { clusterPermissions: [{ serviceAccountName: name, rules: RULES }], deployments: [] } } },
  }, 'default')],
  ['rbac-manager', (name) => custom('rbacmanager.reactiveops.io/v1beta1', 'RBACDefinition', {
    rbacBindings: [{ name: 'it', subjects: [subject(name)], roleBindings: [{ namespace: 'ops', clusterRole: 'edit' }] }],
  })],
  ['Capsule', (name) => custom('capsule.clastix.io/v1beta2', 'Tenant', { spec: { additionalRoleBindings: [{ clusterRoleName: 'edit', subjects: [subject(name)] }] } })],
  ['Capsule as an owner', (name) => custom('capsule.clastix.io/v1beta2', 'Tenant', { spec: { owners: [{ kind: 'ServiceAccount', name: `system:serviceaccount:default:${name}` }] } })],
  ['Crossplane', (name) => custom('kubernetes.crossplane.io/v1alpha2', 'Object', { spec: { forProvider: { manifest: resourceOf(name) } } })],
  ['a manifest for managed clusters', (name) => custom('work.open-cluster-management.io/v1', 'ManifestWork', { spec: { workload: { manifests: [resourceOf(name)] } } }, 'prod')],
  ['kro', (name) => custom('kro.run/v1alpha1', 'ResourceGraphDefinition', { spec: { resources: [{ id: 'it', template: resourceOf(name) }] } })],
  ['a script', (name) => custom('batch/v1', 'Job', {
    spec: { template: { spec: { containers: [{ name: 'it', command: ['sh', '-c', `kubectl create clusterrolebinding it \\\n --clusterrole=cluster-admin --serviceaccount=default:${name}`] }] } } },
  }, 'ops')],
  ['a command', (name) => custom('batch/v1', 'Job', {
    spec: { template: { spec: { containers: [{ name: 'it', command: ['kubectl'], args: ['create', 'rolebinding', 'it', '-n', 'ops', '--clusterrole', 'edit', '--serviceaccount', `default:${name}`] }] } } },
  }, 'ops')],
  ['what a script applies', (name) => custom('batch/v1', 'Job', {
    spec: { template: { spec: { containers: [{ name: 'it', command: ['sh', '-c', `kubectl apply -f - <<EOF\n${textFor(name)}EOF\n`] }] } } },
  }, 'ops')],
])('who is bound by %s might act in the cluster', (_, documentFor) => {
  expect(['app', 'other'].map((name) => decide([documentFor(name)]).outcome)).toEqual(['UNKNOWN', 'DENIED']);
  expect(accessTo([documentFor('app')]).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['another one is patched', custom('batch/v1', 'Job', { spec: { template: { spec: { containers: [{ name: 'it', command: ['sh', '-c', 'kubectl patch deployment web -p "{}"'] }] } } } })],
  ['an account is granted nothing', custom('example.com/v1', 'Widget', { spec: { rules: [{ verbs: ['create'], paths: ['/pods'] }], role: 'admin' } })],
  ['objects have no bindings', custom('v1', 'ConfigMap', { data: { 'all.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n', 'run.sh': 'kubectl apply -f all.yaml' } })],
  ['settings mention roles', custom('example.com/v1', 'Widget', { spec: { text: 'kind: RoleBinding is not allowed' } })],
])('nobody is bound if %s', (_, document) => {
  expect(decide([document]).outcome).toBe('DENIED');
});

const policy = (part: object) => custom('kyverno.io/v1', 'ClusterPolicy', { spec: { rules: [{ name: 'it', match: { any: [{ resources: { kinds: ['Namespace'] } }] }, ...part }] } });
const generating = { generate: { kind: 'RoleBinding', name: 'it', data: { subjects: [APP] } } };
const accepting = { validate: { message: 'no', pattern: { subjects: [{ kind: 'User', name: '!system:*' }] } } };

test.each<[string, object, string]>([
  ['is for it', { ...accepting, match: { any: [{ resources: { kinds: ['Pod'] }, subjects: [APP] }] } }, 'DENIED'],
  ['is not for it and administrators', { ...accepting, exclude: { any: [{ subjects: [APP] }, { clusterRoles: ['cluster-admin'] }] } }, 'DENIED'],
  ['accepts bindings of some only', accepting, 'DENIED'],
  ['binds it, but not for others', { ...generating, exclude: { any: [{ subjects: [subject('other')] }] } }, 'UNKNOWN'],
  ['has something of the same name with a role', { match: { role: 'cluster-admin', subjects: [APP] } }, 'UNKNOWN'],
])('an account is bound by a policy of Kyverno that %s, or not', (_, part, outcome) => {
  expect(decide([policy(part)]).outcome).toBe(outcome);
});

const TEMPLATE = BINDING.replace('name: app', '{{ .Values.subject }}');
const config = (text: string, kind = 'ConfigMap') => custom('v1', kind, { [kind === 'Secret' ? 'stringData' : 'data']: { 'rbac.yaml': text } }, 'templates');
const RULE = 'rules:\n- apiGroups: [""]\n  resources: [pods]\n  verbs: [create]\n';

test.each<[string, object, string]>([
  ['a template of a ConfigMap', config(TEMPLATE), 'DENIED'],
  ['a template of a ConfigMap with a name', config(BINDING.replace('name: app', 'name: {{ .account }}')), 'DENIED'],
  ['a template of a Secret', config(TEMPLATE, 'Secret'), 'DENIED'],
  ['a ConfigMap of a manifest, of which it is one of several documents with templates', config(`${BINDING}---\n${BINDING.replace('name: app', 'name: {{ .account }}')}`), 'UNKNOWN'],
  ['a ConfigMap of a manifest that is not read', config(BINDING.replace('subjects:', 'subjects: *all')), 'UNKNOWN'],
  ['a template of a controller that applies others', application({ helm: { values: `extraObjects:\n  - |\n${indented(TEMPLATE, '    ')}` } }), 'UNKNOWN'],
  ['a template that a script applies', custom('batch/v1', 'Job', {
    spec: { template: { spec: { containers: [{ name: 'it', command: ['sh', '-c', `gomplate <<EOF | kubectl apply -f -\n${TEMPLATE}EOF\n`] }] } } },
  }), 'UNKNOWN'],
  ['rules in a template of a controller that applies no others', custom('example.com/v1', 'Widget', { spec: { text: `${RULE}{{ more` } }), 'DENIED'],
  ['rules in a text of such a controller that is not read', custom('example.com/v1', 'Widget', { spec: { text: `${RULE}- *more` } }), 'UNKNOWN'],
  ['rules in a template of a chart', application({ helm: { values: `${RULE}{{ more` } }), 'UNKNOWN'],
])('an account is bound by %s, or not', (_, document, outcome) => {
  expect(decide([document]).outcome).toBe(outcome);
});

test('a line of many colons is no text of many texts', () => {
  expect([`${'a: '.repeat(30_000)}apiVersion: v1 kind: role`, BINDING.replace('kind: ClusterRole\n', `kind: ${'a: '.repeat(30_000)}\n`)]
    .map((text) => decide([config(text)]).outcome)).toEqual(['DENIED', 'UNKNOWN']);
});

test('a text in many others is read, or may bind anyone', () => {
  const within = (levels: number): string => (levels === 0 ? BINDING.replace('name: app', 'name: other') : `apiVersion: v1\nkind: Role\ntext: |\n${indented(within(levels - 1), ' ')}`);
  expect([3, 500].map((levels) => decide([config(within(levels))]).outcome)).toEqual(['DENIED', 'UNKNOWN']);
});

test('a script that patches a binding may bind anyone', () => {
  const script = (command: string) => custom('batch/v1', 'Job', { spec: { template: { spec: { containers: [{ name: 'it', command: ['sh', '-c', command] }] } } } });
  const outcomes = ['kubectl patch clusterrolebinding it -p "$PATCH"', 'kubectl set subject rolebinding it --serviceaccount=a:b', 'kubectl get clusterrolebinding it'].map((command) => decide([script(command)]).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
});

const patch = (ResourceName: string, content: unknown, more: object = {}) => ({
  Patch: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' }, ResourceName, ResourceNamespace: 'ops', ApplyPatchJson: JSON.stringify(content), RestorePatchJson: '{}', PatchType: 'strategic', ...more } },
});
const READER = clusterRole(rule('', 'pods', 'get'));

test.each<[string, object[], object, string]>([
  ['a role to which it is bound', READER, patch('clusterrole/ci', { rules: RULES }), 'UNKNOWN'],
  ['a role to which it is bound, with JSON Patch', READER, patch('clusterroles.rbac.authorization.k8s.io/ci', [{ op: 'add', path: '/rules/-', value: RULES[0] }], { PatchType: 'json' }), 'UNKNOWN'],
  ['the verbs of a role to which it is bound', READER, patch('clusterrole/ci', [{ op: 'add', path: '/rules/0/verbs/-', value: 'create' }], { PatchType: 'json' }), 'UNKNOWN'],
  ['a role to which it is bound, so that it reads', READER, patch('clusterrole/ci', { rules: [rule('', 'services', 'get')] }), 'DENIED'],
  ['a role to which only others are bound', [rbac('ClusterRole', undefined, { rules: [] }), everywhere('ci', subject('other'))], patch('clusterrole/ci', { rules: RULES }), 'DENIED'],
  ['a role of which nobody knows who is bound to it', [], patch('clusterrole/system:discovery', { rules: RULES }), 'UNKNOWN'],
  ['the role of an add-on of Amazon EKS', [], patch('clusterrole/aws-node', { rules: RULES }), 'DENIED'],
  ['the role of an add-on to which it is bound', [everywhere('aws-node')], patch('clusterrole/aws-node', { rules: RULES }), 'UNKNOWN'],
  ['a role with a name that starts like one', [], patch('clusterrole/aws-node-more', { rules: RULES }), 'UNKNOWN'],
  ['a binding', [], patch('clusterrolebinding/it', { subjects: [APP] }), 'UNKNOWN'],
  ['a binding of others', [], patch('clusterrolebinding/it', { subjects: [subject('other')] }), 'DENIED'],
  ['a binding with JSON Patch', [], patch('rolebinding/it', [{ op: 'add', path: '/subjects/-', value: APP }], { PatchType: 'json' }), 'UNKNOWN'],
  ['a role that is added to view', [everywhere('view')], patch('clusterrole/more', { metadata: { labels: { [`${RBAC}/aggregate-to-view`]: 'true' } }, rules: RULES }), 'UNKNOWN'],
  ['a Deployment', [], patch('deployment/web', { spec: { replicas: 2 } }), 'DENIED'],
])('who is bound acts in the cluster after a patch of %s, or not', (_, documents, more, outcome) => {
  expect(accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(outcome);
});

test('a patch of the role of an add-on is for its own account', () => {
  const pod = { namespace: 'kube-system', serviceAccountName: 'coredns', definedElsewhere: true };
  const outcomes = [RULES, [rule('', 'services', 'get')]].map((rules) => accessTo([], [], patch('clusterrole/system:coredns', { rules })).pod(pod).decide(LIST).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('a binding also counts below its namespace if Hierarchical Namespaces copies it', () => {
  const bound = rbac('RoleBinding', 'team', { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' }, subjects: [APP] });
  const own = rbac('RoleBinding', 'team', { roleRef: { apiGroup: RBAC, kind: 'Role', name: 'exec' }, subjects: [APP] });
  const exec = rbac('Role', 'team', { rules: [rule('', 'pods/exec', 'create')] }, 'exec');
  const anchor = custom('hnc.x-k8s.io/v1alpha2', 'SubnamespaceAnchor', {}, 'team');
  expect([[own, exec], [own, exec, anchor], [bound, anchor]].map((documents) => decide(documents).outcome)).toEqual(['DENIED', 'UNKNOWN', 'UNKNOWN']);
});

test('the answer names what binds', () => {
  expect(accessTo([], [], chart({ rbac: { rules: RULES } })).pod({ serviceAccountName: 'app' }).decide(LIST).missing).toContain(
    'whether pods act in the cluster by HelmChart web, run pods or get tokens of other pods, and with them the credentials of role Reader',
  );
});
