import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const OTHER_PODS = 'sns:ListTopics';
const Jobs = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'jobs' } };
const custom = (apiVersion: string, kind: string, spec: object, namespace: string | undefined = 'ops') => ({ apiVersion, kind, metadata: { name: 'job', namespace }, spec });
const spark = (spec: object, namespace?: string) => custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: { serviceAccount: 'reader' }, ...spec }, namespace);
const pod = (container: object, spec: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'job', namespace: 'ops' }, spec: { serviceAccountName: 'reader', containers: [{ name: 'main', image: 'busybox', ...container }], ...spec } });
const shell = (script: string) => pod({ command: ['sh', '-c', script] });
const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'job', namespace: 'ops' }, data });
const chart = (values: object) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'job', Namespace: 'ops', Values: JSON.stringify(values) } },
});
const access = (statement: object, document: object, resources: object = {}) => accessTo(clusterTemplate({
  Jobs,
  Own: accountRole('default:app', statement),
  Reader: accountRole('ops:reader', allow(LIST)),
  Other: accountRole('other:other', allow(OTHER_PODS)),
  ...resources,
  Objects: objects(account('app', 'Own'), account('reader', 'Reader', 'ops'), account('other', 'Other', 'other'), document),
})).assume({ noOtherNodes: true }).pod({ cluster: 'prod', serviceAccountName: 'app' });
const PUT = allow('s3:PutObject', 'arn:aws:s3:::jobs/*');
const outcomes = (document: object, resources: object = {}, statement: object = PUT) =>
  [LIST, OTHER_PODS].map((action) => access(statement, document, resources).decide(action).outcome);

test.each<[string, object]>([
  ['the file of an application of Spark', spark({ mainApplicationFile: 's3a://jobs/job.py' })],
  ['a library of an application of Spark', spark({ deps: { jars: ['s3a://jobs/lib/a.jar'] } })],
  ['the archive of a job of Flink', custom('flink.apache.org/v1beta1', 'FlinkDeployment', { serviceAccount: 'reader', job: { jarURI: 's3://jobs/job.jar' } })],
  ['the archive of a job of Ray', custom('ray.io/v1', 'RayJob', {
    runtimeEnvYAML: 'working_dir: s3://jobs/code.zip\npip: []', rayClusterSpec: { headGroupSpec: { template: { spec: { serviceAccountName: 'reader', containers: [{ name: 'head', image: 'ray' }] } } } },
  })],
  ['a file in a bucket by its URL', spark({ mainApplicationFile: 'https://s3.us-west-2.amazonaws.com/jobs/job.py' })],
  ['a file in a bucket of the templates by its URL', spark({ mainApplicationFile: 'https://${Jobs.RegionalDomainName}/job.py' })],
  ['a file in a bucket of the templates', spark({ mainApplicationFile: 's3://${Jobs}/job.py' })],
  ['a file whose name only the deployment knows', spark({ mainApplicationFile: 's3://jobs/${AWS::StackName}' })],
  ['the file of an object that names no account', custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile: 's3a://jobs/job.py' })],
  ['the script that a pod copies', shell('aws s3 cp s3://jobs/run.sh - | sh')],
  ['the folder that a pod copies', shell('aws s3 sync s3://jobs /app && /app/run')],
  ['the bucket from which a pod copies', shell('aws s3api get-object --bucket jobs --key run /tmp/run; sh /tmp/run')],
  ['the folder that the words of a command copy', pod({ command: ['aws', 's3', 'sync', 's3://jobs/dags', '/dags'] })],
  ['the folder that the arguments of an image copy', pod({ args: ['s3', 'sync', 's3://jobs/dags', '/dags'] })],
  ['the folder that a command and its arguments copy', pod({ command: ['/usr/local/bin/aws'], args: ['s3', 'cp', '--recursive', 's3://jobs/dags', 'dags'] })],
  ['the bucket of the object that the words of a command get', pod({ command: ['aws', 's3api', 'get-object'], args: ['--bucket', 'jobs', '--key', 'run', '/tmp/run'] })],
  ['the folder that a program of its own puts at a path', pod({ command: ['fetcher', 's3://jobs/dags', '/dags'] })],
  ['the folder that a script copies, with its argument', pod({ command: ['sh', '-c', 'aws s3 sync "$0" /dags', 's3://jobs/dags'] })],
  ['the folder in a variable that a script copies', pod({ command: ['sh', '-c', 'aws s3 sync $DAGS /dags'], env: [{ name: 'DAGS', value: 's3://jobs/dags' }] })],
  ['the folder in a variable that the words of a command copy', pod({ args: ['s3', 'sync', '$(DAGS)', '/dags'], env: [{ name: 'DAGS', value: 's3://jobs/dags' }] })],
  ['the archive that an argument names', pod({ args: ['--jar=s3://jobs/job.jar'] })],
  ['the archive in an environment variable', pod({ env: [{ name: 'JAR', value: 's3://jobs/job.jar' }] })],
  ['the script that a script in a ConfigMap copies', configMap({ 'run.sh': '#!/bin/sh\naws s3 cp s3://jobs/run - | sh' })],
])('a pod that may change %s might do what the pods that run it can do', (_, document) => {
  expect(outcomes(document)).toEqual([UNKNOWN, DENIED]);
});

const NONE = configMap({});

test.each<[string, object, object, object]>([
  ['the file that the values of a chart name', NONE, chart({ job: { serviceAccountName: 'reader', jar: 's3://jobs/job.jar' } }), PUT],
  ['the file that the values of a chart name without an account', NONE, chart({ job: { jar: 's3://jobs/job.jar' } }), PUT],
  ['the file in an environment variable that the values of a chart have', NONE, chart({ env: [{ name: 'JAR', value: 's3://jobs/job.jar' }] }), PUT],
  ['the file that the values of a release name', custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { values: { jar: 's3a://jobs/job.jar' } }), {}, PUT],
  ['the repository that a container of a pod clones', pod({ env: [{ name: 'GITSYNC_REPO', value: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/dags' }] }), {}, allow('codecommit:GitPush')],
  ['the repository that a container of a pod clones with a helper of git', pod({ args: ['--repo=codecommit::us-west-2://dags'] }), {}, allow('codecommit:GitPush')],
  ['the secret that the words of a command read', pod({ args: ['secretsmanager', 'get-secret-value', '--secret-id', 'setup'] }), { Setup: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'setup' } } }, allow('secretsmanager:PutSecretValue')],
  ['the parameter that the words of a command read', pod({ command: ['aws', 'ssm', 'get-parameter', '--name', '/setup'] }), { Setup: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/setup', Type: 'String', Value: 'x' } } }, allow('ssm:PutParameter')],
  ['the repository that the words of a command clone', pod({ command: ['git', 'clone', 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/dags'] }), {}, allow('codecommit:GitPush')],
  ['the secret that a pod runs', shell('aws secretsmanager get-secret-value --secret-id setup --query SecretString | sh'), { Setup: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'setup' } } }, allow('secretsmanager:PutSecretValue')],
])('the same is true of %s', (_, document, resources, statement) => {
  expect(outcomes(document, resources, statement)).toEqual([UNKNOWN, DENIED]);
});

const batch = (container: object) => ({
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'NodeRole' }] } },
  Environment: {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: { EksConfiguration: { EksClusterArn: arnOf('Cluster'), KubernetesNamespace: 'jobs' }, ComputeResources: { InstanceRole: { Ref: 'Profile' } } },
  },
  Job: { Type: 'AWS::Batch::JobDefinition', Properties: { EksProperties: { PodProperties: { Containers: [{ Image: 'busybox', ...container }] } } } },
});
const CDN = { Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Aliases: ['code.example.com'], Origins: [{ DomainName: { 'Fn::GetAtt': ['Jobs', 'RegionalDomainName'] } }] } } } };
const withFile = (value: string) => pod({ env: [{ name: 'JAR', value }] });

test.each<[string, string, string]>([
  ['by the website of the bucket', '${Jobs.WebsiteURL}/job.jar', UNKNOWN],
  ['by the literal website of the bucket', 'http://jobs.s3-website-us-west-2.amazonaws.com/job.jar', UNKNOWN],
  ['by the alias of a distribution', 'https://code.example.com/job.jar', UNKNOWN],
  ['by the name of a distribution', 'https://${Cdn.DomainName}/job.jar', UNKNOWN],
  ['of another host', 'https://example.com/jobs/job.jar', DENIED],
  ['of the website of another bucket', 'http://others.s3-website-us-west-2.amazonaws.com/job.jar', DENIED],
  ['with data, behind a distribution,', 'https://code.example.com/data.csv', DENIED],
  ['with nothing, at a distribution,', 'https://code.example.com', DENIED],
])('who writes to a bucket that has the file %s might do what the pods can do that name it, or not', (_, location, expected) => {
  expect(outcomes(withFile(location), CDN)).toEqual([expected, DENIED]);
});

const patch = (ApplyPatchJson: string) => ({ Patch: { Type: 'Custom::AWSCDK-EKS-KubernetesPatch', Properties: { ClusterName: { Ref: 'Cluster' }, ApplyPatchJson } } });

test.each<[string, object, boolean]>([
  ['a job of AWS Batch copies', batch({ Command: ['sh', '-c', 'aws s3 cp s3://jobs/run.sh - | sh'] }), true],
  ['a patch names', patch('{"spec":{"code":"s3://jobs/job.jar"}}'), true],
  ['a job of AWS Batch reads', batch({ Args: ['s3://jobs/data'] }), false],
])('who changes what %s might do what any pod can do, or not', (_, resources, expected) => {
  const missing = [LIST, OTHER_PODS].map((action) => access(PUT, NONE, resources).decide(action).missing.join());
  expect(missing.map((what) => / code that (Job|Patch) names with role Own, run pods or get tokens/.test(what))).toEqual([expected, expected]);
});

test('an object of the cluster that names no account can have those of all namespaces', () => {
  const { metadata, ...rest } = custom('example.com/v1', 'ClusterJob', { code: 's3://jobs/job.jar' });
  expect(outcomes({ ...rest, metadata: { name: metadata.name } })).toEqual([UNKNOWN, UNKNOWN]);
});

test.each<[string, object, object?]>([
  ['the data of an application of Spark', spark({ arguments: ['s3://jobs/in/', 's3a://jobs/out', 's3://jobs/in.csv'], sparkConf: { 'spark.eventLog.dir': 's3a://jobs/logs' } })],
  ['the bucket in an environment variable', pod({ env: [{ name: 'BUCKET', value: 'jobs' }, { name: 'DATA', value: 's3://jobs/data/' }] })],
  ['the bucket that an argument names', pod({ args: ['--bucket', 'jobs', '--bucket=${Jobs}', '--data=s3://jobs'] })],
  ['the folder that the words of a command name', pod({ command: ['python', '-m', 'report'], args: ['s3://jobs/in', '--format', 'csv', '--sync-every=5m'] })],
  ['the bucket that the words of a command name', pod({ command: ['/app/worker', '--bucket', 'jobs', '--aws-region', 'us-west-2', '--out', '/tmp'] })],
  ['another folder than that which the words of a command copy', pod({ command: ['aws', 's3', 'sync', 's3://others/dags', '/dags'] })],
  ['the folder in another variable than that of a script', pod({ command: ['sh', '-c', 'aws s3 sync $DAGS /dags'], env: [{ name: 'DAGS_OUT', value: 's3://jobs/dags' }] })],
  ['the bucket in a ConfigMap', configMap({ 'config.yaml': 'bucket: jobs\nprefix: s3://jobs/in\n' })],
  ['the bucket in the values of a chart', NONE, chart({ storage: { bucketNames: { chunks: 'jobs' }, url: 's3://jobs/chunks' } })],
  ['the file of a job in another namespace', spark({ mainApplicationFile: 's3a://jobs/job.py' }, 'third')],
  ['the file of a job with another account', spark({ mainApplicationFile: 's3a://jobs/job.py', driver: { serviceAccount: 'nobody' } })],
  ['a repository that no pod clones', pod({ env: [{ name: 'GITSYNC_REPO', value: 'https://git.example.com/dags' }] })],
  ['another file', spark({ mainApplicationFile: 's3a://others/job.py' })],
  ['a file elsewhere whose path has the name of the bucket', spark({ mainApplicationFile: 'https://example.com/jobs/job.py' })],
])('a pod that may change %s changes what no pod runs', (_, document, resources = {}) => {
  expect(outcomes(document, resources)).toEqual([DENIED, DENIED]);
});

test('the answer says what names the code', () => {
  const missing = (document: object) => access(PUT, document).decide(LIST).missing;
  const rest = 'get tokens of other pods, and with them the credentials of role Reader';
  expect(missing(spark({ mainApplicationFile: 's3a://jobs/job.py' }))).toEqual([`whether pods change code that SparkApplication ops/job names with role Own, ${rest}`]);
  expect(missing(shell('aws s3 cp s3://jobs/run.sh - | sh'))).toEqual([`whether pods change the code of Pod ops/job with role Own, ${rest}`]);
});

test('who changes the code of a pod with the network of its node might get the role of the node', () => {
  const script = shell('aws s3 cp s3://jobs/run.sh - | sh');
  const onHost = { ...script, spec: { ...script.spec, hostNetwork: true } };
  expect([script, onHost].map((document) => access(PUT, document).decide('sqs:ListQueues').outcome)).toEqual([DENIED, UNKNOWN]);
});
