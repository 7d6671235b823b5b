import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';
import { version } from '../../stacks';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const outcomeWith = (resources: object, statements: object[], sections: object = {}) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }, sections))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome;

const EXECUTION = 'arn:aws:iam::111122223333:role/cdk-team-cfn-exec-role-111122223333-us-west-2';
const BOOTSTRAPPED = { Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/team/version' } } };
const toService = (service: string) => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } });

describe('the role with which AWS CloudFormation deploys the stacks', () => {
  test.each<[string, object[]]>([
    ['any role', [allow('iam:PassRole'), allow('cloudformation:CreateStack')]],
    ['the roles of the bootstrap stack', [allow('iam:PassRole', 'arn:aws:iam::*:role/cdk-*'), allow('cloudformation:CreateChangeSet')]],
    ['any role to AWS CloudFormation', [allow('iam:PassRole', '*', toService('cloudformation.amazonaws.com')), allow('cloudformation:CreateStack', 'arn:aws:cloudformation:*:*:stack/preview-*/*')]],
    ['only this role', [allow('iam:PassRole', EXECUTION), allow('cloudformation:CreateStack')]],
  ])('might be passed to a new stack by a pod that may pass %s', (_, statements) => {
    expect(outcomeWith({}, statements, BOOTSTRAPPED)).toBe('UNKNOWN');
  });

  test.each<[string, object, object[]]>([
    ['creates no stacks', BOOTSTRAPPED, [allow('iam:PassRole'), allow('cloudformation:DescribeStacks')]],
    ['passes roles to another service', BOOTSTRAPPED, [allow('iam:PassRole', '*', toService('glue.amazonaws.com')), allow('cloudformation:CreateStack')]],
    ['passes other roles', BOOTSTRAPPED, [allow('iam:PassRole', 'arn:aws:iam::*:role/tenants/*'), allow('cloudformation:CreateStack')]],
    ['is in a template without a bootstrap stack', {}, [allow('iam:PassRole'), allow('cloudformation:CreateStack')]],
  ])('is out of reach for a pod that %s', (_, sections, statements) => {
    expect(outcomeWith({}, statements, sections)).toBe('DENIED');
  });

  test('is what the manifest of the cloud assembly says', () => {
    const app = new Stack(new App(), 'App', { env: { account: '111122223333', region: 'us-west-2' } });
    const cluster = new IrsaCluster(app, 'Cluster', { version });
    ['deployer', 'other'].forEach((name) => new ServiceAccountWithRole(app, name, {
      cluster,
      serviceAccountName: name,
      inlinePolicies: {
        all: new iam.PolicyDocument({
          statements: [allow('iam:PassRole', `arn:aws:iam::111122223333:role/${name === 'other' ? 'other' : 'cdk'}-*`), allow('cloudformation:CreateStack')]
            .map((statement) => iam.PolicyStatement.fromJson(statement)),
        }),
      },
    }));
    const access = verification.PodAccess.fromStack(app).assume({ noOtherNodes: true });
    expect(['deployer', 'other'].map((serviceAccountName) => access.pod({ serviceAccountName }).decide('s3:ListAllMyBuckets').outcome)).toEqual(['UNKNOWN', 'DENIED']);
  });
});

const NODE_ROLE = 'arn:aws:iam::111122223333:role/nodes';
const nodegroup = (role: unknown) => ({ Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: role, AmiType: 'AL2023_x86_64_STANDARD' } } });
const instance = (profile: unknown) => ({ Instance: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: profile } } });
const PROFILE = { Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: ['legacy'] } } };
const GROUP = {
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Name: 'legacy' } } } },
  Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } } },
};
const environment = (profile: string) => ({
  Environment: {
    Type: 'AWS::ElasticBeanstalk::Environment',
    Properties: { OptionSettings: [{ Namespace: 'aws:autoscaling:launchconfiguration', OptionName: 'IamInstanceProfile', Value: profile }] },
  },
});

describe('a role of instances that no template creates', () => {
  test.each<[string, object, string]>([
    ['commands on nodes', nodegroup(NODE_ROLE), 'ssm:SendCommand'],
    ['sessions on nodes with an imported role', nodegroup({ 'Fn::ImportValue': 'NodeRole' }), 'ssm:StartSession'],
    ['the user data of nodes', nodegroup(NODE_ROLE), 'ec2:ModifyInstanceAttribute'],
    ['a version of the launch template of nodes', nodegroup(NODE_ROLE), 'ec2:CreateLaunchTemplateVersion'],
    ['commands on an instance', instance('legacy'), 'ssm:SendCommand'],
    ['an SSH key of an instance', instance({ 'Fn::ImportValue': 'Profile' }), 'ec2-instance-connect:SendSSHPublicKey'],
    ['commands on an instance whose profile is in the template', { ...instance({ Ref: 'Profile' }), ...PROFILE }, 'ssm:SendCommand'],
    ['commands on instances of a group', GROUP, 'ssm:SendCommand'],
    ['a version of a launch template', GROUP, 'ec2:CreateLaunchTemplateVersion'],
    ['an environment of AWS Elastic Beanstalk', environment('aws-elasticbeanstalk-ec2-role'), 'elasticbeanstalk:UpdateEnvironment'],
  ])('might be had by a pod that decides about %s', (_, resources, action) => {
    expect(outcomeWith(resources, [allow(action)])).toBe('UNKNOWN');
  });

  test.each<[string, object, object]>([
    ['reads about instances', instance('legacy'), allow('ssm:DescribeInstanceInformation')],
    ['sends commands to instances of another account', instance('legacy'), allow('ssm:SendCommand', 'arn:aws:ec2:*:999999999999:instance/*')],
    ['sends commands to an instance without a role', { Instance: { Type: 'AWS::EC2::Instance', Properties: {} } }, allow('ssm:SendCommand')],
    ['sends commands, of which there are no instances', {}, allow('ssm:SendCommand')],
  ])('is out of reach for a pod that %s', (_, resources, statement) => {
    expect(outcomeWith(resources, [statement])).toBe('DENIED');
  });

  test.each<[string, object]>([
    ['a node', nodegroup(NODE_ROLE)],
    ['an instance', instance('legacy')],
  ])('might be passed to an instance, if %s has it', (_, resources) => {
    expect(outcomeWith(resources, [allow('iam:PassRole', '*', toService('ec2.amazonaws.com')), allow('ec2:RunInstances')])).toBe('UNKNOWN');
    expect(outcomeWith(resources, [allow('iam:PassRole', '*', toService('glue.amazonaws.com')), allow('glue:CreateJob')])).toBe('DENIED');
  });
});

test('the role of a function that no template creates might be passed, and may trust any service', () => {
  const resources = { Function: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/legacy' } } };
  expect(outcomeWith(resources, [allow('iam:PassRole'), allow('lambda:CreateFunction')])).toBe('UNKNOWN');
  expect(outcomeWith(resources, [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/new'), allow('lambda:CreateFunction')])).toBe('UNKNOWN');
  expect(outcomeWith(resources, [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/tenants/*'), allow('lambda:CreateFunction')])).toBe('DENIED');
});

test('the role of a node and of a function that no template creates might be passed to both', () => {
  const resources = { ...nodegroup(NODE_ROLE), Deployed: { Type: 'AWS::Lambda::Function', Properties: { Role: NODE_ROLE } } };
  const outcomeOf = (service: string, action: string) => outcomeWith(resources, [allow('iam:PassRole', '*', toService(service)), allow(action)]);
  expect([outcomeOf('ec2.amazonaws.com', 'ec2:RunInstances'), outcomeOf('lambda.amazonaws.com', 'lambda:CreateFunction')]).toEqual(['UNKNOWN', 'UNKNOWN']);
});

test('an instance without an instance profile has no role that might be had or passed', () => {
  const UserData = { 'Fn::Base64': 'aws s3 cp s3://code/run.sh . && sh run.sh' };
  const resources = { Instance: { Type: 'AWS::EC2::Instance', Properties: { UserData } } };
  expect(outcomeWith(resources, [allow('s3:PutObject', 'arn:aws:s3:::code/*')])).toBe('DENIED');
  expect(outcomeWith(resources, [allow('iam:PassRole'), allow('glue:CreateJob')])).toBe('DENIED');
});
