import { Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { IKubernetesChart, KubernetesObjects } from '../../lib';
import { deployedObjects } from '../deployed';
import { newCluster, newStack } from '../stacks';

const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

/** A stack with these charts. */
function withCharts(...charts: IKubernetesChart[]) {
  const stack = newStack();
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), charts });
  return stack;
}

const namesIn = (...charts: IKubernetesChart[]) => deployedObjects(withCharts(...charts)).map(({ metadata }) => metadata.name);

test('a chart is a chart of cdk8s, or any object that returns a list of objects', () => {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  new cdk8s.ApiObject(chart, 'One', config('one'));
  expect(namesIn(chart, { toJson: () => [config('two'), config('three')] }, { toJson: () => [] })).toEqual(['one', 'two', 'three']);
});

test('a chart is rendered at synthesis', () => {
  const objects = [config('early')];
  const stack = withCharts({ toJson: () => objects });
  objects.push(config('late'));
  expect(deployedObjects(stack).map(({ metadata }) => metadata.name)).toEqual(['early', 'late']);
});

describe('an error of synthesis names the construct and the chart that returns', () => {
  const apiObject = new cdk8s.ApiObject(new cdk8s.Chart(new cdk8s.App(), 'Chart'), 'Object', config('a'));

  test.each<[string, IKubernetesChart, string]>([
    ['the object of an ApiObject, which TypeScript accepts', apiObject, 'an object'],
    ['a promise', { toJson: async () => [config('a')] } as any, 'a Promise'],
    ['nothing', { toJson: () => undefined } as any, 'undefined'],
    ['YAML', { toJson: () => 'kind: ConfigMap' } as any, 'a string'],
    ['the objects of a chart in place of their JSON', { toJson: () => [apiObject] }, 'a list with an ApiObject'],
    ['a token', { toJson: () => Lazy.any({ produce: () => [config('a')] }) } as any, 'a token'],
  ])('%s', (_, chart, returned) => {
    expect(() => Template.fromStack(withCharts({ toJson: () => [config('b')] }, chart)))
      .toThrow(`[Stack/Objects] charts[1].toJson() returned ${returned}, but must return a list of Kubernetes objects as plain data`);
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'objects[0].apiVersion is undefined, but must be a string that is not empty: for example "v1" or "apps/v1"'],
    ['a string', 'kind: ConfigMap', 'objects[0].apiVersion is undefined, but must be a string that is not empty: for example "v1" or "apps/v1"'],
  ])('a list with %s', (_, object, message) => {
    expect(() => Template.fromStack(withCharts({ toJson: () => [object] }))).toThrow(`[Stack/Objects] ${message}`);
  });
});

test('an error that a chart throws stays as it is', () => {
  expect(() => Template.fromStack(withCharts({ toJson: () => { throw new Error('no chart'); } }))).toThrow('no chart');
});
