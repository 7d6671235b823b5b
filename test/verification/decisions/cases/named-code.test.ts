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

const workflow = (inputs: object, more: object = {}, spec: object = {}) => custom('argoproj.io/v1alpha1', 'WorkflowTemplate', {
  serviceAccountName: 'reader',
  templates: [{ name: 'run', inputs: { artifacts: [{ name: 'in', path: '/tmp/in', ...inputs }] }, container: { image: 'busybox', command: ['sh', '/tmp/run'] }, ...more }],
  ...spec,
});
const service = (model: object) => custom('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { serviceAccountName: 'reader', model } });
const repositories = (name: string, text: string) => ({ ...configMap({ default: text }), metadata: { name, namespace: 'ops' } });

test.each<[string, object, object?]>([
  ['the script in an artifact of a workflow', workflow({ s3: { bucket: 'jobs', key: 'run.sh' } })],
  ['the script in an artifact of a workflow in a bucket of the templates', workflow({ s3: { bucket: '${Jobs}', key: 'run.sh' } })],
  ['the archive in an artifact of a workflow', workflow({ s3: { bucket: 'jobs', key: 'code/app.tgz' } })],
  ['an artifact without an extension that a workflow runs by its path', workflow({ s3: { bucket: 'jobs', key: 'run' }, path: '/tmp/run' })],
  ['an artifact that a script of a workflow runs', workflow({ s3: { bucket: 'jobs', key: 'run' } }, { container: undefined, script: { image: 'busybox', command: ['sh'], source: '. /tmp/in' } })],
  ['a folder that a workflow has as its code', workflow({ s3: { bucket: 'jobs', key: 'all/' }, path: '/app' })],
  ['an artifact of a workflow by its parameter', workflow({ s3: { bucket: 'jobs', key: '{{inputs.parameters.script}}' }, path: '/tmp/run' })],
  ['the script in an artifact that has only a key', workflow({ s3: { key: 'run.sh' } }), { Repositories: objects(repositories('artifact-repositories', 's3:\n  bucket: jobs\n  endpoint: s3.amazonaws.com\n')) }],
  ['the script in an artifact of a repository that a workflow names', workflow({ s3: { key: 'run.sh' } }, {}, { artifactRepositoryRef: { configMap: 'mine', key: 'default' } }),
    { Repositories: objects(repositories('mine', JSON.stringify({ s3: { bucket: 'jobs' } }))) }],
  ['the workflow that a sensor starts', custom('argoproj.io/v1alpha1', 'Sensor', { triggers: [{ template: { argoWorkflow: { source: { s3: { bucket: { name: 'jobs', key: 'flow.yaml' } } } } } }] })],
  ['the jars of a job of Spark by an option', spark({ sparkConf: { 'spark.jars': 's3a://jobs/a.jar,s3a://others/b.jar' } })],
  ['the jars in a folder by an option', spark({ sparkConf: { 'spark.jars': 's3a://jobs/libs/*' } })],
  ['the environment of a job of Spark', spark({ sparkConf: { 'spark.archives': 's3a://jobs/env.tar.gz#env' } })],
  ['the jars in a folder of a job of Spark', spark({ sparkConf: { 'spark.yarn.jars': 's3a://jobs/jars' } })],
  ['the template of the driver of a job of Spark', spark({ sparkConf: { 'spark.kubernetes.driver.podTemplateFile': 's3a://jobs/driver.yaml' } })],
  ['the model of a server', service({ storageUri: 's3://jobs/model' })],
  ['the model of a server by a bucket and a path', service({ storage: { key: 's3', path: 'churn', parameters: { bucket: 'jobs' } } })],
  ['the model in a variable', pod({ env: [{ name: 'MODEL_URI', value: 's3://jobs/churn/1' }] })],
  ['the models of an option', pod({ args: ['--model-repository=s3://jobs/triton'] })],
  ['the model after an option', pod({ args: ['--model', 's3://jobs/llm', '--port', '8000'] })],
  ['the folder with the code of a deployment of Ray', custom('ray.io/v1', 'RayService', {
    serveConfigV2: 'applications:\n- import_path: app:main\n  runtime_env:\n    working_dir: https://jobs.s3.us-west-2.amazonaws.com/code.zip\n',
    rayClusterConfig: { headGroupSpec: { template: { spec: { serviceAccountName: 'reader', containers: [{ name: 'head', image: 'ray' }] } } } },
  })],
  ['the bundle of DAGs in a variable', pod({
    env: [{
      name: 'AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST', value: JSON.stringify([{ name: 's3', classpath: 'S3DagBundle', kwargs: { bucket_name: 'jobs', prefix: 'dags' } }]),
    }],
  })],
  ['the folder of DAGs in a variable', pod({ env: [{ name: 'DAGS_FOLDER_URI', value: 's3://jobs/airflow' }] })],
  ['the folder of DAGs in the values of a chart', configMap({}), chart({ serviceAccount: { name: 'reader' }, dags: { s3: { bucket: 'jobs', prefix: 'airflow' } } })],
  ['the library of an application of Flink', custom('flink.apache.org/v1beta1', 'FlinkDeployment', { serviceAccount: 'reader', flinkConfiguration: { 'user.artifacts.artifact-list': 's3://jobs/udf.jar' } })],
])('a pod that may change %s might do what the pods with it can do', (_, document, resources = {}) => {
  expect(outcomes(document, resources)).toEqual([UNKNOWN, DENIED]);
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

const PARAMETER = allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/run/*');
const SECRET = allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:*:*:secret:ops/setup-*');
const IN_BUCKET = allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*');

test.each<[string, object, object]>([
  ['the parameter that a script reads', shell('aws ssm get-parameter --with-decryption --name /run/it --query Parameter.Value --output text | sh'), PARAMETER],
  ['the parameter that a script reads for a stage', shell('aws ssm get-parameter --name /run/$STAGE/it | sh'), PARAMETER],
  ['the parameter that the words of a command read', pod({ args: ['ssm', 'get-parameter', '--name', '/run/it'] }), PARAMETER],
  ['the parameter that a script of Python reads', shell('python -c "import boto3; exec(boto3.client(\\"ssm\\").get_parameter(Name=\\"/run/it\\"))"'), PARAMETER],
  ['the parameter that a script of PowerShell reads', shell('Invoke-Expression (Get-SSMParameterValue -Name /run/it).Parameters[0].Value'), PARAMETER],
  ['the second of the parameters that a script reads', shell('aws ssm get-parameters --names /app/it /run/it --query Parameters[1].Value | sh'), PARAMETER],
  ['one of the secrets that a script reads', shell('aws secretsmanager batch-get-secret-value --secret-id-list ops/other ops/setup | sh'), SECRET],
  ['the secret that a script of PowerShell reads', shell('Get-SECSecretValue ops/setup | iex'), SECRET],
  ['a parameter below a path that a script reads', shell('export $(aws ssm get-parameters-by-path --path /run) && node x.js'), PARAMETER],
  ['the secret that a script reads', shell('aws secretsmanager get-secret-value --secret-id ops/setup --query SecretString | sh'), SECRET],
  ['the object that a script reads', shell('aws s3api get-object --bucket elsewhere --key run.sh /tmp/run; sh /tmp/run'), IN_BUCKET],
  ['the object that a script of PowerShell reads', shell('Read-S3Object -BucketName elsewhere -Key run.ps1 -File run.ps1; ./run.ps1'), IN_BUCKET],
  ['the bucket that a script mounts', shell('mount-s3 --read-only elsewhere /dags && python /dags/x.py'), IN_BUCKET],
  ['the bucket that the words of a command mount', pod({ command: ['goofys', '-f', 'elsewhere', '/dags'] }), IN_BUCKET],
  ['the object that a script copies with the client of MinIO', shell('mc cp s3/elsewhere/x.sh . && sh x.sh'), IN_BUCKET],
  ['the folder that a script copies with rclone', shell('rclone sync s3:elsewhere/prod /app'), IN_BUCKET],
])('a pod that may change %s, outside the templates, might do what the pods can do that run it', (_, document, statement) => {
  expect(outcomes(document, {}, statement)).toEqual([UNKNOWN, DENIED]);
});

test.each<[string, object, object]>([
  ['what follows another option than that with names', shell('aws ssm get-parameters --names /app/it --query /run/it | sh'), PARAMETER],
  ['another parameter than a script reads', shell('aws ssm get-parameter --name /app/it | sh'), PARAMETER],
  ['what a script has as the name of something else', shell('docker run --name /run/it busybox'), PARAMETER],
  ['the parameter that an argument names', pod({ args: ['--parameter', '/run/it'] }), PARAMETER],
  ['another secret than a script reads', shell('aws secretsmanager get-secret-value --secret-id ops/other | sh'), SECRET],
  ['another bucket than a script names', shell('aws s3api get-object --bucket others --key run.sh /tmp/run; sh /tmp/run'), IN_BUCKET],
])('a pod that may change %s, outside the templates, changes what no pod runs', (_, document, statement) => {
  expect(outcomes(document, {}, statement)).toEqual([DENIED, DENIED]);
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
  ['the folder in another variable than that of a script', pod({ command: ['sh', '-c', 'aws s3 sync $DAGS /dags'], env: [{ name: 'RESULTS', value: 's3://jobs/dags' }] })],
  ['an artifact with data of a workflow', workflow({ s3: { bucket: 'jobs', key: 'in.csv' } })],
  ['an artifact without an extension that a workflow does not run', workflow({ s3: { bucket: 'jobs', key: 'in/2024' } })],
  ['what a workflow only writes', workflow({ s3: { bucket: 'others', key: 'run.sh' } }, { outputs: { artifacts: [{ name: 'out', path: '/tmp/run', s3: { bucket: 'jobs', key: 'out.tgz' } }] } })],
  ['the repository of artifacts of workflows that get none by a key', workflow({ s3: { bucket: 'others', key: 'run.sh' } }),
    { Repositories: objects(repositories('artifact-repositories', 's3:\n  bucket: jobs\n')) }],
  ['an artifact of another bucket', workflow({ s3: { bucket: 'others', key: 'run.sh' } })],
  ['a bucket and a key of a Secret', custom('example.com/v1', 'Store', { bucket: 'jobs', accessKeySecret: { name: 'keys', key: 'key.txt' } })],
  ['the buckets of a store of logs', NONE, chart({ loki: { storage: { bucketNames: { chunks: 'jobs' }, s3: { bucket: 'jobs', region: 'us-west-2' } } } })],
  ['a folder with results', pod({ args: ['--output', 's3://jobs/model-results'], env: [{ name: 'REPORTS_URI', value: 's3://jobs/reports' }] })],
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
