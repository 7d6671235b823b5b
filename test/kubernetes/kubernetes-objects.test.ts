import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { IrsaClusterProps, KubernetesObjects, KubernetesObjectsOptions } from '../../lib';
import { TIMEOUTS } from '../../lib/kubernetes/contract/timeouts';
import { deployedObjects, OREGON } from '../deployed';
import { newCluster, newStack } from '../stacks';

const account = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } });
const accounts = (count: number) => Array.from({ length: count }, (_, i) => account(`a-${i}`));

function define(options: KubernetesObjectsOptions) {
  const stack = newStack();
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), ...options });
  return { stack, template: Template.fromStack(stack) };
}

test('objects are JSON strings in the template, so that numbers and booleans keep their type', () => {
  define({ objects: [{ ...account('a'), automountServiceAccountToken: true }] }).template.hasResourceProperties('Custom::KubernetesObjects', {
    Objects: [Match.serializedJson(Match.objectLike({ kind: 'ServiceAccount', automountServiceAccountToken: true }))],
  });
});

test('the objects are applied again if the cluster is replaced', () => {
  define({ objects: [account('a')] }).template.hasResourceProperties('Custom::KubernetesObjects', {
    Cluster: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] },
  });
});

test('a cluster has one provider, whichever stack uses it', () => {
  const app = new App();
  const clusterStack = new Stack(app, 'Cluster');
  const cluster = newCluster(clusterStack);
  const stacks = ['One', 'Two'].map((name) => new Stack(app, name));
  stacks.forEach((stack, i) => new KubernetesObjects(stack, 'Objects', { cluster, objects: [account(`account-${i}`)] }));
  stacks.forEach((stack) => Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0));
  Template.fromStack(clusterStack).resourceCountIs('AWS::Lambda::Function', 2);
});

test('objects wait until the function has access to the cluster', () => {
  const { Resources } = define({ objects: [account('a')] }).template.toJSON();
  const [{ Properties: { ServiceToken: { 'Fn::GetAtt': [framework] } }, DependsOn }] = Object.values<any>(Resources).filter(({ Type }) => Type === 'Custom::KubernetesObjects');
  expect(Resources[framework].DependsOn).toContainEqual(expect.stringMatching(/ProviderAccess/));
  expect(DependsOn).toEqual([expect.stringMatching(/EventInvokeConfig/)]);
});

test('the function needs no kubectl and no layer', () => {
  const { template } = define({ objects: [account('a')] });
  template.resourceCountIs('AWS::Lambda::LayerVersion', 0);
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Runtime: 'nodejs24.x', Layers: Match.absent() });
});

describe('the function', () => {
  const provider = () => define({ objects: [account('a')] }).template;

  test('is not retried by Lambda, so that CloudFormation never continues while an event runs', () => {
    provider().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 240, FunctionName: { Ref: Match.stringLikeRegexp('frameworkonEvent') } });
  });

  test('ends before the function of the provider framework, and CloudFormation waits for both', () => {
    const template = provider();
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Timeout: 840 });
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'framework.onEvent', Timeout: TIMEOUTS.framework / 1_000 });
    template.hasResourceProperties('Custom::KubernetesObjects', { ServiceTimeout: '1200' });
  });

  test('keeps whole events out of the log of the provider framework', () => {
    provider().hasResourceProperties('AWS::Lambda::Function', { Handler: 'framework.onEvent', LoggingConfig: { ApplicationLogLevel: 'FATAL' } });
  });

  test('keeps its logs for a month, regardless of the feature flags of the app', () => {
    provider().resourcePropertiesCountIs('AWS::Logs::LogGroup', { RetentionInDays: 30 }, 2);
  });

  test('can be invoked only by the provider framework, and can describe its own cluster', () => {
    const template = provider();
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    template.resourceCountIs('AWS::IAM::Policy', 2);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'eks:DescribeCluster', Effect: 'Allow', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] } },
        ],
      },
    });
  });
});

describe('the function runs', () => {
  const network = (props: Partial<IrsaClusterProps>) => {
    const stack = newStack();
    new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack, props), objects: [account('a')] });
    const [{ Properties: { VpcConfig } }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }));
    return VpcConfig;
  };
  const { PUBLIC, PRIVATE, PUBLIC_AND_PRIVATE } = eks.EndpointAccess;

  test.each([['public', PUBLIC], ['public and private', PUBLIC_AND_PRIVATE], ['open to all', PUBLIC_AND_PRIVATE.onlyFrom('0.0.0.0/0')]])(
    'outside of the VPC for an endpoint that is %s', (_, endpointAccess) => {
      expect(network({ endpointAccess })).toBeUndefined();
    });

  test.each([['private', PRIVATE], ['open to given addresses', PUBLIC_AND_PRIVATE.onlyFrom('192.0.2.0/24')]])(
    'inside of the VPC for an endpoint that is %s', (_, endpointAccess) => {
      expect(network({ endpointAccess })).toEqual({
        SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'ClusterSecurityGroupId'] }],
        SubnetIds: [1, 2].map((i) => ({ Ref: expect.stringMatching(`PrivateSubnet${i}`) })),
      });
    });

  test('in isolated subnets if there are no private ones', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
    const cluster = newCluster(stack, { vpc, vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }], endpointAccess: PRIVATE });
    new KubernetesObjects(stack, 'Objects', { cluster, objects: [] });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.handler', VpcConfig: { SubnetIds: [1, 2].map((i) => ({ Ref: Match.stringLikeRegexp(`IsolatedSubnet${i}`) })) },
    });
  });
});

describe('fails at synthesis for', () => {
  const synthesize = (...sets: object[][]) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    sets.forEach((objects, i) => new KubernetesObjects(stack, `Objects${i}`, { cluster, objects: objects as { [key: string]: unknown }[] }));
    return () => Template.fromStack(stack);
  };

  test('more than 100 objects in a set, including those of its charts', () => {
    const stack = newStack();
    const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
    new cdk8s.ApiObject(chart, 'One', account('one-more'));
    new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), objects: accounts(100), charts: [chart] });
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Objects] the set has 101 objects, but at most 100 are allowed: split it into several sets');
  });

  test('an object that is in a set twice', () => {
    const same = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', namespace: null } };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
    expect(synthesize([account('a'), account('a')])).toThrow('[Stack/Objects0] ServiceAccount default/a is already defined by this set: define it once');
    expect(synthesize([account('a'), same])).toThrow('[Stack/Objects0] ServiceAccount a is already defined by this set: define it once');
    expect(synthesize([namespace, namespace])).toThrow('[Stack/Objects0] Namespace team is already defined by this set: define it once');
  });

  test('an object that is in two sets, regardless of the version of its API', () => {
    const role = (v: string) => ({ apiVersion: `rbac.authorization.k8s.io/${v}`, kind: 'Role', metadata: { name: 'r', namespace: 'default' } });
    expect(synthesize([role('v1')], [role('v1beta1')])).toThrow('[Stack/Objects1] Role default/r is already defined by Stack/Objects0: define it once');
    expect(synthesize([account('a')], [account('b')])).not.toThrow();
  });

  test('an object without a kind in a chart', () => {
    const stack = newStack();
    const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
    new cdk8s.ApiObject(chart, 'Nothing', { apiVersion: 'v1', kind: '' });
    new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), charts: [chart] });
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Objects] objects[0].kind is "", but must be a string that is not empty');
  });
});

test('objects that tokens name can be defined twice, because only the function knows their names', () => {
  const stack = newStack();
  const [one, other] = ['One', 'Other'].map((id) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: new CfnParameter(stack, id).valueAsString } }));
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), objects: [one, other] });
  const objects = (name: string) => deployedObjects(stack, { ...OREGON, parameters: { One: 'one', Other: name } });
  expect(objects('other')).toHaveLength(2);
  expect(() => objects('one')).toThrow('ConfigMap one is defined twice in this set: tokens might have the same value, so use different names');
});

test('fails for a stack in a different region than the cluster', () => {
  const app = new App();
  const cluster = newCluster(newStack('ClusterStack', { env: { region: 'us-west-2' } }, app));
  expect(() => new KubernetesObjects(newStack('Other', { env: { region: 'eu-west-1' } }, app), 'Objects', { cluster, objects: [] }))
    .toThrow('Other/Objects: the stack\'s region is "eu-west-1", but must be us-west-2, the region of the cluster');
});

test('warns of a Secret, because the template shows it', () => {
  const stack = newStack();
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }] });
  Annotations.fromStack(stack).hasWarning('/Stack/Objects/Resource', Match.stringLikeRegexp('Secret s is in the template: anyone who can read the stack.*cdk-irsa:secret-in-template'));
});

test.each<[string, boolean]>([['a NoEcho parameter', true], ['another parameter', false]])('whether an object gets a warning for the value of %s: %s', (_, noEcho) => {
  const stack = newStack();
  const value = new CfnParameter(stack, 'Value', { noEcho }).valueAsString;
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: `password=${value}` } };
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), objects: [config, { ...config, metadata: { name: 'd' }, data: {} }] });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:no-echo')).map(({ entry }) => entry.data);
  expect(warnings).toEqual(noEcho ? ['ConfigMap c contains the value of a NoEcho parameter: everyone who can read the object can see it. '
    + 'Fetch the secret from within the cluster instead, for example with the External Secrets Operator [ack: cdk-irsa:no-echo]'] : []);
});

test('the template is the reviewed one', () => {
  const { Resources } = define({ objects: [account('s3-reader-sa')] }).template.toJSON();
  expect(Object.fromEntries(Object.entries(Resources).filter(([id]) => /Objects/.test(id)))).toMatchSnapshot();
});
