import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const outcomeWith = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources,
  Objects: objects(account('app', 'Role')),
  Role: accountRole('default:app', allow('sqs:SendMessage')),
  Automation: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } }, allow('iam:PutRolePolicy')),
  Harmless: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } }, allow('ec2:StopInstances')),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide('s3:GetObject');

const association = (parameters: object) => ({ It: { Type: 'AWS::SSM::Association', Properties: { Name: 'Grant', Parameters: parameters } } });
const remediation = (TargetId: string, value: unknown) => ({
  It: { Type: 'AWS::Config::RemediationConfiguration', Properties: { TargetId, Automatic: true, Parameters: { AutomationAssumeRole: { StaticValue: { Values: [value] } } } } },
});

test.each<[string, object]>([
  ['an association', association({ AutomationAssumeRole: [arnOf('Automation')] })],
  ['a remediation', remediation('Grant', arnOf('Automation'))],
])('the runbook of %s may change access with its role', (_, resources) => {
  const { outcome, missing } = outcomeWith(resources);
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toMatch(/the runbook of It, of type AWS::(SSM::Association|Config::RemediationConfiguration), can change access: .* role Automation may request iam:PutRolePolicy/);
});

const task = (TaskType: string, TaskArn: string, more: object = {}) =>
  ({ It: { Type: 'AWS::SSM::MaintenanceWindowTask', Properties: { WindowId: 'mw-1', TaskType, TaskArn, ServiceRoleArn: arnOf('Automation'), ...more } } });
const assumed = (roleId: string) =>
  ({ TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { Parameters: { AutomationAssumeRole: [arnOf(roleId)] } } } });
const schedule = (target: unknown, roleId = 'Automation') =>
  ({ It: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: target, RoleArn: arnOf(roleId) } } } });
const calls = (request: string, roleId?: string) => schedule(`arn:aws:scheduler:::aws-sdk:${request}`, roleId);

test.each<[string, object]>([
  ['the runbook of a maintenance window with a role of its own', task('AUTOMATION', 'AWS-Grant', assumed('Automation'))],
  ['the runbook of a maintenance window with the role of the window', task('AUTOMATION', 'Grant')],
  ['a hook', { It: { Type: 'AWS::CloudFormation::HookVersion', Properties: { TypeName: 'My::Own::Hook', ExecutionRoleArn: arnOf('Automation') } } }],
  ['a schedule that changes a role', calls('iam:putRolePolicy')],
  ['a schedule that changes a role in any partition', schedule({ 'Fn::Sub': 'arn:${AWS::Partition}:scheduler:::aws-sdk:iam:putRolePolicy' })],
  ['a schedule whose target only the deployment knows', schedule({ 'Fn::ImportValue': 'target' })],
  ['a schedule of a service that is not known', calls('other:grant')],
])('%s may change access', (_, resources) => {
  const { outcome, missing } = outcomeWith(resources);
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toMatch(/^the (runbook of|hook|schedule) It, of type .*, can change access: .*iam:PutRolePolicy/);
});

test.each<[string, object]>([
  ['a runbook of a maintenance window whose role changes no access', task('AUTOMATION', 'Grant', assumed('Harmless'))],
  ['a runbook of AWS with the role of the window', task('AUTOMATION', 'AWS-StopEC2Instance')],
  ['commands of a maintenance window', task('RUN_COMMAND', 'AWS-RunPatchBaseline')],
  ['a hook without a role', { It: { Type: 'AWS::CloudFormation::HookVersion', Properties: { TypeName: 'My::Own::Hook' } } }],
  ['a schedule that changes no access', calls('ec2:stopInstances')],
  ['a schedule whose role allows no change', calls('iam:putRolePolicy', 'Harmless')],
  ['a schedule of a queue', schedule('arn:aws:sqs:us-west-2:111122223333:q')],
  ['a schedule of a function of the templates', { ...schedule(arnOf('Function')), Function: { Type: 'AWS::Lambda::Function', Properties: {} } }],
  ['a runbook whose role changes no access', association({ AutomationAssumeRole: [arnOf('Harmless')] })],
  ['a runbook without a role', association({ InstanceId: ['i-1'] })],
  ['a remediation of AWS', remediation('AWSConfigRemediation-EncryptSNSTopic', arnOf('Automation'))],
])('%s leaves decisions certain', (_, resources) => {
  expect(outcomeWith(resources).outcome).toBe('DENIED');
});
