import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const trusted = (Service: unknown) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const decisionOf = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets');
const passing = (service: unknown, ...actions: string[]) =>
  ({ Admin: role(trusted(service), allow('s3:*')), Role: accountRole('default:app', allow(['iam:PassRole', ...actions])) });

test.each([
  ['rolesanywhere.amazonaws.com', 'rolesanywhere:CreateProfile'],
  ['credentials.iot.amazonaws.com', 'iot:CreateRoleAlias'],
  ['apigateway.amazonaws.com', 'apigateway:PUT'],
  ['appsync.amazonaws.com', 'appsync:CreateDataSource'],
  ['emr-serverless.amazonaws.com', 'emr-serverless:StartJobRun'],
  ['elasticmapreduce.amazonaws.com', 'elasticmapreduce:RunJobFlow'],
  ['kinesisanalytics.amazonaws.com', 'kinesisanalytics:CreateApplication'],
  ['tasks.apprunner.amazonaws.com', 'apprunner:CreateService'],
  ['codepipeline.amazonaws.com', 'codepipeline:CreatePipeline'],
  ['bedrock-agentcore.amazonaws.com', 'bedrock-agentcore:CreateAgentRuntime'],
  ['events.amazonaws.com', 'events:PutTargets'],
  ['glue.amazonaws.com', 'glue:CreateMLTransform'],
  ['sagemaker.amazonaws.com', 'sagemaker:CreateModel'],
  ['states.us-west-2.amazonaws.com', 'states:CreateStateMachine'],
  ['ec2.amazonaws.com.cn', 'ec2:RunInstances'],
  ['ec2.amazonaws.com', 'eks:CreateNodegroup'],
  ['states.amazonaws.com', 'states:TestState'],
  ['ec2.amazonaws.com', 'ecs:CreateCapacityProvider'],
  ['ec2.amazonaws.com', 'autoscaling:UpdateAutoScalingGroup'],
  ['ec2.amazonaws.com', 'pcs:CreateComputeNodeGroup'],
  ['ecs-tasks.amazonaws.com', 'ecs:CreateExpressGatewayService'],
  ['lambda.amazonaws.com', 'synthetics:CreateCanary'],
  ['ssm.amazonaws.com', 'ssm:CreateAssociation'],
  ['ssm.amazonaws.com', 'ssm:CreateActivation'],
  ['ssm.amazonaws.com', 'ssm:CreateAssociationBatch'],
  ['ssm.amazonaws.com', 'config:PutRemediationConfigurations'],
  ['sagemaker.amazonaws.com', 'batch:SubmitServiceJob'],
  ['redshift.amazonaws.com', 'redshift-serverless:CreateNamespace'],
  ['lambda.amazonaws.com', 'lambda:RunMicrovm'],
  ['dlm.amazonaws.com', 'dlm:CreateLifecyclePolicy'],
  ['codebuild.amazonaws.com', 'codebuild:StartBuild'],
  ['pods.eks.amazonaws.com', 'eks:CreateAddon'],
  ['dlm.amazonaws.com', 'dlm:CreateLifecyclePolicy'], // which runs documents of AWS Systems Manager
  ['spotfleet.amazonaws.com', 'ec2:RequestSpotFleet'],
  ['ec2.amazonaws.com', 'eks:CreateCluster'], // with EKS Auto Mode
  ['eks.amazonaws.com', 'eks:CreateCluster'],
  ['eks-fargate-pods.amazonaws.com', 'eks:CreateFargateProfile'],
  ['batch.amazonaws.com', 'batch:CreateComputeEnvironment'],
  ['ecs.amazonaws.com', 'ecs:CreateCapacityProvider'],
  ['application-autoscaling.amazonaws.com', 'application-autoscaling:RegisterScalableTarget'],
  ['cloudtrail.amazonaws.com', 'cloudtrail:CreateTrail'],
  ['config.amazonaws.com', 'config:PutDeliveryChannel'],
  ['delivery.logs.amazonaws.com', 'logs:CreateDelivery'],
  ['vpc-flow-logs.amazonaws.com', 'ec2:CreateFlowLogs'],
])('a pod that can pass a role to %s, and that may request %s, might get what the role may do', (service, action) => {
  const { outcome, missing } = decisionOf(passing(service, action));
  expect(outcome).toBe('UNKNOWN');
  expect(missing.some((what) => what.includes(service.split('.')[0]))).toBe(true);
});

test('a service whose requests have another name might act with a role that it is passed', () => {
  const { outcome, missing } = decisionOf(passing('unheard-of.amazonaws.com'));
  expect([outcome, missing]).toEqual(['UNKNOWN', ['role Role can pass role Admin to unheard-of.amazonaws.com, which might act with it as others ask']]);
});

test.each<[string, object]>([
  ['a service that uses it for its own work only', passing('monitoring.rds.amazonaws.com', 'rds:CreateDBInstance')],
  ['VPC Flow Logs, without the request that passes it', passing('vpc-flow-logs.amazonaws.com', 'ec2:DeleteFlowLogs')],
  ['AWS Fargate, without the request that passes it', passing('eks-fargate-pods.amazonaws.com', 'eks:CreateAccessEntry')],
  ['a service of which it may request nothing', passing('appsync.amazonaws.com')],
  ['a service of which it may only read', passing('appsync.amazonaws.com', 'appsync:GetDataSource', 'appsync:ListDataSources')],
  ['a service whose code it can only run', passing('bedrock-agentcore.amazonaws.com', 'bedrock-agentcore:InvokeAgentRuntime')],
])('a pod that can pass a role to %s does not get what the role may do', (_, resources) => {
  expect(decisionOf(resources).outcome).toBe('DENIED');
});

test('the role of a cluster with EKS Auto Mode passes the roles of instances on', () => {
  const { outcome, missing } = decisionOf({
    Auto: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trusted('eks.amazonaws.com')] }, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKSComputePolicy'] } },
    Builder: role(trusted('ec2.amazonaws.com'), allow('s3:*')),
    Role: accountRole('default:app', allow('eks:*'), allow('iam:PassRole', { 'Fn::GetAtt': ['Auto', 'Arn'] })),
  });
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toContain('role Role can pass role Auto to eks.amazonaws.com');
});

test('the service may have the suffix of the partition', () => {
  const service = { 'Fn::Sub': 'appsync.${AWS::URLSuffix}' };
  expect([decisionOf(passing(service, 'appsync:CreateDataSource')), decisionOf(passing(service))].map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'DENIED']);
});
