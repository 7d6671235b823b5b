// Where code is, as a value that only the deployment knows: it may be anywhere.
import { admin, Bucket, decisionOf, inBucket, LIST, ofInstance, task, trusted } from './code-apps';
import { account, accountRole, allow, arnOf, job, objects, role, withValue } from '../templates';

const PUT = allow('s3:PutObject', 'arn:aws:s3:::scripts/*');
const Script = { Ref: 'Script' };
const running = (service: string, Type: string, Properties: object) => ({ ...admin(service), It: { Type, Properties } });
const container = (more: object) => {
  const { It: { Type, Properties } } = task();
  const [first] = Properties.ContainerDefinitions;
  return { ...task(), It: { Type, Properties: { ...Properties, ContainerDefinitions: [{ ...first, Image: `app@sha256:${'a'.repeat(64)}`, ...more }] } } };
};
const onInstances = (more: object) => ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' } }, ...more });
const steps = (...Args: unknown[]) => ({
  ...onInstances({}),
  It: { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' }, Steps: [{ Name: 'it', HadoopJarStep: { Jar: 'command-runner.jar', Args } }] } },
});

test.each<[string, object, object]>([
  ['what an instance copies from a location that is a parameter', ofInstance({}, {
    Type: 'AWS::EC2::Instance',
    Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 cp --quiet ${Script} /run.sh\nbash /run.sh\n' } } },
  }), allow('s3:PutObject', 'arn:aws:s3:::scripts/*')],
  ['what an instance copies, with a Region, from a location that is a parameter', ofInstance({}, {
    Type: 'AWS::EC2::Instance',
    Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\naws s3 --no-progress cp --region us-west-2 ${Script}/run.sh /run.sh\n' } } },
  }), allow('s3:PutObject', 'arn:aws:s3:::scripts/*')],
  ['the source of a build on GitHub that is a parameter', {
    ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB', Location: { Ref: 'Script' } } } },
  }, allow('codeconnections:UseConnection')],
  ['the source of a build for all repositories of an organization', {
    ...admin('codebuild'),
    It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB', Location: 'CODEBUILD_DEFAULT_WEBHOOK_SOURCE_LOCATION' } } },
  }, allow('codeconnections:UseConnection')],
  ['the archive of a model that is a parameter', {
    Bucket, Admin: role(trusted('sagemaker'), allow(LIST)), It: { Type: 'AWS::SageMaker::Model', Properties: { ExecutionRoleArn: arnOf('Admin'), PrimaryContainer: { ModelDataUrl: { Ref: 'Script' } } } },
  }, allow('s3:PutObject', inBucket('Bucket'))],
  ['the workflows of Apache Airflow in a bucket of another stack', {
    Bucket, Admin: role(trusted('airflow-env'), allow(LIST)), It: { Type: 'AWS::MWAA::Environment', Properties: { ExecutionRoleArn: arnOf('Admin'), SourceBucketArn: { 'Fn::ImportValue': 'Dags' } } },
  }, allow('s3:PutObject', inBucket('Bucket'))],
  ['the file that a step of Amazon EMR submits, which is a parameter', steps('spark-submit', '--deploy-mode', 'cluster', '--verbose', Script, '--level', 'info'), PUT],
  ['what a job of AWS Batch copies from a location that is a parameter', running('ecs-tasks', 'AWS::Batch::JobDefinition', {
    ContainerProperties: { Image: `app@sha256:${'a'.repeat(64)}`, JobRoleArn: arnOf('Admin'), Command: ['sh', '-c', { 'Fn::Sub': 'aws s3 cp ${Script} /run.sh && sh /run.sh' }] },
  }), PUT],
  ['what a task copies from a location in a variable', container({ Command: ['sh', '-c', 'aws s3 cp $SRC /run.sh && sh /run.sh'], Environment: [{ Name: 'SRC', Value: Script }] }), PUT],
  ['what a task copies with rclone from a bucket that is a parameter', container({ Command: ['sh', '-c', { 'Fn::Sub': 'rclone copy s3:${Script}/app /opt/app' }] }), PUT],
  ['a model whose location in a variable is a parameter', container({ Environment: [{ Name: 'MODEL_URI', Value: Script }] }), PUT],
  ['a model in a folder that is a parameter', container({ Environment: [{ Name: 'MODEL_URI', Value: { 'Fn::Sub': '${Script}/model' } }] }), allow('s3:PutObject', 'arn:aws:s3:::scripts/model')],
  ['the file of code of a function of AWS AppSync', {
    ...running('appsync', 'AWS::AppSync::DataSource', { ServiceRoleArn: arnOf('Admin') }),
    Function: { Type: 'AWS::AppSync::FunctionConfiguration', Properties: { CodeS3Location: Script } },
  }, PUT],
  ['the libraries of an endpoint of AWS Glue', running('glue', 'AWS::Glue::DevEndpoint', { RoleArn: arnOf('Admin'), ExtraPythonLibsS3Path: Script }), PUT],
  ['a script of a monitor of Amazon SageMaker', running('sagemaker', 'AWS::SageMaker::MonitoringSchedule', {
    MonitoringScheduleConfig: { MonitoringJobDefinition: { RoleArn: arnOf('Admin'), MonitoringAppSpecification: { RecordPreprocessorSourceUri: Script } } },
  }), PUT],
  ['a file that cfn-init gets', onInstances({ Metadata: { 'AWS::CloudFormation::Init': { config: { files: { '/run.sh': { source: Script } } } } } }), PUT],
  ['the repository of an app of AWS Amplify', running('amplify', 'AWS::Amplify::App', { IAMServiceRole: arnOf('Admin'), Repository: Script }), allow('codeconnections:UseConnection')],
  ['the repository of a notebook', running('sagemaker', 'AWS::SageMaker::NotebookInstance', { RoleArn: arnOf('Admin'), DefaultCodeRepository: Script }), allow('codeconnections:UseConnection')],
])('a pod that can change %s might do what the role of that may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(/, and so might decide what It does with role Admin$/)]]);
  expect(decisionOf(resources, allow('s3:GetObject')).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['a component of EC2 Image Builder', { It: { Type: 'AWS::ImageBuilder::Component', Properties: { Uri: Script } } }],
  ['a file of a document', { It: { Type: 'AWS::SSM::Document', Properties: { Content: {}, Attachments: [{ Key: 'S3FileUrl', Values: [Script] }] } } }],
  ['the definition of a workflow', { It: { Type: 'AWS::Omics::Workflow', Properties: { DefinitionUri: Script } } }],
])('a pod that can change %s might do what a role of its service may do', (_, resources) => {
  const access = (...statements: object[]) => decisionOf({ ...onInstances({}), Omics: role(trusted('omics'), allow(LIST)), ...resources }, ...statements).outcome;
  expect([access(PUT), access(allow('s3:GetObject'))]).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object]>([
  ['an argument of a step', steps('spark-submit', 's3://code/it.py', '--stage', Script)],
  ['another argument', steps('spark-submit', 's3://code/it.py', Script)],
  ['a value in a variable', container({ Environment: [{ Name: 'STAGE', Value: Script }] })],
  ['the name of a model', container({ Environment: [{ Name: 'MODEL_ID', Value: Script }] })],
  ['the path of plugins in a bucket', running('airflow-env', 'AWS::MWAA::Environment', { ExecutionRoleArn: arnOf('Admin'), SourceBucketArn: 'arn:aws:s3:::dags', PluginsS3Path: Script })],
  ['the URL of a function', container({ Environment: [{ Name: 'FUNCTION_URL', Value: Script }] })],
])('a pod that writes to a bucket decides nothing if only the deployment knows %s', (_, resources) => {
  expect(decisionOf(resources, PUT).outcome).toBe('DENIED');
});

const inCluster = (document: object, path: string, statement: object, value: unknown = Script) => decisionOf({
  Victim: accountRole('default:victim', allow(LIST)), Accounts: objects(account('victim', 'Victim')), It: withValue(document, path, value),
}, statement).outcome;
const pod = (more: object) => job('it', 'victim', { containers: [{ name: 'it', image: `app@sha256:${'a'.repeat(64)}`, ...more }] });
const IN_POD = '/spec/template/spec/containers/0';
const custom = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'default' }, spec });

test('a pod that can change a script that a workload copies might do what it may do', () => {
  const outcome = (statement: object) => inCluster(pod({ command: ['sh', '-c', ''] }), `${IN_POD}/command/2`, statement, { 'Fn::Sub': 'aws s3 cp ${Script} /run.sh && sh /run.sh' });
  expect([outcome(PUT), outcome(allow('s3:GetObject'))]).toEqual(['UNKNOWN', 'DENIED']);
});

test.each<[string, object, string, object]>([
  ['a file that a workload submits to Spark', pod({ args: ['/opt/spark/bin/spark-submit', ''] }), `${IN_POD}/args/1`, PUT],
  ['a model in a variable', pod({ env: [{ name: 'MODEL_URI', value: '' }] }), `${IN_POD}/env/0/value`, PUT],
  ['a job of Spark', custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { mainApplicationFile: '', driver: { serviceAccount: 'victim' } }), '/spec/mainApplicationFile', PUT],
  ['a model of KServe', custom('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { serviceAccountName: 'victim', model: { storageUri: '' } } }), '/spec/predictor/model/storageUri', PUT],
  ['a repository of Argo CD', custom('argoproj.io/v1alpha1', 'Application', { source: { repoURL: '', path: '.' } }), '/spec/source/repoURL', allow('codeconnections:UseConnection')],
  ['a repository of Flux', custom('source.toolkit.fluxcd.io/v1', 'GitRepository', { url: '' }), '/spec/url', allow('codeconnections:UseConnection')],
])('a pod that can change %s, whose place only the deployment knows, might do what it may do', (_, document, path, statement) => {
  expect([inCluster(document, path, statement), inCluster(document, path, allow('s3:GetObject'))]).toEqual(['UNKNOWN', 'DENIED']);
});
