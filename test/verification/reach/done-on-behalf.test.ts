import { actingNames, actionNames } from '../../../lib/verification/private/aws-data/actions';
import { servicesWithRoles } from '../../../lib/verification/private/model/unknown-requests';
import { KNOWN_REQUESTS, KNOWN_SERVICES } from '../../../lib/verification/private/resource-types/known-services';
import { accessTo, decide, DENIED, reader, READER_ARN, UNKNOWN } from '../decisions/cases/questions';
import { allow, clusterTemplate, deny, role } from '../templates';

const BUCKETS = 's3:ListAllMyBuckets';
const TO_READER = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: READER_ARN } };
const managed = (name: string) => reader([], { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] });
const boundary = (...statements: object[]) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement: statements } } });

test.each<[string, object, string]>([
  // a rule of AWS IoT writes the message to a bucket, with the topic as its key
  ['publish to AWS IoT', reader([allow('iot:Publish', 'arn:aws:iot:us-west-2:111122223333:topic/jobs/*')]), UNKNOWN],
  // what a client writes is in the bucket of the file system
  ['write to Amazon S3 Files', reader([allow(['s3files:ClientMount', 's3files:ClientWrite'])]), UNKNOWN],
  ['change the address of root users', reader([allow('account:StartPrimaryEmailUpdate')]), UNKNOWN],
  ['change the address of its own root user', reader([allow('iam:UpdateAccountEmailAddress')]), UNKNOWN],
  ['delegate a domain to other name servers', reader([allow('route53domains:UpdateDomainNameservers')]), UNKNOWN],
  ['give a distribution another origin', reader([allow('cloudfront:UpdateDistribution')]), UNKNOWN],
  // the services act in the cluster with their service-linked roles
  ['create compute environments', reader([allow('batch:CreateComputeEnvironment')]), UNKNOWN],
  ['submit training jobs with a role', reader([allow('batch:SubmitServiceJob')]), UNKNOWN],
  ['create virtual clusters', reader([allow(['emr-containers:CreateVirtualCluster', 'emr-containers:StartJobRun'])]), UNKNOWN],
  // the copy replaces what is in the other file system
  ['replicate a file system to another one', reader([allow('elasticfilesystem:CreateReplicationConfiguration')]), UNKNOWN],
  ['attach an access point of Amazon S3 to a volume of Amazon FSx', reader([allow('fsx:CreateAndAttachS3AccessPoint')]), UNKNOWN],
  ['set the password of the administrator of a file system', reader([allow('fsx:UpdateFileSystem')]), UNKNOWN],
  ['set the password of the administrator of a virtual machine', reader([allow('fsx:UpdateStorageVirtualMachine')]), UNKNOWN],
  ['replace what is in a volume of Amazon FSx', reader([allow('fsx:CopySnapshotAndUpdateVolume')]), UNKNOWN],
  // a connection has a password or a token, which it sends to its endpoint
  ['send the password of a connection elsewhere', reader([allow('events:UpdateApiDestination')]), UNKNOWN],
  ['use a connection for another destination', reader([allow('events:CreateApiDestination')]), UNKNOWN],
  ['get the token of a connection elsewhere', reader([allow('events:UpdateConnection')]), UNKNOWN],
  ['read the password of a connection', reader([allow('events:RetrieveConnectionCredentials')]), UNKNOWN],
  ['query with the role of a data source', reader([allow('opensearch:StartDirectQuery')]), UNKNOWN],
  ['send events and change rules', reader([allow(['events:PutEvents', 'events:PutRule', 'events:EnableRule'])]), DENIED],
  ['create access points of Amazon EFS and volumes of Amazon FSx', reader([allow(['elasticfilesystem:CreateAccessPoint', 'fsx:CreateVolume', 'fsx:UpdateVolume'])]), DENIED],
  ['start a task of AWS DataSync', reader([allow('datasync:StartTaskExecution')]), UNKNOWN],
  ['change a flow of Amazon AppFlow', reader([allow('appflow:UpdateFlow')]), UNKNOWN],
  ['publish packages', reader([allow('codeartifact:PublishPackageVersion')]), UNKNOWN],
  ['request it with other letters', reader([allow('IoT:publish')]), UNKNOWN],
  ['request all of a service', reader([allow('iot:*')]), UNKNOWN],
  ['request what starts alike in any service', reader([allow('*:Publish')]), UNKNOWN],
  ['request all but a service', reader([{ Effect: 'Allow', NotAction: ['s3:*', 'iam:*', 'sts:*'], Resource: '*' }]), UNKNOWN],
  ['do it as another role', { ...reader([allow('sts:AssumeRole')]), Second: role(TO_READER, allow('iot:Publish')) }, UNKNOWN],
  ['do it within a boundary', { ...reader([allow('iot:*')], { PermissionsBoundary: { Ref: 'Boundary' } }), Boundary: boundary(allow(['iot:Pub*', 's3:*'])) }, UNKNOWN],
  ['not do it within a boundary', { ...reader([allow('iot:*')], { PermissionsBoundary: { Ref: 'Boundary' } }), Boundary: boundary(allow(['iot:Describe*', 'sqs:*'])) }, DENIED],
  ['be denied to do it', reader([allow('iot:*'), deny(['iot:*Publish', 'iot:SendDirectMessage', 'iot:UpdateThingShadow'])]), DENIED],
  ['request all of a service, on resources that none of these requests is about', reader([allow('iot:*', 'arn:aws:iot:us-west-2:111122223333:policy/*')]), DENIED],
  ['request all of IAM, on roles that it cannot create', reader([allow('iam:*', 'arn:aws:iam::111122223333:role/tenants/*'), deny('iam:CreateRole')]), DENIED],
  ['invalidate a distribution', reader([allow(['cloudfront:CreateInvalidation', 'cloudfront:GetDistribution'])]), DENIED],
])('what is denied to a pod that can %s', (_, resources, outcome) => {
  expect(decide(resources, { action: BUCKETS }).outcome).toBe(outcome);
});

test.each([
  'AmazonBedrockFullAccess', 'AmazonDynamoDBFullAccess', 'AmazonEKS_CNI_Policy', 'AmazonKinesisFullAccess', 'AmazonMSKFullAccess', 'AmazonSESFullAccess', 'AmazonSNSFullAccess',
  'AmazonSQSFullAccess', 'AmazonSSMManagedInstanceCore', 'AWSXRayDaemonWriteAccess', 'CloudWatchAgentServerPolicy', 'CloudWatchLogsFullAccess', 'ElasticLoadBalancingFullAccess',
  'ReadOnlyAccess', 'SecurityAudit', 'AmazonS3FullAccess', 'AmazonSSMReadOnlyAccess', 'AmazonEC2ContainerRegistryPullOnly', 'AWSAppMeshEnvoyAccess',
  'AmazonElasticFileSystemClientFullAccess', 'AmazonOpenSearchServiceReadOnlyAccess', 'AmazonS3ReadOnlyAccess', 'service-role/AmazonEBSCSIDriverPolicy', 'service-role/AmazonEFSCSIDriverPolicy', 'CloudWatchNetworkFlowMonitorAgentPublishPolicy',
])('%s, which pods and nodes often have, leads nowhere', (name) => {
  expect(decide(managed(name), { action: 'healthlake:DeleteFHIRDatastore' }).outcome).toBe(DENIED);
});

test('the answer names the request and the role, and says how to settle it', () => {
  const resources = reader([allow('iot:Publish')]);
  const pod = accessTo(clusterTemplate(resources)).pod({ serviceAccountName: 'app' });
  const { missing } = pod.decide(BUCKETS);
  expect(missing[0]).toBe('role Reader may request iot:Publish, and it is not known what the service does on its behalf. If it changes nothing: changesNothing: ["iot:Publish"]');
  expect(() => pod.assertDenied(BUCKETS)).toThrow(/noOtherCredentials: true/);
  expect(decide(resources, { action: BUCKETS, noOtherCredentials: true }).outcome).toBe(DENIED);
});

test.each<[string[], string]>([
  [['iot:Publish', 'iot:RetainPublish'], DENIED],
  [['IoT:*Publish'], DENIED],
  [['iot:Publish'], UNKNOWN],
  [['*:Publish', 'iot:retainpublish'], DENIED],
])('if a user states that %j changes nothing', (changesNothing, outcome) => {
  const access = accessTo(clusterTemplate(reader([allow(['iot:Publish', 'iot:RetainPublish'])]))).assume({ changesNothing });
  expect(access.pod({ serviceAccountName: 'app' }).decide(BUCKETS).outcome).toBe(outcome);
});

test('what is stated is part of the explanation, and has to be about a request whose effect is not known', () => {
  const access = accessTo(clusterTemplate(reader([allow('iot:Publish')])));
  expect(() => access.assume({ changesNothing: ['iot:Publish'] }).pod({ serviceAccountName: 'app' }).assertAllowed(BUCKETS))
    .toThrow(/^Assumed: .*what services do for iot:Publish changes no access/m);
  expect(() => access.assume({ changesNothing: ['s3:PutObject'] })).toThrow('changesNothing names s3:PutObject, but the templates have nothing there that is not read: remove it');
});

const serviceOf = (action: string) => action.split(':')[0];
const acting = new Set(actingNames());
const known = new Set([...KNOWN_SERVICES, ...servicesWithRoles()]);
const ofOthers = actionNames().filter((name) => !known.has(serviceOf(name)) && !KNOWN_REQUESTS.includes(name));
/** A request that acts, of each service that is not known. */
const oneOfEach = [...new Map(ofOthers.filter((name) => acting.has(name)).map((name) => [serviceOf(name), name])).values()];

test('with a request that acts, of any service that is not known, what is denied is unknown', () => {
  expect(oneOfEach.length).toBeGreaterThan(200);
  expect(oneOfEach.filter((action) => decide(reader([allow(action)]), { action: BUCKETS }).outcome !== UNKNOWN)).toEqual([]);
});

test('with all requests of these services that do not act, it stays denied', () => {
  const reads = ofOthers.filter((name) => !acting.has(name));
  expect(reads.length).toBeGreaterThan(3000);
  expect(decide(reader([allow(reads)]), { action: BUCKETS }).outcome).toBe(DENIED);
});
