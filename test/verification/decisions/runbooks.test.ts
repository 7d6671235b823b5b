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

test.each<[string, object]>([
  ['a runbook whose role changes no access', association({ AutomationAssumeRole: [arnOf('Harmless')] })],
  ['a runbook without a role', association({ InstanceId: ['i-1'] })],
  ['a remediation of AWS', remediation('AWSConfigRemediation-EncryptSNSTopic', arnOf('Automation'))],
])('%s leaves decisions certain', (_, resources) => {
  expect(outcomeWith(resources).outcome).toBe('DENIED');
});
