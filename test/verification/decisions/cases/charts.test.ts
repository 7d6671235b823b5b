import { accessTo, complete, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { account, clusterTemplate, objects } from '../../templates';

const chart = (values: object | string, Namespace = 'default') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace, Chart: 'web', Values: typeof values === 'string' ? values : JSON.stringify(values) } },
});
const APP = { serviceAccount: { create: false, name: 'app' } };
const HOST = { hostNetwork: true };

/** What the role of the nodes allows, which pods do not get without the network of their node. */
const NODE = 'sqs:ListQueues';

test.each(complete([
  ['of host network', { ...reader(), ...chart({ ...APP, ...HOST }) }, UNKNOWN],
  ['of host network, of one of its parts', { ...reader(), ...chart({ controller: { ...APP, ...HOST } }) }, UNKNOWN],
  ['of host network, with an account that they do not name', { ...reader(), ...chart({ ...HOST, serviceAccount: { create: true, name: '' } }) }, UNKNOWN],
  ['of host network, with another account', { ...reader(), Other: objects(account('other')), ...chart({ ...HOST, serviceAccount: { name: 'other' } }) }, DENIED],
  ['of host network, in another namespace', { ...reader(), ...chart({ ...APP, ...HOST }, 'other') }, DENIED],
  ['of a privileged container', { ...reader(), ...chart({ ...APP, securityContext: { privileged: true } }) }, UNKNOWN],
  ['of a host network, beside a value that is off', { ...reader(), ...chart({ ...APP, daemon: { name: 'agent', value: 'false', hostNetwork: true } }) }, UNKNOWN],
  ['of no host network', { ...reader(), ...chart({ ...APP, hostNetwork: false, replicas: 2, env: [{ name: 'LEVEL', value: 'info' }] }) }, DENIED],
  ['of an environment from a Secret, with an account that they do not name', { ...reader(), ...chart({ web: { envFrom: [{ secretRef: { name: 'web' } }] } }) }, DENIED],
]))('a chart has values %s', (_, resources, expected) => {
  expect(shown(decide(resources, { action: NODE })).split(',')[0]).toBe(expected);
});

const KEY = 'AWS_SECRET_ACCESS_KEY';
const FROM = { valueFrom: { secretKeyRef: { name: 'web', key: 'key' } } };
const NODE_FILES = [{ name: 'node', hostPath: { path: '/var/lib/kubelet/pods' } }];

test.each<[string, object]>([
  ['a list of variables', { env: [{ name: KEY, ...FROM }] }],
  ['a map of variables', { env: { [KEY]: FROM } }],
  ['variables of one of its parts', { worker: { extraEnvVars: [{ name: KEY, ...FROM }] } }],
  ['a container', { extraContainers: [{ name: 'more', env: [{ name: KEY, value: 'x' }] }] }],
  ['all variables of a Secret', { extraEnvFrom: [{ secretRef: { name: 'web' } }] }],
  ['all variables of a Secret by its name', { extraEnvVarsSecret: 'web' }],
  ['a file of credentials', { extraVolumes: [{ name: 'keys', secret: { secretName: 'keys' } }], extraVolumeMounts: [{ name: 'keys', mountPath: '/root/.aws' }] }],
  ['the files of other pods', { extraVolumes: NODE_FILES, extraVolumeMounts: [{ name: 'node', mountPath: '/host' }] }],
  ['a security context of containers', { containerSecurityContext: { privileged: true } }],
  ['a privileged container', { agent: { privileged: true } }],
  ['the network of nodes', { datadog: { useHostNetwork: true } }],
])('the pods of an account that the values of a chart name may have other credentials by %s', (_, values) => {
  const outcomeOf = (all: object, name = 'app') => shown(decide({ ...reader(), Other: objects(account('other')), ...chart({ serviceAccount: { name }, ...all }) }, { action: NODE })).split(',')[0];
  expect([outcomeOf(values), outcomeOf(values, 'other'), outcomeOf({})]).toEqual([UNKNOWN, DENIED, DENIED]);
});

test.each<[string, object]>([
  ['the name of an environment', { env: 'production', global: { environment: 'prod' } }],
  ['other variables', { env: { LEVEL: 'info', DB_PASSWORD: FROM }, extraEnvVars: [{ name: 'LEVEL', value: 'info' }] }],
  ['a privileged container that is off', { sysctlInit: { enabled: false, privileged: true } }],
  ['other volumes', { extraVolumes: [{ name: 'tmp', emptyDir: {} }], extraVolumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }],
  ['a security context without privileges', { containerSecurityContext: { privileged: false, runAsNonRoot: true }, useHostNetwork: false }],
])('the pods of an account that the values of a chart name have no other credentials by %s', (_, values) => {
  expect(shown(decide({ ...reader(), ...chart({ ...APP, ...values }) }, { action: NODE })).split(',')[0]).toBe(DENIED);
});

const OUTSIDE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/outside' };

test.each<[string, object, string]>([
  ['creates it with a role outside the templates', { serviceAccount: { name: 'web', annotations: OUTSIDE } }, UNKNOWN],
  ['creates it so for one of its parts', { controller: { serviceAccount: { create: true, name: 'web', annotations: OUTSIDE } } }, UNKNOWN],
  ['does not create it', { serviceAccount: { create: false, name: 'web', annotations: OUTSIDE } }, DENIED],
  ['creates it without a role', { serviceAccount: { name: 'web', annotations: { owner: 'web' } } }, DENIED],
  ['creates another one', { serviceAccount: { name: 'other', annotations: OUTSIDE } }, DENIED],
  ['creates one without a name', { serviceAccount: { annotations: OUTSIDE } }, UNKNOWN],
  ['creates one with annotations beside its name', { serviceAccountName: 'web', serviceAccountAnnotations: OUTSIDE }, UNKNOWN],
  ['creates none without a name', { serviceAccount: { create: false, annotations: OUTSIDE } }, DENIED],
  ['has values in a text', { values: 'serviceAccount:\n  name: web\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/outside\n' }, UNKNOWN],
  ['has parameters', { parameters: [{ name: 'a.name', value: 'web' }, { name: 'a.annotations.eks\\.amazonaws\\.com/role-arn', value: 'arn:aws:iam::111122223333:role/outside' }] }, UNKNOWN],
  ['has parameters for another', { parameters: [{ name: 'a.name', value: 'b' }, { name: 'a.annotations.eks\\.amazonaws\\.com/role-arn', value: 'arn:aws:iam::111122223333:role/outside' }] }, DENIED],
  ['has a template of pods, and creates it', { serviceAccount: { name: 'web', annotations: OUTSIDE }, extra: { spec: { containers: [{ name: 'it' }] } } }, UNKNOWN],
])('what the pods of an account get depends on a chart that %s', (_, values, expected) => {
  const access = accessTo(clusterTemplate({ ...reader(), ...chart(values) }));
  expect(access.pod({ serviceAccountName: 'web', definedElsewhere: true }).decide(NODE).outcome).toBe(expected);
});

test('an account of the templates, and the account default, are none that a chart creates without a name', () => {
  const access = accessTo(clusterTemplate({ ...reader(), ...chart({ serviceAccount: { annotations: OUTSIDE } }) }));
  expect(['app', 'default', 'web'].map((serviceAccountName) => access.pod({ serviceAccountName, definedElsewhere: true }).decide(NODE).outcome)).toEqual([DENIED, DENIED, UNKNOWN]);
});

test.each<[string, object, string]>([
  ['besides a template of pods', { ...APP, env: [{ name: KEY, ...FROM }], extra: { spec: { serviceAccountName: 'other', containers: [{ name: 'it' }] } } }, UNKNOWN],
  ['in a template of pods', { template: { spec: { serviceAccountName: 'app', containers: [{ name: 'it', env: [{ name: KEY, ...FROM }] }] } } }, UNKNOWN],
  ['in a template of pods of another account', { ...APP, template: { spec: { serviceAccountName: 'other', containers: [{ name: 'it', env: [{ name: KEY, ...FROM }] }] } } }, DENIED],
])('the values of a chart have an access key %s', (_, values, expected) => {
  expect(decide({ ...reader(), ...chart(values) }, { action: NODE }).outcome).toBe(expected);
});

test('pods of a chart with a template in its values may mount the Secrets of their namespace', () => {
  const secret = objects({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'default' }, stringData: { AWS_SECRET_ACCESS_KEY: 'x' } });
  const template = { spec: { serviceAccountName: 'app', containers: [{ name: 'it' }] } };
  expect(decide({ ...reader(), Secret: secret, ...chart({ template }) }, { action: 'sns:ListTopics' }).outcome).toBe(UNKNOWN);
});

const object = (apiVersion: string, kind: string, spec: object) => ({ Installed: objects({ apiVersion, kind, metadata: { name: 'web', namespace: 'flux' }, spec }) });
const flux = (values: object, targetNamespace = 'default') => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { values, targetNamespace, serviceAccountName: 'flux' });
const argo = (helm: object, more: object = {}) =>
  object('argoproj.io/v1alpha1', 'Application', { source: { chart: 'web', helm }, destination: { namespace: 'default' }, ...more });
const pods = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { spec: { serviceAccountName: 'app', containers: [{ name: 'web' }], ...spec } } } });
const velaIn = (namespace: string) => ({ apiVersion: 'core.oam.dev/v1beta1', kind: 'Application', metadata: { name: 'web', namespace }, spec: { components: [{ properties: HOST }] } });
const policy = (rule: object) => ({ Policy: objects({ apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'web' }, spec: { rules: [rule] } }) });
const generated = (namespace: string, spec: object = {}) => policy({
  generate: { apiVersion: 'v1', kind: 'Pod', name: 'web', namespace, data: { spec: { serviceAccountName: 'app', containers: [{ name: 'web' }], ...HOST, ...spec } } },
});
const addon = (values: string, AddonName = 'metrics-server', Namespace = 'default') =>
  ({ Values: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName, ConfigurationValues: values, NamespaceConfig: { Namespace } } } });

test.each(complete([
  ['a HelmRelease of Flux', { ...reader(), ...flux({ ...APP, ...HOST }) }, UNKNOWN],
  ['a HelmRelease of Flux without host network', { ...reader(), ...flux({ ...APP, hostNetwork: false }) }, DENIED],
  ['a HelmRelease of Flux in another namespace', { ...reader(), ...flux({ ...APP, ...HOST }, 'other') }, DENIED],
  ['an Application of Argo CD', { ...reader(), ...argo({ valuesObject: { ...APP, ...HOST } }) }, UNKNOWN],
  ['an Application of Argo CD with YAML', { ...reader(), ...argo({ values: 'hostNetwork: true' }) }, UNKNOWN],
  ['an Application of Argo CD with YAML without host network', { ...reader(), ...argo({ values: 'hostNetwork: false' }) }, DENIED],
  ['an Application of Argo CD with parameters', { ...reader(), ...argo({ parameters: [{ name: 'web.hostNetwork', value: 'true' }] }) }, UNKNOWN],
  ['an Application of Argo CD with a parameter that is off', { ...reader(), ...argo({ parameters: [{ name: 'web.hostNetwork', value: 'false' }] }) }, DENIED],
  ['an Application of Argo CD with several sources', { ...reader(), ...argo({}, { sources: [{ chart: 'a' }, { chart: 'b', helm: { valuesObject: HOST } }] }) }, UNKNOWN],
  ['a HelmChart of K3s', { ...reader(), ...object('helm.cattle.io/v1', 'HelmChart', { valuesContent: 'web:\\n  hostNetwork: true', targetNamespace: 'default' }) }, UNKNOWN],
  ['a HelmChartConfig of K3s', { ...reader(), ...object('helm.cattle.io/v1', 'HelmChartConfig', { valuesContent: 'hostNetwork: true', targetNamespace: 'default' }) }, UNKNOWN],
  ['a Kustomization of Flux', { ...reader(), ...object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { patches: [{ patch: 'spec: {hostNetwork: true}' }] }) }, UNKNOWN],
  ['a Kustomization of Flux with other patches', { ...reader(), ...object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { patches: [{ patch: 'spec: {replicas: 2}' }] }) }, DENIED],
  ['an Application of KubeVela', { ...reader(), Installed: objects(velaIn('default')) }, UNKNOWN],
  ['an Application of KubeVela in another namespace', { ...reader(), Installed: objects(velaIn('other')) }, DENIED],
  ['an object of Crossplane', { ...reader(), ...object('kubernetes.crossplane.io/v1alpha2', 'Object', { forProvider: { manifest: pods({ hostNetwork: true }) } }) }, UNKNOWN],
  ['an object of Crossplane with another account', {
    ...reader(), ...object('kubernetes.crossplane.io/v1alpha2', 'Object', { forProvider: { manifest: pods({ hostNetwork: true, serviceAccountName: 'other' }) } }),
  }, DENIED],
  ['a definition of kro', { ...reader(), ...object('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ template: pods({ hostNetwork: true }) }] }) }, UNKNOWN],
  ['a definition of kro without host network', { ...reader(), ...object('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: [{ template: pods({}) }] }) }, DENIED],
  ['a policy that creates a pod', { ...reader(), ...generated('default') }, UNKNOWN],
  ['a policy that creates a pod in each namespace', { ...reader(), ...generated('{{request.object.metadata.name}}') }, UNKNOWN],
  ['a policy that creates a pod in another namespace', { ...reader(), ...generated('other') }, DENIED],
  ['a policy that creates a pod with another account', { ...reader(), ...generated('default', { serviceAccountName: 'other' }) }, DENIED],
  ['a policy that creates a pod with an account of its own', { ...reader(), ...generated('default', { serviceAccountName: '{{request.object.metadata.name}}' }) }, UNKNOWN],
  ['a policy that forbids pods', { ...reader(), ...policy({ validate: { pattern: { spec: { containers: [{}], ...HOST } } } }) }, DENIED],
  ['a Release of Crossplane', { ...reader(), ...object('helm.crossplane.io/v1beta1', 'Release', { forProvider: { namespace: 'default', values: HOST } }) }, UNKNOWN],
  ['an add-on', { ...reader(), ...addon('{"serviceAccount":{"name":"app"},"hostNetwork":{"enabled":true}}') }, UNKNOWN],
  ['an add-on, with YAML', { ...reader(), ...addon('hostNetwork:\n  enabled: true', 'adot') }, UNKNOWN],
  ['an add-on without host network', { ...reader(), ...addon('{"serviceAccount":{"name":"app"},"hostNetwork":{"enabled":false}}') }, DENIED],
  ['an add-on without host network, with YAML', { ...reader(), ...addon('hostNetwork:\n  enabled: false', 'adot') }, DENIED],
  ['an add-on with an account of its own', { ...reader(), ...addon('{"hostNetwork":{"enabled":true}}') }, DENIED],
]))('%s can have values of host network', (_, resources, expected) => {
  expect(shown(decide(resources, { action: NODE })).split(',')[0]).toBe(expected);
});

const configMap = (text: string, namespace = 'default') => ({ Settings: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data: { file: text } }) });

test.each(complete([
  ['the configuration of GitLab Runner', configMap('[runners.kubernetes]\n  privileged = true\n'), UNKNOWN],
  ['the configuration of GitLab Runner without privileges', configMap('[runners.kubernetes]\n  privileged = false\n'), DENIED],
  ['a template of pods', configMap('spec:\n  hostNetwork: true\n'), UNKNOWN],
  ['a template of pods in JSON', configMap('{"spec":{"hostNetwork":true}}'), UNKNOWN],
  ['a template of pods without host network', configMap('spec:\n  hostNetwork: false\n'), DENIED],
  ['the configuration of GitLab Runner in a Secret', { Settings: objects({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'settings' }, stringData: { file: 'privileged = true' } }) }, UNKNOWN],
  ['a template of pods in another namespace', configMap('spec:\n  hostNetwork: true\n', 'other'), DENIED],
  ['the rule of a scanner', configMap('condition: container.privileged=true'), DENIED],
  ['a sentence about host networks', configMap('Set hostNetwork where privileged pods need it.'), DENIED],
]))('a ConfigMap can have settings of pods: %s', (_, resources, expected) => {
  expect(shown(decide({ ...reader(), ...resources }, { action: NODE })).split(',')[0]).toBe(expected);
});

test('the answer names the chart', () => {
  const decision = decide({ ...reader(), ...chart({ ...APP, ...HOST }) }, { action: NODE });
  expect([decision.missing, decision.toString()]).toEqual([['whether pods reach the instance metadata of nodegroup Nodes'], expect.stringContaining('HelmChart default/web')]);
});
