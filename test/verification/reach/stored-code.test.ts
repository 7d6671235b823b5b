import { admin, decisionOf } from './code-apps';
import { allow, arnOf } from '../templates';

const STORED = '{{resolve:ssm:/platform/x}}';
const lambda = (more: object) => ({ ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Code: { ZipFile: '' }, ...more } } });
const machine = (more: object) => ({ ...admin('states'), It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Admin'), ...more } } });
const started = (Type: string, properties: object) => ({ ...admin('events'), It: { Type, Properties: { ScheduleExpression: 'rate(1 day)', ...properties } } });
const job = (Command: object) => ({ ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command } } });
const layer = (S3Key: string) => ({ ...lambda({ Layers: [{ Ref: 'Layer' }] }), Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'code', S3Key } } } });
const DEFINITION = '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${It}","End":true}}}';

const TAKING: Array<[string, object]> = [
  ['a layer of a function', lambda({ Layers: [STORED] })],
  ['the key of its code', lambda({ Code: { S3Bucket: 'code', S3Key: STORED } })],
  ['the bucket with its code', lambda({ Code: { S3Bucket: STORED, S3Key: 'app.zip' } })],
  ['its code', lambda({ Code: { ZipFile: STORED } })],
  ['the key of a layer', layer(STORED)],
  ['a definition of a state machine', machine({ DefinitionString: STORED })],
  ['a part of it', machine({ DefinitionString: DEFINITION.replace('${It}', STORED) })],
  ['a value in it', machine({ DefinitionString: DEFINITION, DefinitionSubstitutions: { It: STORED } })],
  ['the script of a job', job({ Name: 'glueetl', ScriptLocation: STORED })],
  ['the target of a rule', started('AWS::Events::Rule', { Targets: [{ Id: 'it', Arn: STORED, RoleArn: arnOf('Admin') }] })],
  ['the target of a schedule', started('AWS::Scheduler::Schedule', { FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: STORED, RoleArn: arnOf('Admin') } })],
  ['the parameters of a runbook', started('AWS::SSM::Association', { Name: 'AWS-RunShellScript', Parameters: { commands: [STORED] } })],
];

test.each(TAKING)('who writes the parameter from which the next deployment takes %s might decide what is done', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*')).outcome).toBe('UNKNOWN');
});

test.each(TAKING)('who writes another parameter than that from which it takes %s does not', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*')).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['an environment variable', lambda({ Environment: { Variables: { Content: STORED } } })],
  ['the description and the memory of a function', lambda({ Description: STORED, MemorySize: STORED })],
  ['the time of a rule', started('AWS::Events::Rule', { ScheduleExpression: STORED, Targets: [{ Id: 'it', Arn: 'arn:aws:sqs:us-west-2:111122223333:it' }] })],
])('who writes the parameter from which it takes %s does not', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*')).outcome).toBe('DENIED');
});
