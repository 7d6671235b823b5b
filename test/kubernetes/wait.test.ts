import { App, Duration, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { KubernetesObjects, KubernetesObjectsOptions, Wait } from '../../lib';
import { newCluster, newStack } from '../stacks';

const job = (name: string, namespace?: string, spec: object = {}) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace }, spec });
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'server', namespace: 'web' } };
const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'site', namespace: 'web' } };

function define(options: KubernetesObjectsOptions) {
  const stack = newStack();
  new KubernetesObjects(stack, 'Objects', { cluster: newCluster(stack), ...options });
  return stack;
}
const propertiesOf = (options: KubernetesObjectsOptions) =>
  Object.values<any>(Template.fromStack(define(options)).findResources('Custom::KubernetesObjects'))[0].Properties;
const synthesis = (options: KubernetesObjectsOptions) => () => (define(options).node.root as App).synth();

test('what a set waits for is in the template', () => {
  const waitFor = [
    Wait.jobComplete('report'),
    Wait.deploymentAvailable('server', { namespace: 'web' }),
    Wait.condition({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', namespace: 'web', name: 'site', type: 'Ready' }),
  ];
  expect(propertiesOf({ objects: [job('report'), deployment, certificate], waitFor, waitTimeout: Duration.minutes(2) })).toMatchObject({
    WaitFor: [
      { ApiVersion: 'batch/v1', Kind: 'Job', Namespace: 'default', Name: 'report', Type: 'Complete' },
      { ApiVersion: 'apps/v1', Kind: 'Deployment', Namespace: 'web', Name: 'server', Type: 'Available' },
      { ApiVersion: 'cert-manager.io/v1', Kind: 'Certificate', Namespace: 'web', Name: 'site', Type: 'Ready' },
    ],
    WaitTimeout: 120,
  });
});

test('a set that waits for nothing has no property for it', () => {
  expect(Object.keys(propertiesOf({ objects: [job('report')], waitFor: [] })).sort()).toEqual(['Cluster', 'Existing', 'Objects', 'ServiceTimeout', 'ServiceToken']);
});

test.each<[string, Wait, object[], string]>([
  ['a name with a typing error', Wait.jobComplete('raport'), [job('report'), job('other')], 'Job default/raport, but must be an object of this set: did you mean Job default/report?'],
  ['another namespace', Wait.jobComplete('report'), [job('other'), job('report', 'reports')], 'Job default/report, but must be an object of this set: did you mean Job reports/report?'],
  ['an unknown name', Wait.jobComplete('migrate'), [job('report'), job('other', 'web')], 'Job default/migrate, but must be an object of this set: the set has Job default/report, Job web/other'],
  ['another kind', Wait.deploymentAvailable('report'), [job('report')], 'Deployment default/report, but must be an object of this set: the set has no Deployment of apps/v1'],
  ['a Job that is deleted too soon', Wait.jobComplete('report'), [job('report', undefined, { ttlSecondsAfterFinished: 59 })],
    'Job default/report, whose ttlSecondsAfterFinished is 59, but must be omitted or at least 60: Kubernetes could delete the Job before the function has seen its result'],
])('fails for %s', (_, wait, objects, message) => {
  expect(synthesis({ objects: objects as any, waitFor: [wait] })).toThrow(`[Stack/Objects] waitFor[0] is ${message}`);
});

test.each<[string, Wait, object[]]>([
  ['a name that is a token', Wait.jobComplete(Token.asString({ Ref: 'AWS::StackName' })), [job('report')]],
  ['an object whose name is a token', Wait.jobComplete('report'), [job(Token.asString({ Ref: 'AWS::StackName' }))]],
  ['another version of the API', Wait.condition({ apiVersion: 'cert-manager.io/v1alpha2', kind: 'Certificate', namespace: 'web', name: 'site', type: 'Ready' }), [certificate]],
  ['a Job that exists long enough', Wait.jobComplete('report'), [job('report', undefined, { ttlSecondsAfterFinished: 60 })]],
  ['an object without a namespace', Wait.condition({ apiVersion: 'v1', kind: 'Namespace', name: 'web', type: 'Ready' }), [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } }]],
])('accepts %s', (_, wait, objects) => {
  expect(synthesis({ objects: objects as any, waitFor: [wait] })).not.toThrow();
});

test.each<[string, KubernetesObjectsOptions, string]>([
  ['a timeout that is longer than the time of the function', { waitTimeout: Duration.minutes(6), waitFor: [Wait.jobComplete('report')] },
    'Stack/Objects: waitTimeout is "6 minutes", but must be 1 second to 5 minutes, in whole seconds: for example 5 minutes'],
  ['a timeout for nothing', { waitTimeout: Duration.minutes(1) }, 'Stack/Objects: waitTimeout is "1 minute", but must be omitted without waitFor: nothing is waited for'],
  ['what is not a Wait', { waitFor: ['report' as any] }, 'Stack/Objects: waitFor[0] is a string, but must be a Wait, such as Wait.jobComplete(\'job\')'],
])('fails for %s', (_, options, message) => {
  expect(() => define({ objects: [job('report')], ...options })).toThrow(new Error(message));
});

test.each<[string, () => unknown, string]>([
  ['a namespace that Kubernetes does not accept', () => Wait.jobComplete('report', { namespace: 'Web' }), 'Wait.jobComplete: namespace is "Web", but must be'],
  ['a namespace in place of the options', () => Wait.jobComplete('report', 'web' as any), 'Wait.jobComplete: options is a string, but must be an object of type WaitOptions: its properties are namespace'],
  ['no name', () => Wait.deploymentAvailable(''), 'Wait.deploymentAvailable: deploymentName must be a string that is not empty'],
  ['an object instead of a name', () => Wait.jobComplete(job('report') as any), 'Wait.jobComplete: jobName is an object, but must be a string'],
  ['no condition', () => Wait.condition({ apiVersion: 'v1', kind: 'Pod', name: 'a' } as any), 'Wait.condition: options.type is undefined, but must be a string'],
  ['an empty condition', () => Wait.condition({ apiVersion: 'v1', kind: 'Pod', name: 'a', type: '' }), 'Wait.condition: type must be a string that is not empty'],
])('fails for %s', (_, wait, message) => {
  expect(wait).toThrow(message);
});

test('the timeout in the template is a whole number, and can be omitted', () => {
  const template = Template.fromStack(define({ objects: [job('report')], waitFor: [Wait.jobComplete('report')] }));
  template.hasResourceProperties('Custom::KubernetesObjects', { WaitFor: [Match.objectLike({ Name: 'report' })], WaitTimeout: Match.absent() });
});
