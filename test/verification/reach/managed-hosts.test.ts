import { admin, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const SETTING = '/ssm/managed-instance/default-ec2-instance-management-role';
const call = (action: string, parameters: object) => ({
  Call: {
    Type: 'Custom::AWS',
    Properties: { ServiceToken: 'arn:aws:lambda:us-west-2:111122223333:function:sdk', InstallLatestAwsSdk: false, Create: JSON.stringify({ service: 'SSM', action, parameters, physicalResourceId: { id: 'it' } }) },
  },
});
const setting = (SettingValue: string, SettingId = SETTING) => call('updateServiceSetting', { SettingId, SettingValue });
const nodes = (HttpPutResponseHopLimit: number) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit } } } },
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodeRole: arnOf('NodeRole'),
      AmiType: 'AL2023_x86_64_STANDARD',
      LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
    },
  },
  NodeRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow('ec2:DescribeInstances')),
});
const named = (service: string) => ({ Admin: { ...admin(service).Admin, Properties: { ...admin(service).Admin.Properties, RoleName: 'hosts', Path: '/service/' } } });
const decide = (resources: object, statement: object = allow('sqs:ListQueues')) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Own: accountRole('default:app', statement), Applied: objects(account('app', 'Own')),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, string]>([
  ['by its name', setting('hosts'), 'UNKNOWN'],
  ['by its name with the path', setting('service/hosts'), 'UNKNOWN'],
  ['by the ARN of the setting', setting('hosts', `arn:aws:ssm:us-west-2:111122223333:servicesetting${SETTING}`), 'UNKNOWN'],
  ['by its ARN', call('registerDefaultHostManagementConfiguration', { PermissionModel: 'SELF_MANAGED', RoleArn: 'arn:aws:iam::111122223333:role/service/hosts' }), 'UNKNOWN'],
  ['outside the templates', setting('service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole'), 'UNKNOWN'],
  ['for another setting', setting('hosts', '/ssm/parameter-store/default-parameter-tier'), 'DENIED'],
  ['by another request', call('getServiceSetting', { SettingId: SETTING }), 'DENIED'],
])('pods that reach the instance metadata might get a role that Systems Manager gives to all instances %s, or not', (_, resources, outcome) => {
  expect(decide({ ...named('ssm'), ...nodes(2), ...resources }).outcome).toBe(outcome);
  expect(decide({ ...named('ssm'), ...nodes(1), ...resources }).outcome).toBe('DENIED');
});

test('the role has to trust Systems Manager', () => {
  expect(decide({ ...named('lambda'), ...nodes(2), ...setting('hosts') }).outcome).toBe('DENIED');
});

test('whoever runs commands on an instance might get the role, too', () => {
  const [runs, reads] = ['ec2-instance-connect:SendSSHPublicKey', 'ec2:GetConsoleOutput'].map((action) => decide({ ...named('ssm'), ...nodes(1), ...setting('hosts') }, allow(action)));
  expect([runs, reads].map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'DENIED']);
  expect(runs.missing.join()).toContain('role NodeRole is that of instances, and AWS Systems Manager gives role Admin to all of them');
});
