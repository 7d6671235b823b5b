import { existsSync } from 'node:fs';
import { Assets } from './assets';
import { changeStack } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
let assets: Assets;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  assets = await Assets.in(aws);
});
afterAll(() => aws?.stop());

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] } },
};
const HANDLER = `
import os, subprocess
import boto3
import greeting
os.environ['PATH'] = '/opt/some-tool:' + os.environ['PATH']

def handler(event, context):
  properties = event['ResourceProperties']
  if properties.get('Broken') == 'true':
    raise ValueError('it is broken')
  with open('/tmp/written-by-a-function', 'w') as file:
    file.write('once')
  return {'PhysicalResourceId': 'made', 'Data': {
    'Tool': subprocess.check_output(['some-tool'], text=True), 'Module': greeting.TEXT, 'Url': 'https://example.com/opt/x',
    'Caller': boto3.client('sts').get_caller_identity()['Arn'], 'Event': event['RequestType'], 'Home': os.environ['HOME']}}
`;

/** A custom resource of the CDK's provider framework: the framework's function is never run, but its environment names the one that is. */
async function stackWith(properties: object, runtime = 'python3.13'): Promise<object> {
  const code = await assets.zip('code.zip', { 'index.py': HANDLER });
  const layer = await assets.zip('layer.zip', {
    'some-tool/some-tool': '#!/var/lang/bin/python\nimport os, sys\nprint("tool", sys.argv[0].startswith(os.environ["HOME"][:-3]), end="")\n', 'python/greeting.py': 'TEXT = "module"\n',
  });
  const Role = { 'Fn::GetAtt': ['Role', 'Arn'] };
  return {
    Resources: {
      Role: ROLE,
      Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: layer } },
      Worker: { Type: 'AWS::Lambda::Function', Properties: { Code: code, Handler: 'index.handler', Runtime: runtime, Role, Layers: [{ Ref: 'Layer' }] } },
      Provider: { Type: 'AWS::Lambda::Function', Properties: { Code: code, Handler: 'framework.onEvent', Runtime: 'nodejs22.x', Role, Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN: { 'Fn::GetAtt': ['Worker', 'Arn'] } } } } },
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties } },
    },
    Outputs: Object.fromEntries(['Tool', 'Module', 'Url', 'Caller', 'Event', 'Home'].map((name) => [name, { Value: { 'Fn::GetAtt': ['Thing', name] } }])),
  };
}

test('a Python function has its role, its layers, and folders of its own', async () => {
  expect(await changeStack(aws, 'python', await stackWith({ Step: 1 }))).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  const { Home, ...outputs } = await outputsOf(aws, 'python');
  expect(outputs).toEqual({
    Tool: 'tool True', Module: 'module', Url: 'https://example.com/opt/x', Event: 'Create', Caller: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\/python-Role-\w+\/lambda$/),
  });
  expect(existsSync(`${Home}/written-by-a-function`)).toBe(true);
  expect(['/tmp/written-by-a-function', '/opt/some-tool'].filter(existsSync)).toEqual([]);
  expect(await changeStack(aws, 'python', await stackWith({ Step: 2 }), { type: 'UPDATE' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await outputsOf(aws, 'python')).toMatchObject({ Event: 'Update' });
  await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'python');
  expect((await aws.ask('lambda', 'list-layers')).Layers).toEqual([]);
});

test('the stack fails with the message of a function that raises an error', async () => {
  expect(await changeStack(aws, 'broken', await stackWith({ Broken: true }))).toEqual({ status: 'ROLLBACK_COMPLETE', failures: ['CREATE_FAILED Thing: it is broken'] });
});

test('a function of another runtime is an error', async () => {
  expect(await changeStack(aws, 'other', await stackWith({}, 'ruby3.4'))).toMatchObject({ failures: ['CREATE_FAILED Thing: the local AWS has no runtime ruby3.4'] });
});
