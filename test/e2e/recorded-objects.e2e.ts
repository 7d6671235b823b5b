import { changeStack } from './change-sets';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await aws.control({ do: 'start_cluster', name: 'record' });
});
afterAll(() => aws?.stop());

const NO_VALUE = { Ref: 'AWS::NoValue' };
const hostile = 'x"},"data":null,"kind":"ClusterRoleBinding","x":{"y":"\\\n😀${AWS::Region}';

const config = (name: string, more: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more });
/** An object as JSON, and separately the values that only CloudFormation knows. */
const beside = (object: unknown, ...Values: object[]) => ({ Json: JSON.stringify(object), Values });
const template = (...Objects: unknown[]) => ({
  Parameters: { Hostile: { Type: 'String', Default: hostile }, Number: { Type: 'Number', Default: '3.50' } },
  Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
  Resources: { Objects: { Type: 'Custom::KubernetesObjects', Properties: { ServiceToken: 'any', Cluster: 'cluster/record', Objects } } },
});
const recorded = (name: string) => aws.control({ do: 'recorded_object', cluster: 'record', kind: 'ConfigMap', namespace: 'default', name });

test('values are inserted into objects after their JSON has been parsed', async () => {
  const data = { 'text': null, 'number': null, 'integer': null, 'list': null, 'document': null, 'nothing': null, 'a/b~c': null, 'kept': null };
  const state = await changeStack(aws, 'values',
    template(
      JSON.stringify(config('plain', { data: { key: 1 } })),
      beside(config('values', { data, list: [null, null, { deep: null }, 'kept', null] }),
        { Path: '/data/text', Value: { 'Fn::Sub': '<${Hostile}>' } },
        { Path: '/data/number', Number: { Ref: 'Number' } },
        { Path: '/data/integer', Number: 7 },
        { Path: '/data/list', Value: ['a', { Ref: 'Hostile' }, NO_VALUE, 2, true] },
        { Path: '/data/document', Document: { 'Fn::If': ['No', NO_VALUE, beside({ a: [null, 1] }, { Path: '/a/0', Document: beside(null, { Path: '', Value: { Ref: 'Hostile' } }) })] } },
        { Path: '/data/nothing', Value: { 'Fn::If': ['No', 'a', NO_VALUE] } },
        { Path: '/data/a~1b~0c', Value: '' },
        { Path: '/data', Key: { Ref: 'Hostile' }, Value: 'a key' },
        { Path: '/data', Key: 'left out', Document: NO_VALUE },
        { Path: '/list/0', Value: NO_VALUE },
        { Path: '/list/1', Value: 'second' },
        { Path: '/list/2/deep', Value: 'deep' },
        { Path: '/list/4', Number: NO_VALUE }),
    ));
  expect(state).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await recorded('plain')).toEqual(config('plain', { data: { key: 1 } }));
  expect(await recorded('values')).toEqual(config('values', {
    data: { 'text': `<${hostile}>`, 'number': 3.5, 'integer': 7, 'list': ['a', hostile, '2', 'true'], 'document': { a: [hostile, 1] }, 'a/b~c': '', 'kept': null, [hostile]: 'a key' },
    list: ['second', { deep: 'deep' }, 'kept'],
  }));
});

test('a value that is inserted into JSON text changes its structure', async () => {
  const { Resources, ...rest } = template({ 'Fn::Join': ['', ['{"kind":"ConfigMap","metadata":{"name":"pasted"},"data":{"title":"', { Ref: 'Hostile' }, '"}}']] });
  const Parameters = { ...rest.Parameters, Hostile: { Type: 'String', Default: 'x"},"data":null,"added":{"y":"' } };
  expect(await changeStack(aws, 'pasted', { ...rest, Parameters, Resources })).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await recorded('pasted')).toEqual({ kind: 'ConfigMap', metadata: { name: 'pasted' }, data: null, added: { y: '' } });
});

test.each<[string, object, string]>([
  ['a duplicate key', { Path: '', Key: 'kind', Value: 'Secret' }, "duplicate key kind in the map at ''"],
  ['a place that does not hold null', { Path: '/kind', Value: 'Secret' }, "the value at '/kind' must be null"],
  ['a place that does not exist', { Path: '/data/1', Value: 'x' }, "the path '/data/1' does not exist"],
  ['a path that is not a JSON pointer', { Path: 'kind', Value: 'x' }, "'kind' is not a JSON pointer"],
  ['a number that is not finite', { Path: '/empty', Number: '1e999' }, 'a Number must be a finite number'],
  ['a hexadecimal number', { Path: '/empty', Number: '0x10' }, 'a Number must be a finite number'],
  ['a map as text', { Path: '/empty', Value: { a: 'b' } }, 'a Value must be a string or a list of strings'],
  ['two values', { Path: '/empty', Value: '1', Number: '1' }, 'an entry has Number and Value'],
  ['a duplicate key in JSON', { Path: '/empty', Document: { Json: '{"a":1,"a":2}' } }, 'duplicate key a'],
])('a stack with %s fails', async (title, value, message) => {
  expect(await changeStack(aws, title.replace(/\W+/g, '-'), template(beside(config('refused', { data: [null], empty: null }), value)))).toMatchObject({
    status: 'ROLLBACK_COMPLETE', failures: [`CREATE_FAILED Objects: ${message}`],
  });
});
