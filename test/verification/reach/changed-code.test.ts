import { Bucket, decisionOf, glue, IMAGE, inBucket, LIST, ofInstance, push, REGISTRY, removing, repository, SCRIPT, task, trusted, withEnvironment } from './code-apps';
import { account, accountRole, allow, arnOf, job, objects, role } from '../templates';

const connection = (CONNECTOR_URL: string) =>
  ({ Type: 'AWS::Glue::Connection', Properties: { CatalogId: '111122223333', ConnectionInput: { ConnectionType: 'CUSTOM', ConnectionProperties: { CONNECTOR_URL } } } });

test.each<[string, object, object]>([
  ['the image of a task', { ...repository(), ...task() }, push(arnOf('Images'))],
  ['the image of a task by the URI of its repository', { ...repository(), ...task({ 'Fn::Sub': '${Images.RepositoryUri}:latest' }) }, push(arnOf('Images'))],
  ['the image of a task in a repository elsewhere', task('111122223333.dkr.ecr.us-west-2.amazonaws.com/team/app:1'), push('arn:aws:ecr:us-west-2:111122223333:repository/team/*')],
  ['the image of a task, although its tag is immutable, because it can delete the tag', { ...repository({ ImageTagMutability: 'IMMUTABLE' }), ...task() }, removing(arnOf('Images'))],
  ...['ecr:DeleteRepository', 'ecr:PutImageTagMutability', 'ecr:PutLifecyclePolicy'].map((request): [string, object, object] => [
    `the image of a task, although its tag is immutable, because it may request ${request},`, { ...repository({ ImageTagMutability: 'IMMUTABLE' }), ...task() }, allow(['ecr:PutImage', request]),
  ]),
  ['the image of a task in a mutable repository that has the name of an immutable one elsewhere', {
    Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app', ImageTagMutability: 'IMMUTABLE' } }, ...task('444455556666.dkr.ecr.us-west-2.amazonaws.com/app:1'),
  }, push()],
  ['an asset of aws-cdk, because it can delete its tag,', task({ 'Fn::Sub': `${REGISTRY}/cdk-hnb659fds-container-assets-\${AWS::AccountId}-us-west-2:0123` }), removing()],
  ['the image of a task by the dual-stack name of its registry', task('111122223333.dkr-ecr.us-west-2.on.aws/team/app:1'), push('arn:aws:ecr:us-west-2:111122223333:repository/team/*')],
  ['the image of a task by the FIPS name of its registry', task('111122223333.dkr.ecr-fips.us-west-2.amazonaws.com/app:1'), push('arn:aws:ecr:us-west-2:111122223333:repository/app')],
  ['the image of a task by the dual-stack FIPS name of its registry', task('111122223333.dkr-ecr-fips.us-west-2.on.aws/app:1'), push('arn:aws:ecr:us-west-2:111122223333:repository/app')],
  ['the image of a task by the other name of Amazon ECR Public', task('ecr-public.aws.com/a1b2c3d4/app:1'), allow('ecr-public:*', 'arn:aws:ecr-public::111122223333:repository/app')],
  ['the environment of a task', withEnvironment, allow('s3:PutObject', 'arn:aws:s3:::settings/*')],
  ['the image of a task in Amazon ECR Public', task('public.ecr.aws/a1b2c3d4/team/app:1'), allow('ecr-public:*', 'arn:aws:ecr-public::111122223333:repository/team/app')],
  ['the image of a task that is a parameter', { ...repository(), ...task({ Ref: 'AnyImage' }) }, push(arnOf('Others'))],
  ['the image of a task in a registry that is a parameter', { ...repository({ RepositoryName: 'app' }), ...task({ 'Fn::Join': ['', [{ Ref: 'AnyImage' }, '/app:1']] }) }, push(arnOf('Images'))],
  ['the image of a build', {
    ...repository(), Admin: role(trusted('codebuild'), allow(LIST)), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Environment: { Image: IMAGE } } },
  }, push()],
  ['the script of a job', glue(SCRIPT), allow('s3:PutObject', inBucket('Bucket'))],
  ['the bucket of the script of a job, whose name another account can take then', glue(SCRIPT), allow('s3:DeleteBucket', arnOf('Bucket'))],
  ['the script of a job whose location is an import', glue({ 'Fn::ImportValue': 'Script' }), allow('s3:PutObject', inBucket('Bucket'))],
  ['the script of a job whose bucket is a parameter', glue({ 'Fn::Sub': '${AnyBucket}/jobs/script.py' }), allow('s3:PutObject', inBucket('Bucket', 'jobs/*'))],
  ['a library of a job', glue('s3://elsewhere/script.py', { DefaultArguments: { '--extra-py-files': SCRIPT } }), allow('s3:*', inBucket('Bucket', 'jobs/*'))],
  ['a module of a job', glue('s3://elsewhere/script.py', { DefaultArguments: { '--additional-python-modules': { 'Fn::Sub': 'requests==2.32.0, s3://${Bucket}/jobs/lib.whl' } } }), allow('s3:*', inBucket('Bucket', 'jobs/*'))],
  ['the archive of a model', {
    Admin: role(trusted('sagemaker'), allow(LIST)),
    It: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: arnOf('Admin'), PrimaryContainer: { Image: 'public', ModelDataUrl: 's3://models/model.tar.gz' } } },
  }, allow('s3:PutObject', 'arn:aws:s3:::models/*')],
  ['a step of a cluster of Amazon EMR', {
    ...ofInstance({}, { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' } } }),
    Step: { Type: 'AWS::EMR::Step', Properties: { JobFlowId: { Ref: 'It' }, HadoopJarStep: { Jar: 's3://jars/step.jar' } } },
  }, allow('s3:PutObject', 'arn:aws:s3:::jars/*')],
  ['the repository that an instance clones', {
    ...ofInstance({}, {
      Type: 'AWS::EC2::Instance',
      Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': 'git clone codecommit::us-west-2://node-setup /opt/s && /opt/s/run.sh' } },
    }),
    Setup: { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'node-setup' } },
  }, allow('codecommit:GitPush', arnOf('Setup'))],
  ['the workflows of Apache Airflow', {
    Bucket, Admin: role(trusted('airflow-env'), allow(LIST)), It: { Type: 'AWS::MWAA::Environment', Properties: { ExecutionRoleArn: arnOf('Admin'), SourceBucketArn: arnOf('Bucket') } },
  }, allow('s3:PutObject', inBucket('Bucket', 'dags/*'))],
  ['the repository of an app of AWS Amplify', {
    Admin: role(trusted('amplify'), allow(LIST)),
    It: { Type: 'AWS::Amplify::App', Properties: { IAMServiceRole: arnOf('Admin'), Repository: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/app' } },
  }, allow('codecommit:GitPush', 'arn:aws:codecommit:us-west-2:111122223333:app')],
  ['the scripts of a cluster of Amazon SageMaker HyperPod', {
    Bucket,
    Admin: role(trusted('sagemaker'), allow(LIST)),
    It: { Type: 'AWS::SageMaker::Cluster', Properties: { InstanceGroups: [{ ExecutionRole: arnOf('Admin'), LifeCycleConfig: { SourceS3Uri: { 'Fn::Sub': 's3://${Bucket}/lifecycle' } } }] } },
  }, allow('s3:PutObject', inBucket('Bucket', 'lifecycle/on_create.sh'))],
  ['the archive of a model, which can have code,', {
    Bucket,
    Admin: role(trusted('sagemaker'), allow(LIST)),
    It: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: arnOf('Admin'), PrimaryContainer: { ModelDataUrl: { 'Fn::Sub': 's3://${Bucket}/model.tar.gz' } } } },
  }, allow('s3:PutObject', inBucket('Bucket', 'model.tar.gz'))],
  ['the files of a model', {
    Bucket,
    Admin: role(trusted('sagemaker'), allow(LIST)),
    It: {
      Type: 'AWS::SageMaker::Model',
      Properties: { ExecutionRoleArn: arnOf('Admin'), Containers: [{ ModelDataSource: { S3DataSource: { S3Uri: { 'Fn::Sub': 's3://${Bucket}/model/' } } } }] },
    },
  }, allow('s3:PutObject', inBucket('Bucket', 'model/code/*'))],
  ['the bootstrap action of a cluster of Amazon EMR', {
    ...ofInstance({}, {}),
    Bucket,
    It: { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' }, BootstrapActions: [{ ScriptBootstrapAction: { Path: { 'Fn::Sub': 's3://${Bucket}/install.sh' } } }] } },
  }, allow('s3:PutObject', inBucket('Bucket', 'install.sh'))],
  ['the driver of a connection', { ...glue('s3://elsewhere/it.py'), Connection: connection('s3://drivers/driver.jar') }, allow('s3:PutObject', 'arn:aws:s3:::drivers/*')],
  ['the image of a job that monitors a model', {
    ...repository(),
    Admin: role(trusted('sagemaker'), allow(LIST)),
    It: { Type: 'AWS::SageMaker::ModelBiasJobDefinition', Properties: { RoleArn: arnOf('Admin'), ModelBiasAppSpecification: { ImageUri: IMAGE } } },
  }, push()],
])('a pod that can change %s might do what the role of that may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(/^role Role may request (s3:(PutObject|DeleteBucket)|ecr(-public)?:PutImage|codecommit:GitPush), and so might decide what It does with role Admin$/)]]);
});

test.each<[string, object, object]>([
  ['another image', { ...repository(), ...task() }, push(arnOf('Others'))],
  ['an image whose tag is immutable', { ...repository({ ImageTagMutability: 'IMMUTABLE' }), ...task() }, push()],
  ['an image whose tag is immutable, in a repository with a name', {
    Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app', ImageTagMutability: 'IMMUTABLE' } }, ...task('111122223333.dkr.ecr.us-west-2.amazonaws.com/app:1'),
  }, push()],
  ['an image with a digest', { ...repository(), ...task({ 'Fn::Sub': `${REGISTRY}/\${Images}@sha256:0123` }) }, push()],
  ['an asset of aws-cdk', task({ 'Fn::Sub': `${REGISTRY}/cdk-hnb659fds-container-assets-\${AWS::AccountId}-us-west-2:0123` }), push()],
  ['a public image', task('public.ecr.aws/nginx/nginx:1'), push()],
  ['nothing, because it only reads images', { ...repository(), ...task() }, allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])],
  ['the driver of a connection in another bucket', { ...glue(SCRIPT), Connection: connection('s3://elsewhere/driver.jar') }, allow('s3:PutObject', inBucket('Other'))],
  ['another bucket', glue(SCRIPT), allow('s3:PutObject', inBucket('Other'))],
  ['other objects than those of any bucket with the key', glue({ 'Fn::Sub': '${AnyBucket}/jobs/script.py' }), allow('s3:PutObject', inBucket('Bucket', '*.txt'))],
  ['other objects', glue(SCRIPT), allow('s3:PutObject', inBucket('Bucket', 'data/*'))],
])('what is denied to a pod that can change %s is certain', (_, resources, statement) => {
  expect(decisionOf(resources, statement).outcome).toBe('DENIED');
});

const withJob = (image: string, more: object = {}) => ({
  ...repository(more), Other: accountRole('default:other', allow(LIST)), Others: objects(account('other', 'Other'), job('report', 'other', { containers: [{ name: 'main', image }] })),
});

test.each<[string, object, string[]]>([
  ['changes', withJob(`${REGISTRY}/\${Images}:1`), [expect.stringMatching(/^whether pods change the image of Job default\/report with role Role, get tokens of other pods, and with them .* Other$/)]],
  ['cannot change, because its tag is immutable,', withJob(`${REGISTRY}/\${Images}:1`, { ImageTagMutability: 'IMMUTABLE' }), []],
  ['changes, although not what is asked about,', { ...withJob(`${REGISTRY}/\${Images}:1`), Other: accountRole('default:other', allow('sqs:*')), Third: accountRole('default:third', allow(LIST)) }, []],
  ['cannot change, because it is public,', withJob('nginx:1'), []],
])('a pod that %s the image of another one might do what that may do, or not', (_, resources, expected) => {
  const { outcome, missing } = decisionOf(resources, push());
  expect([outcome, missing]).toEqual([expected.length > 0 ? 'UNKNOWN' : 'DENIED', expected]);
});

test('a pod that changes an image that another pod mounts might do what that may do', () => {
  const volumes = [{ name: 'plugins', image: { reference: `${REGISTRY}/\${Images}:1` } }];
  const mounting = { ...withJob('nginx:1'), Others: objects(account('other', 'Other'), job('report', 'other', { containers: [{ image: 'nginx:1' }], volumes })) };
  expect(decisionOf(mounting, push()).outcome).toBe('UNKNOWN');
});

const INSTANCE = { Type: 'AWS::EC2::Instance', Properties: { KeyName: { Ref: 'Key' }, IamInstanceProfile: { Ref: 'Profile' } } };
const NODES = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('Admin'), AmiType: 'AL2023_x86_64_STANDARD', RemoteAccess: { Ec2SshKey: { Ref: 'Key' } } } };
const read = (name = '*') => allow('ssm:GetParameter', { 'Fn::Sub': `arn:aws:ssm:*:*:parameter/${name}` });

test.each<[string, object, object, string]>([
  ['of an instance', ofInstance({}, INSTANCE), read(), 'UNKNOWN'],
  ['of an instance, by its name', ofInstance({}, INSTANCE), read('ec2/keypair/${Key.KeyPairId}'), 'UNKNOWN'],
  ['of an instance that names it literally', ofInstance({}, { ...INSTANCE, Properties: { ...INSTANCE.Properties, KeyName: 'bastion' } }), read(), 'UNKNOWN'],
  ['of an instance whose key is a parameter', ofInstance({}, { ...INSTANCE, Properties: { ...INSTANCE.Properties, KeyName: { Ref: 'AnyKey' } } }), read(), 'UNKNOWN'],
  ['of nodes', ofInstance({}, NODES), read(), 'UNKNOWN'],
  ['of instances of AWS Batch', ofInstance({}, { Type: 'AWS::Batch::ComputeEnvironment', Properties: { ComputeResources: { InstanceRole: { Ref: 'Profile' }, Ec2KeyPair: { Ref: 'Key' } } } }), read(), 'UNKNOWN'],
  ['of instances of Amazon EMR', ofInstance({}, { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' }, Instances: { Ec2KeyName: { Ref: 'Key' } } } }), read(), 'UNKNOWN'],
  ['of another name', ofInstance({}, { ...INSTANCE, Properties: { ...INSTANCE.Properties, KeyName: 'other' } }), read(), 'DENIED'],
  ['of another name, in the folder of keys,', ofInstance({}, { ...INSTANCE, Properties: { ...INSTANCE.Properties, KeyName: 'other' } }), read('ec2/keypair/*'), 'UNKNOWN'],
  ['of an instance without a private part', ofInstance({ PublicKeyMaterial: 'ssh-ed25519 AAAA' }, INSTANCE), read(), 'DENIED'],
  ['of no instance', ofInstance({}, { ...INSTANCE, Properties: { IamInstanceProfile: { Ref: 'Profile' } } }), read(), 'DENIED'],
  ['of an instance, but not its parameter', ofInstance({}, INSTANCE), read('app/*'), 'DENIED'],
])('a pod that reads the SSH key %s might get its role, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const database = (type: string, properties: object) => ({
  Admin: role(trusted('rds'), allow(LIST)), Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} }, It: { Type: type, Properties: properties },
});
const BY_SECRET = { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' };
const ELSEWHERE = '{{resolve:secretsmanager:db:SecretString:password}}';
const CLUSTER = { AssociatedRoles: [{ RoleArn: arnOf('Admin') }] };
const withOptions = (properties: object, OptionSettings: object[] = [{ Name: 'IAM_ROLE_ARN', Value: arnOf('Admin') }]) => ({
  ...database('AWS::RDS::DBInstance', { ...properties, MasterUserPassword: BY_SECRET }),
  Options: { Type: 'AWS::RDS::OptionGroup', Properties: { OptionGroupName: 'backups', OptionConfigurations: [{ OptionName: 'SQLSERVER_BACKUP_RESTORE', OptionSettings }] } },
});
const gets = (resource: unknown = '*') => allow('secretsmanager:GetSecretValue', resource);
const secretArn = (name: string) => `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-*`;

const nodeClass = (spec: object) => ({
  Admin: { ...role(trusted('ec2'), allow(LIST)), Properties: { ...role(trusted('ec2'), allow(LIST)).Properties, RoleName: 'knodes' } },
  Applied: objects(
    { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'd' }, spec: { role: 'knodes', ...spec } },
    { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'd' }, spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'd' } } } } },
  ),
});
const BOOT = { userData: 'aws s3 cp s3://boot/setup.sh - | bash' };
const byAmi = (term: object) => nodeClass({ amiSelectorTerms: [term] });
const GOLDEN = allow('ssm:PutParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/golden/ami');

test.each<[string, object, object, string]>([
  ['the script in their user data', nodeClass(BOOT), allow('s3:PutObject', 'arn:aws:s3:::boot/*'), 'UNKNOWN'],
  ['another script', nodeClass(BOOT), allow('s3:PutObject', 'arn:aws:s3:::other/*'), 'DENIED'],
  ['the parameter with their image', byAmi({ ssmParameter: '/golden/ami' }), GOLDEN, 'UNKNOWN'],
  ['another parameter', byAmi({ ssmParameter: '/other/ami' }), GOLDEN, 'DENIED'],
  ['parameters, while AWS writes that with their image', byAmi({ ssmParameter: '/aws/service/eks/x' }), allow('ssm:PutParameter'), 'DENIED'],
  ['images with their tags', byAmi({ tags: { golden: 'true' } }), allow(['ec2:RegisterImage', 'ec2:CreateTags']), 'UNKNOWN'],
  ['images without tags', byAmi({ tags: { golden: 'true' } }), allow('ec2:RegisterImage'), 'DENIED'],
  ['the tags of images', byAmi({ tags: { golden: 'true' } }), allow('ec2:CreateTags'), 'UNKNOWN'],
  ['the tags of images of AWS only', byAmi({ tags: { golden: 'true' }, owner: 'amazon' }), allow('ec2:CreateTags'), 'DENIED'],
  ['the tags of volumes', byAmi({ tags: { golden: 'true' } }), allow('ec2:CreateTags', 'arn:aws:ec2:*:*:volume/*'), 'DENIED'],
  ['the tags of what it makes', byAmi({ tags: { golden: 'true' } }), allow('ec2:CreateTags', '*', { Condition: { StringEquals: { 'ec2:CreateAction': 'CreateVolume' } } }), 'DENIED'],
  ['images with their name', byAmi({ name: 'golden' }), allow('ec2:RegisterImage'), 'UNKNOWN'],
  ['images, while theirs are of AWS', byAmi({ name: 'golden', owner: 'amazon' }), allow('ec2:RegisterImage'), 'DENIED'],
  ['images, while theirs have an alias', byAmi({ alias: 'al2023@latest' }), allow('ec2:*Image*'), 'DENIED'],
])('a pod that can write %s might run its code on nodes of Karpenter, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test.each<[string, object, object, string]>([
  ['a cluster of Amazon RDS', database('AWS::RDS::DBCluster', { ...CLUSTER, MasterUserPassword: BY_SECRET }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
  ['an instance of Amazon RDS', database('AWS::RDS::DBInstance', { ...CLUSTER, MasterUserPassword: BY_SECRET }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
  ['a cluster of Amazon RDS, from a secret elsewhere', database('AWS::RDS::DBCluster', { ...CLUSTER, MasterUserPassword: ELSEWHERE }), gets(secretArn('db')), 'UNKNOWN'],
  ['a cluster of Amazon RDS, which has it from another secret', database('AWS::RDS::DBCluster', { ...CLUSTER, MasterUserPassword: ELSEWHERE }), gets(secretArn('other')), 'DENIED'],
  ['a cluster of Amazon RDS, from the secret that it manages', database('AWS::RDS::DBCluster', { ...CLUSTER, ManageMasterUserPassword: true }), gets(secretArn('rds!cluster')), 'UNKNOWN'],
  ['a cluster of Amazon RDS, which manages another secret', database('AWS::RDS::DBCluster', { ...CLUSTER, ManageMasterUserPassword: true }), gets({ Ref: 'Secret' }), 'DENIED'],
  ['a cluster of Amazon RDS without a role', database('AWS::RDS::DBCluster', { MasterUserPassword: BY_SECRET }), gets({ Ref: 'Secret' }), 'DENIED'],
  ['an instance of Amazon RDS whose options have a role', withOptions({ OptionGroupName: { Ref: 'Options' } }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
  ['an instance of Amazon RDS whose options, by their name, have a role', withOptions({ OptionGroupName: 'backups' }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
  ['an instance of Amazon RDS with other options', withOptions({ OptionGroupName: 'default:sqlserver-se-15-00' }), gets({ Ref: 'Secret' }), 'DENIED'],
  ['an instance of Amazon RDS whose options have no role', withOptions({ OptionGroupName: { Ref: 'Options' } }, [{ Name: 'TLS_VERSION', Value: 'TLSv1.2' }]), gets({ Ref: 'Secret' }), 'DENIED'],
  ['a cluster of Amazon Redshift', database('AWS::Redshift::Cluster', { IamRoles: [arnOf('Admin')], MasterUserPassword: BY_SECRET }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
  ['a namespace of Amazon Redshift', database('AWS::RedshiftServerless::Namespace', { IamRoles: [arnOf('Admin')], AdminUserPassword: BY_SECRET }), gets({ Ref: 'Secret' }), 'UNKNOWN'],
])('a pod that reads the password of %s might run SQL with its role, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const source = (kind: string, spec: object, apiVersion = 'source.toolkit.fluxcd.io/v1') => ({
  ...repository(),
  Bucket,
  Other: accountRole('default:other', allow(LIST)),
  Applied: objects(account('other', 'Other'), { apiVersion, kind, metadata: { name: 'apps', namespace: 'flux' }, spec }),
});
const charts = `oci://${REGISTRY}/\${Images}`;
const gitPush = (name: string) => allow('codecommit:GitPush', `arn:aws:codecommit:us-west-2:111122223333:${name}`);
const ofArgo = (repoURL: unknown) => source('Application', { source: { repoURL, chart: 'reports', targetRevision: '1.*' } }, 'argoproj.io/v1alpha1');

test.each<[string, object, object]>([
  ['a bucket of Flux', source('Bucket', { bucketName: '${Bucket}' }), allow('s3:PutObject', inBucket('Bucket'))],
  ['an OCI repository of Flux', source('OCIRepository', { url: charts }), push(arnOf('Images'))],
  ['a repository of charts of Flux', source('HelmRepository', { type: 'oci', url: `oci://${REGISTRY}/team` }), push('arn:aws:ecr:us-west-2:111122223333:repository/team/reports')],
  ['a repository of charts in a bucket', source('HelmRepository', { url: 'https://charts.s3.us-west-2.amazonaws.com/stable' }), allow('s3:PutObject', 'arn:aws:s3:::charts/*')],
  ['a repository of charts in a bucket, in a Region that only the deployment knows', source('HelmRepository', { url: 'https://charts.s3.${AWS::Region}.${AWS::URLSuffix}/stable' }), allow('s3:PutObject', 'arn:aws:s3:::charts/*')],
  ['a repository of charts in a bucket by its path', ofArgo('https://s3.amazonaws.com/charts/stable'), allow('s3:PutObject', 'arn:aws:s3:::charts/stable/*')],
  ['a repository of charts in a bucket of the templates', ofArgo('https://${Bucket}.s3.us-west-2.amazonaws.com/'), allow('s3:PutObject', inBucket('Bucket'))],
  ['a repository of AWS CodeCommit', source('GitRepository', { url: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/apps' }), gitPush('apps')],
  ['an application of Argo CD', ofArgo(REGISTRY), push('arn:aws:ecr:us-west-2:111122223333:repository/reports')],
  ['an application of Argo CD in AWS CodeCommit', ofArgo('codecommit::us-west-2://apps'), gitPush('apps')],
  ['an instance of the Flux Operator', source('FluxInstance', { sync: { kind: 'GitRepository', url: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/fleet' } }, 'fluxcd.controlplane.io/v1'), gitPush('fleet')],
  ['an app of Carvel', source('App', { fetch: [{ git: { url: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/apps' } }] }, 'kappctrl.k14s.io/v1alpha1'), gitPush('apps')],
])('a pod that can change %s might do what other pods of the cluster may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(/^whether pods change the objects of \w+ apps, which a controller applies to the cluster, with role Role, run pods or get tokens/)]]);
});

test.each<[string, object, object]>([
  ['another bucket than that of charts', ofArgo('https://charts.s3.us-west-2.amazonaws.com/stable'), allow('s3:PutObject', 'arn:aws:s3:::data/*')],
  ['another bucket', source('Bucket', { bucketName: 'apps' }), allow('s3:PutObject', 'arn:aws:s3:::data/*')],
  ['another repository', source('OCIRepository', { url: charts }), push(arnOf('Others'))],
  ['a provider of Crossplane with a digest', source('Provider', { package: `${REGISTRY}/provider@sha256:${'0'.repeat(64)}` }, 'pkg.crossplane.io/v1'), push()],
  ['another repository of AWS CodeCommit', source('GitRepository', { url: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/apps' }), gitPush('other')],
  ['images, while the objects come from elsewhere', ofArgo('https://github.com/example/apps'), push()],
])('a pod that can change %s cannot', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});
