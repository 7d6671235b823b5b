import { ALLOWED, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { allow, job, objects } from '../../templates';

const READER = reader([allow('sqs:ListQueues')]);
const work = (spec: object, annotations: object = {}) => ({
  ...READER, Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations }, spec: { serviceAccountName: 'app', ...spec } } } }),
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
    ['a folder of the node', mounted('/h', { hostPath: { path: '/home/ops/.aws' } }), '.aws'],
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
    ['/run/host-containerd', true],
    ['/var/lib/soci-snapshotter-grpc', false],
    ['/var/run', true],
    ['/var/run/docker.sock', true],
    ['/run/dbus', true],
    ['/run/nri', true],
    ['/var/run/nri/nri.sock', true],
    ['/var/run/secrets-store-csi-providers', false],
    ['/eks-hybrid', true],
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
    ['the sockets of providers of secrets that the pods only read', ofNode('/var/run/secrets-store-csi-providers', true)],
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

  test('a block device of the node is a disk with any files, and one of Amazon EBS is none of the node', () => {
    const withDevice = (source: object) => ({
      ...work({ containers: [{ name: 'main', volumeDevices: [{ name: 'v', devicePath: '/dev/xvda' }] }], volumes: [{ name: 'v', ...CLAIM }] }), ...persistent(source),
    });
    const decisions = [{ local: { path: '/dev/nvme0n1' } }, { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } }]
      .map((source) => askedOf(withDevice(source), 's3:ListAllMyBuckets'));
    expect(decisions.map(shown)).toEqual(['UNKNOWN, by default DENIED', DENIED]);
    expect(decisions[0].missing.join()).toContain('has the block device /dev/nvme0n1 of their node');
  });
});
