import { admin, Bucket, decisionOf, LIST } from './code-apps';
import { account, accountRole, allow, arnOf, job, objects } from '../templates';

const SMB = { driver: 'smb.csi.k8s.io', volumeAttributes: { source: '//files.example.com/share' } };
const of = (csi: { driver: string; volumeAttributes: object }, attributes: object) =>
  ({ ...csi, volumeAttributes: { ...csi.volumeAttributes, ...attributes } });
const CEPH = { driver: 'rook-ceph.cephfs.csi.ceph.com', volumeAttributes: { clusterID: 'rook-ceph', fsName: 'shared', rootPath: '/apps', staticVolume: 'true' } };
const NFS = { driver: 'nfs.csi.k8s.io', volumeAttributes: { server: 'nfs.example.com', share: '/code' } };

const volume = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec: { storageClassName: '', ...spec } });
const claim = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'default' }, spec });
const pods = (name: string, serviceAccount: string, source: object) => job(name, serviceAccount, {
  containers: [{ name: 'main', image: 'app:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }], volumes: [{ name: 'data', ...source }],
});
/** Pods with a volume each, of which one has a role. */
const app = (writer: object, reader: object, ...documents: object[]) => ({
  Other: accountRole('default:other', allow(LIST)), Pods: objects(account('other', 'Other'), ...documents, pods('writer', 'app', writer), pods('reader', 'other', reader)),
});
const ofClaim = (claimName: string) => ({ persistentVolumeClaim: { claimName } });
/** The same with persistent volumes. */
const bound = (writer: object, reader: object) => app(
  ofClaim('c'), ofClaim('d'), volume('one', writer), volume('two', reader),
  claim('c', { volumeName: 'one', storageClassName: '' }), claim('d', { volumeName: 'two', storageClassName: '' }),
);
const csi = (writer: object, reader: object) => bound({ csi: { volumeHandle: 'one', ...writer } }, { csi: { volumeHandle: 'two', ...reader } });
const provisioned = (provisioner: string, parameters: object, more: object = {}) => app(
  ofClaim('c'), ofClaim('d'), { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'files' }, provisioner, parameters },
  claim('c', { storageClassName: 'files' }), claim('d', { storageClassName: 'files', ...more }), volume('all', { csi: { volumeHandle: 'all', ...of(SMB, {}) } }),
);
const both = (source: object): [object, object] => [source, source];
const flex = (server: string) => ({ flexVolume: { driver: 'example.com/cifs', options: { server, share: '/code' } } });

test.each<[string, object]>([
  ['a share of SMB', csi(SMB, SMB)],
  ['a share of SMB and a folder in it', csi(SMB, of(SMB, { source: '//files.example.com/share/app' }))],
  ['a share of SMB and a folder of it by an attribute', csi(SMB, of(SMB, { subDir: 'app' }))],
  ['a share of SMB in the pods themselves', app({ csi: SMB }, { csi: SMB })],
  ['a file system of Ceph', csi(CEPH, CEPH)],
  ['a file system of Ceph and a folder in it', csi(CEPH, of(CEPH, { rootPath: '/apps/one' }))],
  ['a server of NFS by its driver', csi(NFS, NFS)],
  ['a server of NFS by its driver and without', bound({ csi: { volumeHandle: 'one', ...NFS } }, { nfs: { server: 'nfs.example.com', path: '/code/app' } })],
  ['a server whose name only the deployment knows', { Files: { Type: 'AWS::EFS::FileSystem', Properties: {} }, ...csi(NFS, of(NFS, { server: '${Files}' })) }],
  ['a volume of another driver by its handle', csi({ driver: 'csi.example.com', volumeHandle: 'it' }, { driver: 'csi.example.com', volumeHandle: 'it' })],
  ['a volume of Ceph in the pods themselves', app({ cephfs: { monitors: ['10.0.0.1:6789'], path: '/' } }, { cephfs: { monitors: ['10.0.0.1:6789'], path: '/app' } })],
  ['a volume of a driver on the node', app(flex('files.example.com'), flex('files.example.com'))],
  ['what a claim is cloned from', app(ofClaim('c'), ofClaim('d'), claim('c', {}), claim('d', { dataSource: { kind: 'PersistentVolumeClaim', name: 'c' } }))],
  ['what a claim is cloned from in its namespace', app(ofClaim('c'), ofClaim('d'), claim('c', {}), claim('d', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'c', namespace: 'default' } }))],
  ['a class whose claims have one folder', provisioned('nfs.csi.k8s.io', { server: 'nfs.example.com', share: '/', subDir: 'code' })],
])('pods that mount %s as others do might do what these may do', (_, resources) => {
  const { outcome, missing } = decisionOf(resources);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(/^whether pods change the code of Job default\/reader/)]]);
});

test.each<[string, object]>([
  ['a clone of its own', app(ofClaim('c'), ofClaim('d'), claim('c', { dataSource: { kind: 'PersistentVolumeClaim', name: 'd' } }), claim('d', {}))],
  ['a clone of another claim', app(ofClaim('c'), ofClaim('d'), claim('c', {}), claim('d', { dataSource: { kind: 'PersistentVolumeClaim', name: 'e' } }))],
  ['another share of SMB', csi(SMB, of(SMB, { source: '//files.example.com/other' }))],
  ['another server of SMB', csi(SMB, of(SMB, { source: '//other.example.com/share' }))],
  ['another folder of SMB', csi(of(SMB, { subDir: 'one' }), of(SMB, { subDir: 'two' }))],
  ['another folder of Ceph', csi(CEPH, of(CEPH, { rootPath: '/data' }))],
  ['another file system of Ceph', csi(CEPH, of(CEPH, { fsName: 'other' }))],
  ['another server of NFS', csi(NFS, of(NFS, { server: 'other.example.com' }))],
  ['another disk', csi({ driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1', volumeAttributes: { partition: '1' } }, { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-2', volumeAttributes: { partition: '1' } })],
  ['the secrets that a driver reads', app(...both({ csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'it' } } }))],
  ['tokens of their own', app(...both({ projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault' } }, { configMap: { name: 'ca' } }] } }))],
  ['a ConfigMap', app(...both({ configMap: { name: 'settings' } }))],
  ['a share of SMB that is only read', csi({ ...SMB, readOnly: true } as object, SMB)],
  ['a share of SMB that is only read in the pods themselves', app({ csi: { ...SMB, readOnly: true } }, { csi: SMB })],
  ['claims of a class with a folder each', provisioned('nfs.csi.k8s.io', { server: 'nfs.example.com', share: '/' })],
  ['claims of a class with a folder each, which it names', provisioned('nfs.csi.k8s.io', { server: 'nfs.example.com', share: '/', subDir: '${!pvc.metadata.name}' })],
  ['claims of a class of Ceph', provisioned('rook-ceph.cephfs.csi.ceph.com', { clusterID: 'rook-ceph', fsName: 'shared', pool: 'data' })],
  ['claims of a class of disks', provisioned('ebs.csi.aws.com', { type: 'gp3' })],
])('pods that mount %s do not do what others may do', (_, resources) => {
  const { outcome, missing } = decisionOf(resources);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

test('who mounts a whole share has the folders that a class makes in it', () => {
  const { Pods, ...others } = provisioned('smb.csi.k8s.io', { source: '//files.example.com/share' }, { storageClassName: '', volumeName: 'all' });
  expect(decisionOf({ ...others, Pods }).outcome).toBe('UNKNOWN');
});

test.each<[string, object, string]>([
  ['a bucket with a script', { bucket: '${Bucket}' }, 'UNKNOWN'],
  ['another bucket', { bucket: 'other' }, 'DENIED'],
])('a pod with %s by another driver might do what the role of a job may do, or not', (_, volumeAttributes, outcome) => {
  const script = { ...admin('glue'), Bucket, It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': 's3://${Bucket}/jobs/script.py' } } } } };
  const Pods = objects(volume('one', { csi: { driver: 'ru.yandex.s3.csi', volumeHandle: 'it', volumeAttributes } }), claim('c', { volumeName: 'one', storageClassName: '' }), pods('writer', 'app', ofClaim('c')));
  expect(decisionOf({ ...script, Pods }).outcome).toBe(outcome);
});
