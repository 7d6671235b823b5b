import { Aws, CfnCondition, CfnParameter, Fn, Lazy, SecretValue, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { KubernetesObjects } from '../../lib';
import { parse } from '../../lib/kubernetes/function/input/objects';
import { deployed, deployedObjects, OREGON } from '../deployed';
import { HOSTILE } from '../hostile';
import { newCluster, newStack } from '../stacks';

const HARMLESS = 'harmless';

function setup() {
  const stack = newStack();
  const cluster = newCluster(stack);
  new CfnCondition(stack, 'Wanted');
  return {
    stack,
    cluster,
    title: new CfnParameter(stack, 'Title').valueAsString,
    count: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber,
    list: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
    define: (...objects: { [key: string]: unknown }[]) => new KubernetesObjects(stack, 'Objects', { cluster, objects }),
  };
}

const config = (data: object, metadata: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ...metadata }, data });
const withValues = { Title: 'title', Count: 3, List: ['a', 'b'] };

test('an object without tokens is plain JSON in the template', () => {
  const { stack, define } = setup();
  define(config({ a: '${x} {{ .Values.y }}', b: { Ref: 'not a token' } }));
  Template.fromStack(stack).hasResourceProperties('Custom::KubernetesObjects', {
    Objects: ['{"apiVersion":"v1","data":{"a":"${x} {{ .Values.y }}","b":{"Ref":"not a token"}},"kind":"ConfigMap","metadata":{"name":"c"}}'],
  });
});

test('tokens are separate from the JSON, and the template says where each belongs', () => {
  const { stack, title, define } = setup();
  define(config({ 'a/b~c': `${title}!` }));
  Template.fromStack(stack).hasResourceProperties('Custom::KubernetesObjects', {
    Objects: [{
      Json: '{"apiVersion":"v1","data":{"a/b~c":null},"kind":"ConfigMap","metadata":{"name":"c"}}',
      Values: [{ Path: '/data/a~1b~0c', Value: { 'Fn::Join': ['', [{ Ref: 'Title' }, '!']] } }],
    }],
  });
});

test('dynamic references are separate in the same way, also as keys', () => {
  const { stack, define } = setup();
  define(config({ 'title': 'a {{resolve:ssm:/title}}', '{{resolve:ssm:/key}}': 'b' }));
  Template.fromStack(stack).hasResourceProperties('Custom::KubernetesObjects', {
    Objects: [{
      Json: '{"apiVersion":"v1","data":{"title":null},"kind":"ConfigMap","metadata":{"name":"c"}}',
      Values: [
        { Path: '/data/title', Value: 'a {{resolve:ssm:/title}}' },
        { Path: '/data', Key: '{{resolve:ssm:/key}}', Document: { Json: '"b"' } },
      ],
    }],
  });
});

test('every kind of token keeps its type', () => {
  const { stack, title, count, list, define } = setup();
  define({
    apiVersion: title,
    kind: `Kind${Fn.select(0, list)}`,
    metadata: { name: Lazy.any({ produce: () => title }), annotations: { [`key/${title}`]: title, known: 'known' } },
    list,
    count,
    numbers: [1, count],
    nested: [{ deep: [Token.asAny({ Ref: 'Title' })] }],
    [`any-${title}`]: { of: [count, null, true] },
    secret: SecretValue.ssmSecure('mine').unsafeUnwrap(),
  });
  expect(deployedObjects(stack, { ...OREGON, parameters: { ...withValues, Title: 'v1' } })).toEqual([{
    'apiVersion': 'v1',
    'kind': 'Kinda',
    'metadata': { name: 'v1', annotations: { 'key/v1': 'v1', 'known': 'known' } },
    'list': ['a', 'b'],
    'count': 3,
    'numbers': [1, 3],
    'nested': [{ deep: ['v1'] }],
    'any-v1': { of: [3, null, true] },
    'secret': '{{resolve:ssm-secure:mine}}',
  }]);
});

test.each([['met', []], ['not met', ['Wanted']]])('a part that a condition chooses keeps its types, and AWS::NoValue is left out: condition %s', (_, unmet) => {
  const { stack, title, count, define } = setup();
  const chosen = (yes: unknown, no: unknown = Aws.NO_VALUE) => Fn.conditionIf('Wanted', yes, no);
  define({
    ...config({}),
    part: chosen({ number: 1, boolean: true, title, count, list: [title, 2], again: chosen({ a: 1 }, 'text') }),
    text: chosen('yes', 'no'),
    gone: chosen(Aws.NO_VALUE, 'there'),
    number: chosen(1, count),
    list: ['first', chosen('second'), chosen('third'), chosen(Aws.NO_VALUE, { fourth: 4 }), title],
  });
  const [{ part, text, gone, number, list }] = deployedObjects(stack, { ...OREGON, parameters: withValues, unmet });
  expect({ part, text, gone, number, list }).toEqual(unmet.length
    ? { part: undefined, text: 'no', gone: 'there', number: 3, list: ['first', { fourth: 4 }, 'title'] }
    : {
      part: { number: 1, boolean: true, title: 'title', count: 3, list: ['title', 2], again: { a: 1 } },
      text: 'yes',
      gone: undefined,
      number: 1,
      list: ['first', 'second', 'third', 'title'],
    });
});

test('tokens in a chart are separate in the same way', () => {
  const { stack, cluster, title } = setup();
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  new cdk8s.ApiObject(chart, 'Config', config({ title }, { name: 'c' }));
  new KubernetesObjects(stack, 'Objects', { cluster, charts: [chart] });
  expect(deployedObjects(stack, { ...OREGON, parameters: { Title: '"' } })).toMatchObject([{ data: { title: '"' } }]);
});

test('a hostile value changes nothing but itself', () => {
  const { stack, title, define } = setup();
  define(config({ title, more: `{{${title}}}`, [`key-${title}`]: title }), config({}, { name: 'other', annotations: { title } }));
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'));
  const objectsWith = (Title: string) => JSON.stringify(parse(deployed(stack, Properties, { ...OREGON, parameters: { Title } })));
  const harmless = objectsWith(HARMLESS);
  expect(harmless).toContain(`"key-${HARMLESS}":"${HARMLESS}"`);
  for (const value of HOSTILE) {
    expect(objectsWith(value)).toBe(harmless.replaceAll(HARMLESS, () => JSON.stringify(value).slice(1, -1)));
  }
});
