import { Assets } from './assets';
import { changeStack, StackState } from './change-sets';
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

const parameter = (Value: unknown, Name?: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value, ...Name && { Name } } });
let changes = 0;

/** Changes a stack with a nested stack, whose template has these resources. */
async function change(resources: object, value: string, others: object = {}): Promise<StackState> {
  const TemplateURL = await assets.template(`nested-${++changes}.json`, {
    Parameters: { Given: { Type: 'String' } },
    Resources: { Inner: parameter({ Ref: 'Given' }, 'inner'), ...resources },
    Outputs: { Value: { Value: { 'Fn::Sub': 'got ${Given}' } } },
  });
  return changeStack(aws, 'parent', {
    Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters: { Given: value } } }, Outer: parameter({ 'Fn::GetAtt': ['Nested', 'Outputs.Value'] }, 'outer'), ...others },
    Outputs: { Id: { Value: { Ref: 'Nested' } } },
  }, { type: changes === 1 ? 'CREATE' : 'UPDATE', name: `change-${changes}` });
}

const parameters = async () => Object.fromEntries((await aws.ask('ssm', 'get-parameters', '--names', 'inner', 'outer', 'more')).Parameters.map(({ Name, Value }: any) => [Name, Value]));

test('a nested stack is created, updated, rolled back and deleted with its parent', async () => {
  expect(await change({}, 'one')).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await parameters()).toEqual({ inner: 'one', outer: 'got one' });
  const { Id } = await outputsOf(aws, 'parent');
  expect(Id).toMatch(/^arn:aws:cloudformation:us-west-2:123456789012:stack\/parent-\w+\/[\w-]+$/);

  expect(await change({ More: parameter('more', 'more') }, 'two')).toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await parameters()).toEqual({ inner: 'two', outer: 'got two', more: 'more' });
  expect(await outputsOf(aws, 'parent')).toEqual({ Id });

  // the nested stack fails, then its parent does after the nested stack has succeeded
  expect(await change({ Bad: { Type: 'AWS::Nothing::Known' } }, 'three')).toEqual({
    status: 'UPDATE_ROLLBACK_COMPLETE', failures: ['UPDATE_FAILED Nested: Bad: the local AWS cannot make AWS::Nothing::Known'],
  });
  expect(await parameters()).toEqual({ inner: 'two', outer: 'got two', more: 'more' });
  expect(await change({}, 'four', { Worse: { Type: 'AWS::Nothing::Known', DependsOn: 'Outer' } })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await parameters()).toEqual({ inner: 'two', outer: 'got two', more: 'more' });

  await aws.ask('cloudformation', 'delete-stack', '--stack-name', 'parent');
  expect(await parameters()).toEqual({});
  expect((await aws.ask('cloudformation', 'list-stacks', '--stack-status-filter', 'CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE')).StackSummaries).toEqual([]);
});
