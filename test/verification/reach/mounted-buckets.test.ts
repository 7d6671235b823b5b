import { Bucket } from './code-apps';
import { verification } from '../../../lib';
import { account, allow, clusterTemplate, job, objects } from '../templates';

const bucket = (spec: object = {}, attributes: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'objects' },
  spec: { storageClassName: '', csi: { driver: 's3.csi.aws.com', volumeHandle: 'it', volumeAttributes: { bucketName: '${Bucket}', ...attributes } }, ...spec },
});
const objectsOf = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c', namespace: 'default' }, spec: { volumeName: 'objects', storageClassName: '' } };
const mounting = (mount: object = {}) => job('writer', 'app', {
  containers: [{ name: 'main', volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }] }], volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }],
});

test.each<[how: string, documents: object[], withDriver: string[]]>([
  ['mount', [bucket(), mounting()], ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject']],
  ['mount to read', [bucket(), mounting({ readOnly: true })], ['s3:GetObject', 's3:ListBucket']],
  ['mount from a volume to read', [bucket({ mountOptions: ['read-only'] }), mounting()], ['s3:GetObject', 's3:ListBucket']],
  ['mount with their own role', [bucket({}, { authenticationSource: 'pod' }), mounting()], []],
])('whether pods reach objects of a bucket that they %s is not known', (_, documents, withDriver) => {
  const app = verification.PodAccess.fromTemplates(clusterTemplate({ Bucket, Objects: objects(account('app'), objectsOf, ...documents) }))
    .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
  const unknown = (noOtherCredentials: boolean) => ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject', 's3:DeleteBucket'].filter((action) =>
    app.assume({ noOtherCredentials }).pod({ serviceAccountName: 'app' }).decide(action).outcome !== 'DENIED');
  expect([unknown(false), unknown(true)]).toEqual([withDriver, []]);
});

const FILES = {
  Type: 'AWS::EFS::FileSystem',
  Properties: { FileSystemPolicy: { Statement: [{ ...allow('elasticfilesystem:*'), Principal: { AWS: 'arn:aws:iam::111122223333:role/driver' } }] } },
};
const files = (mountOptions: string[]) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'objects' },
  spec: { storageClassName: '', mountOptions, csi: { driver: 'efs.csi.aws.com', volumeHandle: '${Files}' } },
});
const dynamic = (mountOptions: string[]) => ({
  apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'efs' }, provisioner: 'efs.csi.aws.com', mountOptions, parameters: { fileSystemId: '${Files}' },
});
const OF_CLASS = { ...objectsOf, spec: { storageClassName: 'efs' } };

test.each<[how: string, documents: object[], withDriver: string[]]>([
  ['mount with the role of the driver', [files(['tls', 'iam']), objectsOf, mounting()], ['ClientMount', 'ClientWrite', 'ClientRootAccess']],
  ['get with the role of the driver', [dynamic(['iam']), OF_CLASS, mounting()], ['ClientMount', 'ClientWrite', 'ClientRootAccess']],
  ['mount to read with the role of the driver', [files(['iam']), objectsOf, mounting({ readOnly: true })], ['ClientMount']],
  ['mount without a role', [files(['tls']), objectsOf, mounting()], []],
])('whether pods reach a file system of Amazon EFS that they %s is not known', (_, documents, withDriver) => {
  const app = verification.PodAccess.fromTemplates(clusterTemplate({ Files: FILES, Objects: objects(account('app'), ...documents) }))
    .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
  const unknown = ['ClientMount', 'ClientWrite', 'ClientRootAccess', 'DescribeFileSystems']
    .filter((action) => app.pod({ serviceAccountName: 'app' }).decide(`elasticfilesystem:${action}`).outcome !== 'DENIED');
  expect(unknown).toEqual(withDriver);
});
