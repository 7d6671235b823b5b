import { ALLOWED, decide, DENIED, Question, reader, shown, UNKNOWN } from './questions';
import { account, allow, association, job, objects, podIdentityTrust, role } from '../../templates';

const READER = reader([allow('sqs:ListQueues')]);
const work = (spec: object, annotations: object = {}) => ({
  ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations }, spec: { serviceAccountName: 'app', ...spec } } } }),
});
const withVariable = (name: string, list = 'containers') => work({ [list]: [{ name: 'main', env: [{ name, value: 'x' }] }] });
const ofWork = (resources: object, action: string, question: Partial<Question> = {}) => decide(resources, { action, workload: { kind: 'Job', name: 'work' }, ...question });

test.each([
  ['AWS_ROLE_ARN', withVariable('AWS_ROLE_ARN')],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', withVariable('AWS_WEB_IDENTITY_TOKEN_FILE', 'initContainers')],
  ['eks.amazonaws.com/skip-containers', work({}, { 'eks.amazonaws.com/skip-containers': 'main' })],
])('with %s, it is unknown which credentials SDKs use, but not which the pods can get', (name, resources) => {
  const decision = ofWork(resources, 'sqs:ListQueues');
  expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
  expect(decision.missing.join()).toContain(name);
  expect(ofWork(resources, 's3:ListAllMyBuckets').outcome).toBe(DENIED);
});

test('with the label eks.amazonaws.com/skip-pod-identity-webhook, the webhook may leave out the pods', () => {
  const metadata = { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'true' } };
  const resources = { ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata, spec: { serviceAccountName: 'app' } } } }) };
  const decision = ofWork(resources, 'sqs:ListQueues');
  expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
  expect(decision.missing.join()).toContain('has the label eks.amazonaws.com/skip-pod-identity-webhook');
});

describe.each(['AWS_EC2_METADATA_DISABLED', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE'])('with %s', (name) => {
  const Work = objects(job('work', 'app', { hostNetwork: true, containers: [{ name: 'main', env: [{ name, value: 'true' }] }] }));

  test('it is unknown whether SDKs use the credentials of the node, which the pods can get', () => {
    const decision = ofWork({ Account: objects(account('app')), Work }, 'sqs:ListQueues');
    expect(shown(decision)).toBe('ALLOWED, by default UNKNOWN');
    expect(decision.missing.join()).toContain(name);
  });

  test('SDKs use those of the service account', () => {
    expect(shown(ofWork({ ...READER, Work }, 'sqs:ListQueues'))).toBe(ALLOWED);
  });
});

describe('of two objects for a service account', () => {
  const outcome = (...accounts: object[]) => {
    const [First, Second] = accounts.map((one) => objects(one));
    return shown(decide({ ...READER, Objects: First, Second }, { action: 'sqs:ListQueues' }));
  };

  test('it is unknown which annotation the cluster keeps', () => {
    expect([outcome(account('app', 'Reader'), account('app')), outcome(account('app'), account('app', 'Reader'))])
      .toEqual(['ALLOWED, by default UNKNOWN', 'ALLOWED, by default UNKNOWN']);
  });

  test('one annotation in both is known', () => {
    expect(outcome(account('app', 'Reader'), account('app', 'Reader'))).toBe(ALLOWED);
  });

  test('an association is what pods use', () => {
    const Associated = role(podIdentityTrust(), allow('sqs:ListQueues'));
    const resources = { Associated, Association: association('app', 'Associated'), One: objects(account('app', 'Associated')), Two: objects(account('app')) };
    expect(shown(decide(resources, { action: 'sqs:ListQueues' }))).toBe(ALLOWED);
  });
});

const OTHERS = [
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE',
  'AWS_ACCESS_KEY', 'AWS_SECRET_KEY',
];

test.each(OTHERS)('with %s, the pods may have any credentials', (name) => {
  const decision = ofWork(withVariable(name), 's3:ListAllMyBuckets');
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing.join()).toContain(name);
});

test('other variables change nothing', () => {
  expect(shown(ofWork(withVariable('AWS_REGION'), 'sqs:ListQueues'))).toBe(ALLOWED);
});

describe('variables of a ConfigMap or a Secret', () => {
  const from = (ref: object, ...others: object[]) => {
    const resources = work({ containers: [{ name: 'main', envFrom: [ref] }] });
    return { ...resources, More: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'unused', namespace: 'default' } }, ...others) };
  };
  const map = (data: object, kind = 'ConfigMap', namespace = 'default') => ({ apiVersion: 'v1', kind, metadata: { name: 'own', namespace }, ...data });
  const [configMap, secret] = [{ configMapRef: { name: 'own' } }, { secretRef: { name: 'own' } }];

  test.each<[string, object, string]>([
    ['of a ConfigMap that the templates do not have', from(configMap), 'ConfigMap own'],
    ['of a Secret that the templates do not have', from(secret), 'Secret own'],
    ['of a Secret with the name of a ConfigMap', from(secret, map({ data: {} })), 'Secret own'],
    ['of a ConfigMap of another namespace', from(configMap, map({ data: {} }, 'ConfigMap', 'other')), 'ConfigMap own'],
    ['with credentials', from(configMap, map({ data: { AWS_ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with credentials in a Secret', from(secret, map({ data: { A: 'eA==' }, stringData: { AWS_ACCESS_KEY_ID: 'x' } }, 'Secret')), 'AWS_ACCESS_KEY_ID'],
    ['with credentials after a prefix', from({ ...configMap, prefix: 'AWS_' }, map({ data: { ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with names that only the deployment knows', from(configMap, map({ data: { '${Env}': 'x' } })), 'ConfigMap own'],
    ['of something that cannot be read', from({}), 'environment variables'],
    ['with credentials, of two with one name, the first', from(configMap, map({ data: { AWS_ACCESS_KEY_ID: 'x' } }), map({ data: { A: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['with credentials, of two with one name, the last', from(configMap, map({ data: { A: 'x' } }), map({ data: { AWS_ACCESS_KEY_ID: 'x' } })), 'AWS_ACCESS_KEY_ID'],
    ['of which one of two with one name has names that only the deployment knows', from(configMap, map({ data: { '${Env}': 'x' } }), map({ data: { A: 'x' } })), 'ConfigMap own'],
    ['of one whose name may be that of another', from(configMap, map({ data: { A: 'x' } }), { ...map({ data: { AWS_PROFILE: 'x' } }), metadata: { name: '${Env}', namespace: 'default' } }), 'AWS_PROFILE'],
    ['of one of which the name is known only at deployment', from(configMap, { ...map({ data: {} }), metadata: { name: '${Env}', namespace: 'default' } }), 'ConfigMap own'],
  ])('%s can be other credentials', (_, resources, missing) => {
    const decision = decide(resources, { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name: 'work' } }, { Parameters: { Env: { Type: 'String', AllowedPattern: '[A-Za-z]+' } } });
    expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining(missing)]);
  });

  test('count no longer if pods are assumed to have no other credentials', () => {
    expect(shown(ofWork(from(secret), 's3:ListAllMyBuckets', { noOtherCredentials: true }))).toBe(DENIED);
  });

  test('that name a role change the default', () => {
    expect(shown(ofWork(from(configMap, map({ data: { AWS_ROLE_ARN: 'x' } })), 'sqs:ListQueues'))).toBe('ALLOWED, by default UNKNOWN');
  });

  test.each<[string, object]>([
    ['of a ConfigMap', from(configMap, map({ data: { AWS_REGION: 'x' } }))],
    ['of a ConfigMap without any', from(configMap, map({}))],
    ['of a Secret', from(secret, map({ data: { PASSWORD: 'eA==' } }, 'Secret'))],
    ['of two ConfigMaps with one name', from(configMap, map({ data: { A: 'x' } }), map({ data: { B: 'x' } }))],
    ['with a prefix', from({ ...configMap, prefix: 'MY_' }, map({ data: { AWS_ACCESS_KEY_ID: 'x' } }))],
  ])('%s without credentials change nothing', (_, resources) => {
    expect(shown(ofWork(resources, 'sqs:ListQueues'))).toBe(ALLOWED);
    expect(shown(ofWork(resources, 's3:ListAllMyBuckets'))).toBe(DENIED);
  });
});

test.each<[string, object[]]>([
  ['variables', [{ name: 'main', env: ['${Env}'] }]],
  ['a variable', [{ name: 'main', env: [{ name: '${Env}', value: 'x' }] }]],
])('%s of which only the deployment knows the name can be other credentials', (_, containers) => {
  const decision = decide(work({ containers }), { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name: 'work' } }, { Parameters: { Env: { Type: 'String', AllowedPattern: '[A-Za-z]+' } } });
  expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining('environment variables')]);
});

describe('volumes', () => {
  const mountedBy = (mount: object, volume: object) => work({ containers: [{ name: 'main', volumeMounts: [{ name: 'v', ...mount }] }], volumes: [{ name: 'v', ...volume }] });
  const mounted = (mountPath: string, volume: object) => mountedBy({ mountPath }, volume);
  const ofNode = (path: string, readOnly?: boolean) => mountedBy({ mountPath: '/host', readOnly }, { hostPath: { path } });
  const SECRET = { secret: { secretName: 's' } };
  const ITEMS = { items: [{ key: 'k', path: '.aws/credentials' }] };
  const ENV = { Parameters: { Env: { Type: 'String', AllowedPattern: '[A-Za-z]+' } } };
  const askedOf = (resources: object, action: string) => decide(resources, { action, workload: { kind: 'Job', name: 'work' } }, ENV);

  test.each<[string, object, string]>([
    ['a Secret', mounted('/root/.aws', SECRET), '.aws'],
    ['a file of a Secret', mounted('/home/app/.aws/credentials', SECRET), '.aws'],
    ['a claim', mounted('/root/.aws/', { persistentVolumeClaim: { claimName: 'c' } }), '.aws'],
    ['a Secret on Windows', mounted('C:\\Users\\app\\.AWS', SECRET), '.AWS'],
    ['a Secret whose files have such paths', mounted('/root', { secret: { secretName: 's', ...ITEMS } }), '.aws/credentials'],
    ['a ConfigMap whose files have such paths', mounted('/root', { configMap: { name: 'c', ...ITEMS } }), '.aws/credentials'],
    ['a projected Secret whose files have such paths', mounted('/root', { projected: { sources: [{ secret: { name: 's', ...ITEMS } }] } }), '.aws/credentials'],
    ['annotations whose files have such paths', mounted('/root', { downwardAPI: ITEMS }), '.aws/credentials'],
    ['a folder of a volume', mountedBy({ mountPath: '/root/aws', subPath: '.aws' }, { persistentVolumeClaim: { claimName: 'c' } }), '.aws'],
    ['a Secret at a path that only the deployment knows', mounted('/${Env}', SECRET), 'known only at deployment'],
    ['a file at a path that only the deployment knows', mounted('/root', { secret: { secretName: 's', items: [{ key: 'k', path: '${Env}' }] } }), 'known only at deployment'],
    ['a mount that cannot be read', work({ containers: [{ name: 'main', volumeMounts: ['${Env}'] }], volumes: [{ name: 'v', ...SECRET }] }), 'known only at deployment'],
    ['a volume of another name than the empty one', work({
      containers: [{ name: 'main', volumeMounts: [{ name: '${Env}', mountPath: '/root/.aws' }] }], volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', ...SECRET }],
    }), '.aws'],
    ['a claim of a template of claims', work({ containers: [{ name: 'main', volumeMounts: [{ name: 'claim', mountPath: '/root/.aws' }] }], volumes: [{ name: 'a', emptyDir: {} }] }), '.aws'],
  ])('with %s where SDKs look for credentials, the pods may have any credentials', (_, resources, missing) => {
    const decision = askedOf(resources, 's3:ListAllMyBuckets');
    expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining(missing)]);
  });

  test.each<[string, boolean]>([
    ['/', true],
    ['/var/lib', true],
    ['/var/lib/kubelet', true],
    ['/var/lib/kubelet/pods/', true],
    ['/var/lib/kubelet/pki', true],
    ['/local', true],
    ['/local/var/lib/kubelet/pods', true],
    ['/local/var/lib', true],
    ['/mnt/k8s-disks', true],
    ['/mnt/k8s-disks/0/kubelet/pods', true],
    ['/local/opt/cni/bin', false],
    ['/proc', true],
    ['/proc/1', true],
    ['/run/containerd/containerd.sock', true],
    ['/var/run', true],
    ['/var/run/docker.sock', true],
    ['/run/dbus', true],
    ['/run/api.sock', true],
    ['/var/lib/amazon/ssm', true],
    ['/mnt/.ephemeral', true],
    ['/mnt/k8s-disks/0/containerd', false],
    ['/run/udev/rules.d', false],
    ['/run/nvidia/driver', false],
    ['/opt/aws', false],
    ['/local/host-containers', false],
    ['//', true],
    ['//proc//', true],
    ['/var/lib//kubelet/./pods', true],
    ['/tmp/../proc', true],
    ['C:\\var\\lib\\Kubelet\\pods', true],
    ['c:/VAR/lib/kubelet', true],
    ['\\\\.\\pipe\\containerd-containerd', true],
    ['/${Env}', true],
    ['/etc', false],
    ['/etc/', false],
    ['/etc/systemd/system', false],
    ['/opt', false],
    ['/opt/cni/bin', false],
    ['/usr/bin', false],
    ['/root', false],
    ['/home', false],
    ['/home/ec2-user/.ssh', false],
    ['/var/lib/kubelet/device-plugins', false],
    ['/var/lib/containerd', false],
    ['C:\\Windows\\System32', false],
  ])('with %s of the node (readOnly: %s), the pods can use credentials of others, but do not by default', (path, readOnly) => {
    const decision = askedOf(ofNode(path, readOnly), 's3:ListAllMyBuckets');
    expect([shown(decision), decision.missing.join()]).toEqual(['UNKNOWN, by default DENIED', expect.stringContaining(`the path ${path.replaceAll('\\', '\\')} of their node`)]);
    expect(shown(askedOf(ofNode(path, readOnly), 'sqs:ListQueues'))).toBe(ALLOWED);
  });

  test.each<[string, object]>([
    ['a Secret elsewhere', mounted('/etc/tls', SECRET)],
    ['a Secret in a home folder', mounted('/root', SECRET)],
    ['a claim in a home folder', mounted('/root', { persistentVolumeClaim: { claimName: 'c' } })],
    ['an empty folder for a cache of credentials', mounted('/root/.aws', { emptyDir: {} })],
    ['an empty folder at a path that only the deployment knows', mounted('/${Env}', { emptyDir: {} })],
    ['a file elsewhere', mounted('/root', { secret: { secretName: 's', items: [{ key: 'k', path: 'aws/credentials' }] } })],
    ['logs of the node', ofNode('/var/log')],
    ['devices of the node that the pods only read', ofNode('/run/udev', true)],
    ['data of the node', ofNode('/mnt/data')],
    ['data of a node with Bottlerocket', ofNode('/local/data')],
    ['data in a folder whose name is similar', ofNode('/local-data')],
    ['settings of the node that the pods only read', ofNode('/etc', true)],
    ['the device plugins of the node that the pods only read', ofNode('/var/lib/kubelet/device-plugins', true)],
    ['a folder of the node whose name only starts like another', ofNode('/var/library')],
    ['a volume that no container mounts', work({ containers: [{ name: 'main', volumeMounts: [{ name: 'w', mountPath: '/w' }] }], volumes: [{ name: 'v', hostPath: { path: '/proc' } }, { name: 'w', emptyDir: {} }] })],
  ])('%s changes nothing', (_, resources) => {
    expect(shown(askedOf(resources, 'sqs:ListQueues'))).toBe(ALLOWED);
    expect(shown(askedOf(resources, 's3:ListAllMyBuckets'))).toBe(DENIED);
  });

  test.each<[string, object]>([
    ['whose name only the deployment knows', work({ containers: [{ name: 'main', volumeMounts: [{ name: '${Env}', mountPath: '/w' }] }], volumes: [{ name: 'v', hostPath: { path: '/proc' } }] })],
    ['that only an init container mounts', work({ initContainers: [{ name: 'main', volumeMounts: [{ name: 'v', mountPath: '/w' }] }], volumes: [{ name: 'v', hostPath: { path: '/proc' } }] })],
  ])('files of the node %s count', (_, resources) => {
    expect(shown(askedOf(resources, 's3:ListAllMyBuckets'))).toBe('UNKNOWN, by default DENIED');
  });

  const CLAIM = { persistentVolumeClaim: { claimName: 'data' } };
  const persistent = (source: object, spec: object = {}) => ({ Volume: objects({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv' }, spec: { ...source, ...spec } }) });
  const claiming = (volume: object, source: object, spec: object = {}) => ({ ...mounted('/data', volume), ...persistent(source, spec) });
  const ROOT = { hostPath: { path: '/' } };

  test.each<[string, object, string]>([
    ['a claim', claiming(CLAIM, ROOT), '/'],
    ['a claim of a local volume', claiming(CLAIM, { local: { path: '/var/lib/kubelet' } }), '/var/lib/kubelet'],
    ['a claim that the volume names', claiming(CLAIM, ROOT, { claimRef: { namespace: 'default', name: 'data' } }), '/'],
    ['a claim that pods have alone', claiming({ ephemeral: { volumeClaimTemplate: { spec: {} } } }, ROOT), '/'],
    ['a claim of a StatefulSet', { ...work({ containers: [{ name: 'main', volumeMounts: [{ name: 'v', mountPath: '/data' }] }] }), ...persistent(ROOT) }, '/'],
  ])('files of the node count by %s', (_, resources, path) => {
    const decision = askedOf(resources, 's3:ListAllMyBuckets');
    expect([shown(decision), decision.missing.join()]).toEqual(['UNKNOWN, by default DENIED', expect.stringContaining(`the path ${path} of their node`)]);
  });

  test.each<[string, object]>([
    ['a claim without such a volume', mounted('/data', CLAIM)],
    ['a volume of data', claiming(CLAIM, { local: { path: '/mnt/disks/ssd1' } })],
    ['a volume of another service', claiming(CLAIM, { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } })],
    ['a volume for another claim', claiming(CLAIM, ROOT, { claimRef: { namespace: 'default', name: 'other' } })],
    ['a volume for another namespace', claiming(CLAIM, ROOT, { claimRef: { namespace: 'other', name: 'data' } })],
    ['a volume that no claim asks for', claiming({ emptyDir: {} }, ROOT)],
  ])('%s gives no files of the node', (_, resources) => {
    expect(shown(askedOf(resources, 's3:ListAllMyBuckets'))).toBe(DENIED);
  });
});
