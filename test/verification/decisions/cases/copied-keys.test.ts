import { complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, arnOf, role } from '../../templates';

const SECRET_KEY = { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] };
const LIST_BUCKETS = 's3:ListAllMyBuckets';
const USER = {
  Mailer: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST_BUCKETS)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } },
};
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::Sub': '{"key":"${Key.SecretAccessKey}"}' } } };
const lambda = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'mail', Role: arnOf('Runner'), Environment: { Variables: { KEY: SECRET_KEY } } } };
const Runner = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });

const ADMITS_TASKS = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } };
const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/mail:latest';
const mailTask = (container: object) => ({
  TaskRole: role(ADMITS_TASKS),
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('TaskRole'), ContainerDefinitions: [{ Image: IMAGE, ...container }] } },
});
const IN_ENVIRONMENT = mailTask({ Environment: [{ Name: 'KEY', Value: SECRET_KEY }] });
const fromSecret = (name: string) => mailTask({ Secrets: [{ Name: 'KEY', ValueFrom: { 'Fn::Sub': `\${${name}}:key::` } }] });
const OTHER_SECRET = { Other: { Type: 'AWS::SecretsManager::Secret', Properties: {} } };
const glueJob = {
  GlueRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'glue.amazonaws.com' } }),
  Job: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('GlueRole'), Command: { ScriptLocation: 's3://scripts/it.py' }, DefaultArguments: { '--key': SECRET_KEY } } },
};

test.each(complete([
  ['pushes the image of a task with it', { ...reader([allow('ecr:PutImage')]), ...IN_ENVIRONMENT }, UNKNOWN],
  ['pushes another image', { ...reader([allow('ecr:PutImage', 'arn:aws:ecr:us-west-2:111122223333:repository/other')]), ...IN_ENVIRONMENT }, DENIED],
  ['runs a task with it', { ...reader([allow('ecs:RunTask')]), ...IN_ENVIRONMENT }, UNKNOWN],
  ['pushes the image of a task with its secret', { ...reader([allow('ecr:PutImage')]), ...fromSecret('Secret'), Secret }, UNKNOWN],
  ['runs a task with its secret', { ...reader([allow('ecs:RunTask')]), ...fromSecret('Secret'), Secret }, UNKNOWN],
  ['runs a task with another secret', { ...reader([allow('ecs:RunTask')]), ...fromSecret('Other'), ...OTHER_SECRET, Secret }, DENIED],
  ['writes the script of a job with it', { ...reader([allow('s3:PutObject')]), ...glueJob }, UNKNOWN],
  ['writes another script', { ...reader([allow('s3:PutObject', 'arn:aws:s3:::other/*')]), ...glueJob }, DENIED],
]))('of an access key, if the pod %s', (_, resources, outcome) => {
  expect(decide({ ...resources, ...USER }, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});

const inCluster = {
  Keys: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'),
      Objects: [{
        Json: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'k', namespace: 'sec' }, stringData: {} }),
        Values: [{ Path: '/stringData/key', Value: SECRET_KEY }],
      }],
    },
  },
};
const stage = { Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: 'a', Variables: { key: SECRET_KEY } } } };
const replica = (ReplicaRegions?: object[]) => ({ Secret: { ...Secret, Properties: { ...Secret.Properties, Name: 'mail', ReplicaRegions } } });
const READS_REPLICAS = allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:*');

test.each(complete([
  ['the variables of a stage, which the pod may get', { ...reader([allow('apigateway:GET')]), ...stage }, UNKNOWN],
  ['the variables of a stage, which the pod may change', { ...reader([allow('apigateway:DELETE')]), ...stage }, DENIED],
  ['a function, and the pod may read the events of stacks', { ...reader([allow('cloudformation:DescribeStackEvents')]), Runner, Function: lambda }, UNKNOWN],
  ['a function, and the pod may read the changes of a stack', { ...reader([allow('cloudformation:DescribeChangeSet')]), Runner, Function: lambda }, UNKNOWN],
  ['a function, and the pod may only list stacks', { ...reader([allow(['cloudformation:ListStacks', 'cloudformation:DescribeStackResources'])]), Runner, Function: lambda }, DENIED],
  ['a secret, and the pod may read the events of stacks', { ...reader([allow('cloudformation:DescribeStackEvents')]), Secret }, UNKNOWN],
  ['nothing else, and the pod may read the events of stacks', reader([allow('cloudformation:DescribeStackEvents')]), DENIED],
  ['a Secret of Kubernetes, and the pod may read the events of stacks', { ...reader([allow('cloudformation:DescribeStackEvents')]), ...inCluster }, UNKNOWN],
  ['a Secret of Kubernetes in another namespace', { ...reader([allow('cloudformation:ListStacks')]), ...inCluster }, DENIED],
  ['a function of which the pod may publish a version', { ...reader([allow('lambda:PublishVersion')]), Runner, Function: lambda }, UNKNOWN],
  ['a secret whose replica the pod may read', { ...reader([READS_REPLICAS]), ...replica([{ Region: 'us-east-1' }]) }, UNKNOWN],
  ['a secret without a replica, while the pod may read others', { ...reader([READS_REPLICAS]), ...replica() }, DENIED],
  ['a secret of which the pod may make a replica, and read that', { ...reader([READS_REPLICAS, allow('secretsmanager:ReplicateSecretToRegions')]), ...replica() }, UNKNOWN],
  ['a secret of which the pod may only make a replica', { ...reader([allow('secretsmanager:ReplicateSecretToRegions')]), ...replica() }, DENIED],
  ['a secret with a replica in another Region', { ...reader([READS_REPLICAS]), ...replica([{ Region: 'eu-west-1' }]) }, DENIED],
]))('of an access key that is in %s', (_, resources, outcome) => {
  expect(decide({ ...resources, ...USER }, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});
