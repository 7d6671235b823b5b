import { admin, Bucket, decisionOf, inBucket, LIST, ofInstance } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects } from '../templates';

const Files = { Type: 'AWS::EFS::FileSystem', Properties: {} };
const accessPoint = (Path?: string) => ({ Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' }, ...Path && { RootDirectory: { Path } } } });
const SYSTEMS = { Files, Others: Files, Point: accessPoint('/app'), Second: accessPoint('/other'), Root: accessPoint(), Same: accessPoint('/app'), Within: accessPoint('/app/lib') };

const volume = (name: string, spec: object, more: object = {}) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec: { storageClassName: '', ...spec }, ...more });
const efs = (volumeHandle: string, name = 'shared') => volume(name, { csi: { driver: 'efs.csi.aws.com', volumeHandle } });
const claim = (name: string, spec: object = { volumeName: 'shared', storageClassName: '' }, namespace = 'default') =>
  ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace }, spec });
const ofClaim = (claimName: string) => ({ persistentVolumeClaim: { claimName } });
const mounting = (source: object, mount: object = {}, container: object = {}) =>
  ({ containers: [{ name: 'main', image: 'app:1', volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }], ...container }], volumes: [{ name: 'data', ...source }] });
const writer = (source: object, mount: object = {}) => job('writer', 'app', mounting(source, mount));
const fileClass = (parameters: object = {}) =>
  ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'files' }, provisioner: 'efs.csi.aws.com', parameters: { provisioningMode: 'efs-ap', fileSystemId: '${Files}', ...parameters } });

const fromFunction = (Arn: unknown = arnOf('Point')) => ({
  ...SYSTEMS, ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), FileSystemConfigs: [{ Arn, LocalMountPath: '/mnt/code' }] } },
});
const fromTask = (EFSVolumeConfiguration: object) => ({
  ...SYSTEMS,
  ...admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'nginx' }], Volumes: [{ Name: 'v', EFSVolumeConfiguration }] } },
});
const withPods = (resources: object, ...documents: object[]) => ({ ...resources, Pods: objects(...documents) });
const DNS = '${Files}.efs.us-west-2.amazonaws.com';
const write = (resource: unknown = '*') => allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], resource);

test.each<[string, object]>([
  ['a function', fromFunction()],
  ['a function by an access point elsewhere', fromFunction('arn:aws:elasticfilesystem:us-west-2:111122223333:access-point/fsap-0123')],
  ['a task', fromTask({ FilesystemId: { Ref: 'Files' } })],
  ['a task by an access point', fromTask({ FilesystemId: { Ref: 'Files' }, AuthorizationConfig: { AccessPointId: { Ref: 'Point' } } })],
  ['a job of AWS Batch', {
    ...SYSTEMS,
    ...admin('ecs-tasks'),
    It: { Type: 'AWS::Batch::JobDefinition', Properties: { ContainerProperties: { JobRoleArn: arnOf('Admin'), Image: 'nginx', Volumes: [{ EfsVolumeConfiguration: { FileSystemId: { Ref: 'Files' } } }] } } },
  }],
  ['a build', {
    ...SYSTEMS,
    ...admin('codebuild'),
    It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), FileSystemLocations: [{ Type: 'EFS', Identifier: 'files', MountPoint: '/mnt', Location: { 'Fn::Sub': `${DNS}:/` } }] } },
  }],
  ['a domain of Amazon SageMaker', {
    ...SYSTEMS,
    ...admin('sagemaker'),
    It: { Type: 'AWS::SageMaker::Domain', Properties: { DefaultUserSettings: { ExecutionRole: arnOf('Admin'), CustomFileSystemConfigs: [{ EFSFileSystemConfig: { FileSystemId: { Ref: 'Files' }, FileSystemPath: '/' } }] } } },
  }],
  ['an instance', {
    ...SYSTEMS,
    ...ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': 'mount -t efs ${Files}:/ /opt/app && /opt/app/run.sh' } } } }),
  }],
])('what %s runs from a file system, pods with the same file system might change', (_, resources) => {
  const ways: Array<[string, object, object[]]> = [
    ['a volume of the file system', withPods(resources, efs('${Files}'), claim('c'), writer(ofClaim('c'))), []],
    ['a volume of an access point of the root', withPods(resources, efs('${Files}::${Root}'), claim('c'), writer(ofClaim('c'))), []],
    ['a volume of another access point of its folder', withPods(resources, efs('${Files}::${Same}'), claim('c'), writer(ofClaim('c'))), []],
    ['a volume of an access point of a folder in it', withPods(resources, efs('${Files}::${Within}'), claim('c'), writer(ofClaim('c'))), []],
    ['a claim of the default class', withPods(resources, { ...fileClass({ ensureUniqueDirectory: 'false' }), metadata: { name: 'files', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } }, claim('c', {}), writer(ofClaim('c'))), []],
    ['a policy for another access point of its folder', resources, [allow('elasticfilesystem:ClientWrite', '*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('Same') } } })]],
    ['NFS', withPods(resources, writer({ nfs: { server: DNS, path: '/' } })), []],
    ['a claim of a class without folders of its own', withPods(resources, fileClass({ ensureUniqueDirectory: 'false' }), claim('c', { storageClassName: 'files' }), writer(ofClaim('c'))), []],
    ['a policy', resources, [write()]],
    ['a policy for the file system', resources, [write(arnOf('Files'))]],
  ];
  const found = ways.map(([way, all, statements]) => {
    const { outcome, missing } = decisionOf(all, ...statements);
    return [way, outcome, missing.at(-1)];
  });
  expect(found).toEqual(ways.map(([way]) => [way, 'UNKNOWN', expect.stringMatching(/so might decide what It does with role Admin$/)]));
});
test.each<[string, object, object[]]>([
  ['another file system', withPods(fromFunction(), efs('${Others}'), claim('c'), writer(ofClaim('c'))), []],
  ['another access point', withPods(fromFunction(), efs('${Files}::${Second}'), claim('c'), writer(ofClaim('c'))), []],
  ['another folder', withPods(fromFunction(), writer({ nfs: { server: DNS, path: '/other' } })), []],
  ['a claim with a folder of its own', withPods(fromFunction(), fileClass(), claim('c', { storageClassName: 'files' }), writer(ofClaim('c'))), []],
  ['a mount that is only read', withPods(fromFunction(), efs('${Files}'), claim('c'), writer(ofClaim('c'), { readOnly: true })), []],
  ['a volume that is only read', withPods(fromFunction(), volume('shared', { mountOptions: ['ro'], csi: { driver: 'efs.csi.aws.com', volumeHandle: '${Files}' } }), claim('c'), writer(ofClaim('c'))), []],
  ['a claim of another volume', withPods(fromFunction(), efs('${Files}'), claim('c', { storageClassName: 'gp3' }), writer(ofClaim('c'))), []],
  ['a policy for another file system', fromFunction(), [write(arnOf('Others'))]],
  ['a policy for another access point', fromFunction(), [allow('elasticfilesystem:ClientWrite', '*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('Second') } } })]],
  ['a policy that lets only read', fromFunction(), [allow('elasticfilesystem:ClientMount')]],
  ['volumes of another account', withPods(fromFunction(), efs('${Files}'), claim('c'), job('writer', 'other', mounting(ofClaim('c')))), []],
])('what a function runs from a file system is not changed by pods with %s', (_, resources, statements) => {
  const { outcome, missing } = decisionOf(resources, ...statements);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

test.each<[string, string, string]>([
  ['Amazon EFS', 'efs.csi.aws.com', 'UNKNOWN'],
  ['Amazon FSx', 'fsx.csi.aws.com', 'UNKNOWN'],
])('an instance might run what pods put into a file system of %s outside the templates', (_, driver, outcome) => {
  const UserData = { 'Fn::Base64': 'mount fs-0123abcd:/ /opt/app && /opt/app/run.sh' };
  const instance = ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData } });
  const pods = (volumeHandle: string) => withPods(instance, volume('shared', { csi: { driver, volumeHandle } }), claim('c'), writer(ofClaim('c')));
  expect(['fs-0123abcd', 'fs-4567cdef'].map((id) => decisionOf(pods(id)).outcome)).toEqual([outcome, 'DENIED']);
});

const linked = (FileSystemId: string, S3: object, DataRepositoryPath = 's3://code/prod/') =>
  ({ Link: { Type: 'AWS::FSx::DataRepositoryAssociation', Properties: { FileSystemId, FileSystemPath: '/prod', DataRepositoryPath, S3 } } });
const EVENTS = { Events: ['NEW', 'CHANGED'] };

test.each<[string, object, string]>([
  ['to a bucket with code', linked('fs-0123abcd', { AutoExportPolicy: EVENTS }), 'UNKNOWN'],
  ['to a bucket, and not by itself', linked('fs-0123abcd', {}), 'DENIED'],
  ['to another bucket', linked('fs-0123abcd', { AutoExportPolicy: EVENTS }, 's3://data/'), 'DENIED'],
  ['and those in another file system do not', linked('fs-4567cdef', { AutoExportPolicy: EVENTS }), 'DENIED'],
])('the files of pods in Amazon FSx go %s', (_, link, outcome) => {
  const run = { ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: 's3://code/prod/it.py' } } } };
  const pods = withPods({ ...run, ...link }, volume('shared', { csi: { driver: 'fsx.csi.aws.com', volumeHandle: 'fs-0123abcd' } }), claim('c'), writer(ofClaim('c')));
  expect(decisionOf(pods).outcome).toBe(outcome);
});

test('what pods write to a bucket may come to the files of an instance', () => {
  const UserData = { 'Fn::Base64': 'mount fs-0123abcd:/ /opt/app && /opt/app/run.sh' };
  const instance = ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData } });
  const outcomeOf = (bucket: string) => decisionOf({ ...instance, ...linked('fs-0123abcd', { AutoImportPolicy: EVENTS }) }, allow('s3:PutObject', `arn:aws:s3:::${bucket}/*`)).outcome;
  expect(['code', 'data'].map(outcomeOf)).toEqual(['UNKNOWN', 'DENIED']);
});

const others = (...documents: object[]) => ({ ...SYSTEMS, Other: accountRole('default:other', allow(LIST)), Pods: objects(account('other', 'Other'), ...documents) });
const reader = (source: object, serviceAccount = 'other', mount: object = {}, container: object = {}) => job('reader', serviceAccount, mounting(source, mount, container));

test.each<[string, object, string]>([
  ['the same claim', others(writer(ofClaim('c')), reader(ofClaim('c'))), 'UNKNOWN'],
  ['claims of one file system', others(efs('${Files}', 'one'), efs('${Files}', 'two'), claim('c', { volumeName: 'one' }), claim('d', { volumeName: 'two' }), writer(ofClaim('c')), reader(ofClaim('d'))), 'UNKNOWN'],
  ['a file system by NFS and by the driver', others(efs('${Files}'), claim('c'), writer(ofClaim('c')), reader({ nfs: { server: DNS, path: '/app' } })), 'UNKNOWN'],
  ['a server', others(writer({ nfs: { server: 'nfs.example.com', path: '/a' } }), reader({ nfs: { server: 'nfs.example.com', path: '/a/b' } })), 'UNKNOWN'],
  ['a file system of Amazon FSx', others(
    volume('one', { csi: { driver: 'fsx.csi.aws.com', volumeHandle: 'fs-0123' } }), claim('c', { volumeName: 'one' }), writer(ofClaim('c')),
    reader({ nfs: { server: 'fs-0123.fsx.us-west-2.amazonaws.com', path: '/fsx' } }),
  ), 'UNKNOWN'],
  ['a claim of a StatefulSet', others(
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'gp3' } }],
        template: { spec: { serviceAccountName: 'app', containers: [{ name: 'main', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] } },
      },
    },
    reader(ofClaim('data-db-0')),
  ), 'UNKNOWN'],
  ['one claim each, of a class', others(fileClass(), ...['c', 'd'].map((name) => claim(name, { storageClassName: 'files' })), writer(ofClaim('c')), reader(ofClaim('d'))), 'DENIED'],
  ['one claim each, of a class without folders of their own', others(fileClass({ ensureUniqueDirectory: 'false' }), ...['c', 'd'].map((name) => claim(name, { storageClassName: 'files' })), writer(ofClaim('c')), reader(ofClaim('d'))), 'UNKNOWN'],
  ['one claim each, of a class of Amazon EBS', others(...['c', 'd'].map((name) => claim(name, { storageClassName: 'gp3' })), writer(ofClaim('c')), reader(ofClaim('d'))), 'DENIED'],
  ['access points that differ', others(efs('${Files}::${Point}', 'one'), efs('${Files}::${Second}', 'two'), claim('c', { volumeName: 'one' }), claim('d', { volumeName: 'two' }), writer(ofClaim('c')), reader(ofClaim('d'))), 'DENIED'],
  ['access points, one for each of two claims,', others(
    efs('${Files}::${Point}', 'one'), efs('${Files}::${Second}', 'two'), claim('c', { storageClassName: '' }), claim('d', { storageClassName: '' }), writer(ofClaim('c')), reader(ofClaim('d')),
  ), 'DENIED'],
  ['the same claim, which the one only reads,', others(writer(ofClaim('c'), { readOnly: true }), reader(ofClaim('c'))), 'DENIED'],
  ['the same claim, which the other only reads,', others(writer(ofClaim('c')), reader(ofClaim('c'), 'other', { readOnly: true })), 'UNKNOWN'],
  ['the same claim, with the same account', others(writer(ofClaim('c')), reader(ofClaim('c'), 'app')), 'DENIED'],
  ['an empty directory', others(writer({ emptyDir: {} }), reader({ emptyDir: {} })), 'DENIED'],
])('pods that mount %s as other pods do might do what these may do, or not', (_, resources, outcome) => {
  const decision = decisionOf(resources);
  expect([decision.outcome, decision.missing]).toEqual([outcome, outcome === 'DENIED' ? [] : expect.anything()]);
});

test('pods of one object can have different volumes of one name', () => {
  const group = (claimName: string) => ({ template: { spec: { serviceAccountName: 'app', ...mounting(ofClaim(claimName)) } } });
  const cluster = (...names: string[]) => ({ apiVersion: 'ray.io/v1', kind: 'RayCluster', metadata: { name: 'ray' }, spec: { headGroupSpec: group(names[0]), workerGroupSpecs: [group(names[1])] } });
  const outcomes = [['c', 'd'], ['d', 'c'], ['d', 'd']].map((names) => decisionOf(others(cluster(...names), reader(ofClaim('c')))).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
});

test('pods of the same account might run what is in a volume with a key of their own', () => {
  const keys = {
    User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } },
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
  };
  const running = reader(ofClaim('c'), 'app', {}, { env: [{ name: 'KEY', value: '' }] });
  const Keys = {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'), Objects: [{ Json: JSON.stringify(running), Values: [{ Path: '/spec/template/spec/containers/0/env/0/value', Value: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }] }],
    },
  };
  const access = verification.PodAccess.fromTemplates(clusterTemplate({ ...keys, Keys, Pods: objects(account('app'), writer(ofClaim('c'))) })).assume({ noOtherNodes: true });
  expect(['writer', 'reader'].map((name) => access.workload({ kind: 'Job', name }).decide(LIST).outcome)).toEqual(['UNKNOWN', 'UNKNOWN']);
});

test('pods in another namespace might run what is in a volume with the same file system', () => {
  const elsewhere = { ...SYSTEMS, Other: accountRole('batch:other', allow(LIST)) };
  const pods = objects(
    account('other', 'Other', 'batch'), efs('${Files}', 'one'), efs('${Files}', 'two'), claim('c', { volumeName: 'one' }), claim('c', { volumeName: 'two' }, 'batch'), writer(ofClaim('c')),
    { ...reader(ofClaim('c')), metadata: { name: 'reader', namespace: 'batch' } },
  );
  const { outcome, missing } = decisionOf({ ...elsewhere, Pods: pods });
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/^whether pods change the code of Job batch\/reader with volume data of Job default\/writer, get tokens of other pods/)]);
});

test('pods run what others put into a volume on the way to a third one', () => {
  const pods = objects(account('other'), account('third', 'Third'), writer(ofClaim('c')),
    job('between', 'other', {
      containers: [{ name: 'main', volumeMounts: [{ name: 'data', mountPath: '/a' }, { name: 'more', mountPath: '/b' }] }], volumes: [{ name: 'data', ...ofClaim('c') }, { name: 'more', ...ofClaim('d') }],
    }),
    job('last', 'third', mounting(ofClaim('d'))));
  expect(decisionOf({ Third: accountRole('default:third', allow(LIST)), Pods: pods }).outcome).toBe('UNKNOWN');
});

const bucket = (more: object = {}, attributes: object = {}) =>
  volume('objects', { csi: { driver: 's3.csi.aws.com', volumeHandle: 'it', volumeAttributes: { bucketName: '${Bucket}', ...attributes } }, ...more });
const objectsOf = claim('c', { volumeName: 'objects', storageClassName: '' });
const script = { ...admin('glue'), Bucket, It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': 's3://${Bucket}/jobs/script.py' } } } } };

test.each<[string, object, string]>([
  ['may write', withPods(script, bucket(), objectsOf, writer(ofClaim('c'))), 'UNKNOWN'],
  ['may write below the prefix of the script', withPods(script, bucket({ mountOptions: ['allow-overwrite', 'prefix jobs/'] }), objectsOf, writer(ofClaim('c'))), 'UNKNOWN'],
  ['may write below another prefix', withPods(script, bucket({ mountOptions: ['prefix data/'] }), objectsOf, writer(ofClaim('c'))), 'DENIED'],
  ['may only read', withPods(script, bucket({ mountOptions: ['read-only'] }), objectsOf, writer(ofClaim('c'))), 'DENIED'],
  ['may only read as the mount says', withPods(script, bucket(), objectsOf, writer(ofClaim('c'), { readOnly: true })), 'DENIED'],
  ['writes with its own role', withPods(script, bucket({}, { authenticationSource: 'pod' }), objectsOf, writer(ofClaim('c'))), 'DENIED'],
])('a pod that %s a bucket as a volume might do what the role of a job may do, or not', (_, resources, outcome) => {
  const decision = decisionOf(resources);
  expect([decision.outcome, decision.missing]).toEqual([outcome, outcome === 'DENIED' ? [] : expect.anything()]);
});

test.each<[string, object, object, string]>([
  ['below the name of a known folder', { mountPath: '/opt/app' }, {}, 'UNKNOWN'],
  ['as plugins', { mountPath: '/srv/plugins' }, {}, 'UNKNOWN'],
  ['where a command has its script', {}, { command: ['python', '/data/app.py'] }, 'UNKNOWN'],
  ['where a variable has a path', {}, { env: [{ name: 'PYTHONPATH', value: '/data/lib' }] }, 'UNKNOWN'],
  ['where it works', {}, { workingDir: '/data' }, 'UNKNOWN'],
  ['with data', {}, {}, 'DENIED'],
  ['with data, which a variable names,', {}, { env: [{ name: 'UPLOADS', value: '/data' }] }, 'DENIED'],
])('a pod that may write the objects of a bucket might change what another one runs, which has it as a volume %s, or not', (_, mount, container, outcome) => {
  const resources = { Bucket, ...others(bucket(), objectsOf, reader(ofClaim('c'), 'other', { readOnly: true, ...mount }, container)) };
  expect(decisionOf(resources, allow('s3:PutObject', inBucket('Bucket'))).outcome).toBe(outcome);
});

test('the table has the role of what runs the files of a pod, and no role for the volume', () => {
  const resources = withPods(fromFunction(), writer({ nfs: { server: DNS, path: '/' } }), account('app'));
  const { roles } = verification.PodAccess.fromTemplates(clusterTemplate(resources)).pod({ serviceAccountName: 'app' }).row;
  expect(roles.map(({ role, by, isCertain }) => [role, by, isCertain])).toEqual([['Admin', 'files from data of Job default/writer', false]]);
});
