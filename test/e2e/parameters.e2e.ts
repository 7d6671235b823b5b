import { changeStack, ChangeOptions } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
});
afterAll(() => aws?.stop());

const put = (name: string, value: string, type = 'String') => aws.ask('ssm', 'put-parameter', '--name', name, '--type', type, '--value', value, '--overwrite');
const template = (parameters: object, value: object, description = '') => ({
  Description: description, Parameters: parameters, Resources: { Bucket: { Type: 'AWS::S3::Bucket' } }, Outputs: { Value: { Value: value } },
});
const change = async (stack: string, body: object, options?: ChangeOptions) => (await changeStack(aws, stack, body, options)).status;
const valueOf = async (stack: string) => (await outputsOf(aws, stack)).Value;

describe('a parameter from Parameter Store', () => {
  const body = (description: string) => template({ Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/nowhere' } }, { 'Fn::Sub': '<${Stored}>' }, description);

  test('has the value that it had when the change set was created', async () => {
    await put('/stored', '/reviewed');
    await put('/reviewed', 'not followed');
    expect(await change('stored', body('first'), { parameters: { Stored: '/stored' }, inBetween: () => put('/stored', '${AWS::Region}') })).toBe('CREATE_COMPLETE');
    expect(await valueOf('stored')).toBe('</reviewed>');
  });

  test('keeps its name, and gets its newest value, in an update that changes nothing else', async () => {
    expect(await change('stored', body('first'), { type: 'UPDATE', parameters: { Stored: undefined } })).toBe('UPDATE_COMPLETE');
    expect(await valueOf('stored')).toBe('<${AWS::Region}>');
    const { Stacks: [{ Parameters }] } = await aws.ask('cloudformation', 'describe-stacks', '--stack-name', 'stored');
    expect(Parameters).toEqual([{ ParameterKey: 'Stored', ParameterValue: '/stored', ResolvedValue: '${AWS::Region}' }]);
  });

  test('that does not exist makes the creation of the change set fail', async () => {
    await expect(change('absent', body(''))).rejects.toThrow('Parameters: [ssm:/nowhere] cannot be found.');
  });
});

test('a list keeps its elements in an update that uses the previous value', async () => {
  const body = (delimiter: string) => template({ List: { Type: 'CommaDelimitedList' } }, { 'Fn::Join': [delimiter, { Ref: 'List' }] });
  expect(await change('list', body('|'), { parameters: { List: 'a, b' } })).toBe('CREATE_COMPLETE');
  expect(await change('list', body('/'), { type: 'UPDATE', parameters: { List: undefined } })).toBe('UPDATE_COMPLETE');
  expect(await valueOf('list')).toBe('a/b');
});

test('an update that fails leaves parameters and outputs unchanged', async () => {
  const body = template({ Text: { Type: 'String' } }, { Ref: 'Text' });
  expect(await change('undone', body, { parameters: { Text: 'before' } })).toBe('CREATE_COMPLETE');
  const broken = { ...body, Resources: { ...body.Resources, Unknown: { Type: 'AWS::Nobody::Knows' } } };
  expect(await change('undone', broken, { type: 'UPDATE', parameters: { Text: 'after' } })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await change('undone', template({ Text: { Type: 'String' } }, { 'Fn::Sub': '${Text}!' }), { type: 'UPDATE', name: 'again', parameters: { Text: undefined } })).toBe('UPDATE_COMPLETE');
  expect(await valueOf('undone')).toBe('before!');
});

test.each([
  ['text for a number', { Given: { Type: 'Number' } }, '1"', "Parameter 'Given' must be a number."],
  ['a number that is not finite', { Given: { Type: 'Number' } }, 'NaN', "Parameter 'Given' must be a number."],
  ['text in a list of numbers', { Given: { Type: 'List<Number>' } }, '1,x', "Parameter 'Given' must be a number."],
  ['an undeclared parameter', {}, 'x', 'Parameters: [Given] do not exist in the template'],
  ['a parameter without a value', { Given: { Type: 'String' }, Missing: { Type: 'String' } }, 'x', 'Missing parameter Missing'],
])('a change set with %s is rejected', async (title, parameters, Given, message) => {
  await expect(change(title.replace(/\W+/g, '-'), template(parameters, { Ref: 'AWS::Region' }), { parameters: { Given } })).rejects.toThrow(message);
});
