import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { KubernetesObjects, KubernetesObjectsOptions } from '../../lib';
import { deployedObjects } from '../deployed';
import { newStack, version } from '../stacks';

const account = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } });

const clusterIn = (stack: Stack) => new eks.Cluster(stack, 'Cluster', { version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });

function define(options: KubernetesObjectsOptions) {
  const stack = newStack();
  new KubernetesObjects(stack, 'Objects', { cluster: clusterIn(stack), ...options });
  return { stack, template: Template.fromStack(stack) };
}

test('objects travel as JSON strings, so that numbers and booleans stay what they are', () => {
  define({ objects: [{ ...account('a'), automountServiceAccountToken: true }] }).template.hasResourceProperties('Custom::KubernetesObjects', {
    Objects: [Match.serializedJson(Match.objectLike({ kind: 'ServiceAccount', automountServiceAccountToken: true }))],
  });
});

test('tokens may stand anywhere in an object', () => {
  const stack = newStack();
  const parameter = new CfnParameter(stack, 'Parameter').valueAsString;
  new KubernetesObjects(stack, 'Objects', {
    cluster: clusterIn(stack),
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: parameter }, data: { [parameter]: `"${parameter}"` } }],
  });
  expect(deployedObjects(stack)[0]).toMatchObject({ metadata: { name: '<Parameter>' }, data: { '<Parameter>': '"<Parameter>"' } });
});

test('a cluster that is replaced gets the objects again', () => {
  define({ objects: [account('a')] }).template.hasResourceProperties('Custom::KubernetesObjects', {
    Cluster: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] },
  });
});

test('one cluster has one provider, whichever stack asks', () => {
  const app = new App();
  const clusterStack = new Stack(app, 'Cluster');
  const cluster = clusterIn(clusterStack);
  const stacks = ['One', 'Two'].map((name) => new Stack(app, name));
  stacks.forEach((stack, i) => new KubernetesObjects(stack, 'Objects', { cluster, objects: [account(`account-${i}`)] }));
  stacks.forEach((stack) => Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0));
  Template.fromStack(clusterStack).resourceCountIs('AWS::Lambda::Function', 2);
});

test('objects wait until the function may enter the cluster', () => {
  const [{ DependsOn }] = Object.values<any>(define({ objects: [account('a')] }).template.findResources('Custom::KubernetesObjects'));
  expect(DependsOn).toContainEqual(expect.stringMatching(/^ClusterKubernetesObjectsProviderAccess/));
});

test('no kubectl and no layer is needed', () => {
  const { template } = define({ objects: [account('a')] });
  template.resourceCountIs('AWS::Lambda::LayerVersion', 0);
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Runtime: 'nodejs24.x', Layers: Match.absent() });
});

test('the template is the reviewed one', () => {
  const { Resources } = define({ objects: [account('s3-reader-sa')] }).template.toJSON();
  expect(Object.fromEntries(Object.entries(Resources).filter(([id]) => /Objects/.test(id)))).toMatchSnapshot();
});

test.each([
  [{ kind: 'ServiceAccount', metadata: { name: 'a' } }, 'objects[1].apiVersion is undefined'],
  [{ apiVersion: 'v1', kind: '', metadata: { name: 'a' } }, 'objects[1].kind is ""'],
  [{ apiVersion: 'v1', kind: 'ServiceAccount' }, 'objects[1].metadata.name is undefined'],
  [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 1 } }, 'objects[1].metadata.name is 1'],
])('fails for an object that cannot be told from others: %j', (object, message) => {
  expect(() => define({ objects: [account('a'), object] })).toThrow(`Stack/Objects: ${message}, but must be a text that is not empty`);
});

test('fails for overwrite beside createOnly', () => {
  expect(() => define({ objects: [], overwrite: true, createOnly: true }))
    .toThrow('Stack/Objects: overwrite is true, but must be left out beside createOnly, which changes nothing that is there');
});
