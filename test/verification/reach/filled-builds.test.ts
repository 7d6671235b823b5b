import { admin, decisionOf } from './code-apps';
import { allow, arnOf } from '../templates';

const arnIn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:111122223333:${resource}`;
const GET = 'eval "$(aws ssm get-parameter --query Parameter.Value --name $V)"';
const parameter = allow('ssm:PutParameter', arnIn('ssm', 'parameter/boot/run'));
const secret = allow('secretsmanager:PutSecretValue', arnIn('secretsmanager', 'secret:boot/run-??????'));

interface Variable { readonly name: string; readonly value: unknown; readonly type?: string }

/** What a build does with a variable, its value and type, another value, and the request by which the pod decides it. */
interface Named {
  readonly command: string;
  readonly value: string;
  readonly other: string;
  readonly type?: string;
  readonly statement: object;
}
const NAMED: { readonly [what: string]: Named } = {
  'a bucket in a variable': { command: 'aws s3api get-object --bucket $V --key run.sh run.sh && sh run.sh', value: 'elsewhere', other: 'another', type: 'PLAINTEXT', statement: allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*') },
  'a parameter in a variable': { command: GET, value: '/boot/run', other: '/boot/other', statement: parameter },
  'a secret in a variable': { command: 'aws secretsmanager get-secret-value --secret-id $V | sh', value: 'boot/run', other: 'boot/other', type: 'PLAINTEXT', statement: secret },
  'a command from a parameter': { command: 'eval "$V"', value: '/boot/run', other: '/boot/other', type: 'PARAMETER_STORE', statement: parameter },
  'a command from a secret': { command: 'sh -c "$V"', value: 'boot/run', other: 'boot/other', type: 'SECRETS_MANAGER', statement: secret },
  'a command from the key of a secret': { command: 'sh -c "$V"', value: 'boot/run:command', other: 'boot/other:command', type: 'SECRETS_MANAGER', statement: secret },
};

const project = (command: string, name = 'build') => ({
  Type: 'AWS::CodeBuild::Project',
  Properties: { Name: name, ServiceRole: arnOf('Admin'), Source: { Type: 'NO_SOURCE', BuildSpec: `version: 0.2\nphases:\n  build:\n    commands:\n      - ${command}\n` }, Environment: { EnvironmentVariables: [{ Name: 'V', Value: 'x' }] } },
});
const upper = ({ name, value, type }: Variable) => ({ Name: name, Value: value, ...type && { Type: type } });
const pipeline = (ProjectName: unknown, EnvironmentVariables: unknown) => ({
  Type: 'AWS::CodePipeline::Pipeline',
  Properties: { Stages: [{ Name: 'it', Actions: [{ Name: 'it', ActionTypeId: { Category: 'Build', Owner: 'AWS', Provider: 'CodeBuild', Version: '1' }, Configuration: { ProjectName, EnvironmentVariables } }] }] },
});
const machine = (ProjectName: unknown, variable: Variable, more: object = {}) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    DefinitionString: JSON.stringify({ StartAt: 'It', States: { It: { Type: 'Task', Resource: 'arn:aws:states:::codebuild:startBuild.sync', Parameters: { ProjectName, EnvironmentVariablesOverride: [upper(variable)] }, End: true } } }),
    ...more,
  },
});
const input = (variable: Variable) => JSON.stringify({ environmentVariablesOverride: [variable] });

/** What starts a build, by the project that it names. */
const STARTS: { readonly [start: string]: (variable: Variable) => object } = {
  'a pipeline': (variable) => pipeline({ Ref: 'It' }, JSON.stringify([variable])),
  'a pipeline that names the project': (variable) => pipeline('build', JSON.stringify([variable])),
  'a pipeline that only the deployment knows': (variable) => pipeline({ Ref: 'Stage' }, JSON.stringify([variable])),
  'a rule': (variable) => ({ Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'it', Arn: arnOf('It'), Input: input(variable) }] } }),
  'a schedule': (variable) => ({ Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 day)', Target: { Arn: arnOf('It'), Input: input(variable) } } }),
  'a state machine': (variable) => machine('build', variable),
  'a state machine with a placeholder': ({ name, value, type }) => machine('${Name}', { name, value: '${Value}', type }, { DefinitionSubstitutions: { Name: { Ref: 'It' }, Value: value } }),
};

const ROWS = Object.entries(NAMED).flatMap(([what, { command, value, other, type, statement }]) => Object.entries(STARTS).map(([start, by]) => {
  const outcomeOf = (one: string) => decisionOf({ ...admin('codebuild'), It: project(command), By: by({ name: 'V', value: one, ...type && { type } }) }, statement).outcome;
  return { title: `${what} from ${start}`, outcomes: [value, other].map((one) => () => outcomeOf(one)) };
}));

test.each(ROWS)('a build has $title', ({ outcomes }) => {
  expect(outcomes.map((outcome) => outcome())).toEqual(['UNKNOWN', 'DENIED']);
});

test('a build gets no variables of others', () => {
  const { command, value, statement } = NAMED['a parameter in a variable'];
  const own = { ...admin('codebuild'), It: project(command), Other: project('echo', 'other') };
  expect(decisionOf({ ...own, By: pipeline({ Ref: 'Other' }, JSON.stringify([{ name: 'V', value }])) }, statement).outcome).toBe('DENIED');
});
