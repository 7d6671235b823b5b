import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const TRUSTS_LAMBDA = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const IMPORT = { 'Fn::ImportValue': 'kubectl-function' };
const FUNCTION = 'arn:aws:lambda:us-west-2:111122223333:function:kubectl';
const KUBECTL = 'arn:aws:iam::111122223333:role/kubectl';
const FUNCTIONS = 'arn:aws:lambda:us-west-2:111122223333:function:*';
const SECTIONS = { Parameters: { Given: { Type: 'String' } } };

/** The pods of an account, next to those of another one whose role may do more, and objects that a function applies. */
const access = (applier: object, resources: object, type = 'KubernetesResource', clusterName: unknown = { Ref: 'Cluster' }) => {
  const applied = objects(account('app', 'Own'), account('reader', 'Reader', 'ops'));
  return accessTo(clusterTemplate({
    Reader: accountRole('ops:reader', allow(LIST)),
    Objects: applied,
    Applied: {
      Type: type.includes('::') ? type : `Custom::AWSCDK-EKS-${type}`,
      Properties: type.includes('::') ? { Cluster: arnOf('Cluster'), Objects: [], ...applier } : { ClusterName: clusterName, Manifest: '[]', ...applier },
    },
    ...resources,
  }, SECTIONS));
};
const ask = (of: ReturnType<typeof access>) => of.pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);
const own = (...statements: object[]) => ({ Own: accountRole('default:app', ...statements) });
const invokes = (...resources: unknown[]) => own(allow('lambda:InvokeFunction', resources));
const OWN_FUNCTION = { Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('FnRole') } }, FnRole: role(TRUSTS_LAMBDA) };

/** The functions of aws-cdk: a framework, and the handler behind it, which may assume the role of another app. */
const framework = (...statements: object[]) => ({
  Framework: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('FrameworkRole') } },
  FrameworkRole: role(TRUSTS_LAMBDA, allow('lambda:InvokeFunction', [arnOf('Handler'), { 'Fn::Join': ['', [arnOf('Handler'), ':*']] }])),
  Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('HandlerRole') } },
  HandlerRole: role(TRUSTS_LAMBDA, ...statements),
  Other: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('OtherRole') } },
  OtherRole: role(TRUSTS_LAMBDA, allow('sqs:*')),
});
const ASSUMES = allow('sts:AssumeRole', KUBECTL);
const OF_FRAMEWORK = { ServiceToken: arnOf('Framework'), RoleArn: KUBECTL };

test.each<[string, object, object, string]>([
  ['invokes a function by its ARN', { ServiceToken: FUNCTION }, invokes(FUNCTION), UNKNOWN],
  ['invokes any version of it', { ServiceToken: FUNCTION }, invokes(`${FUNCTION}:*`), UNKNOWN],
  ['invokes any function', { ServiceToken: FUNCTION }, invokes('*'), UNKNOWN],
  ['invokes any function of the account', { ServiceToken: FUNCTION }, invokes(FUNCTIONS), UNKNOWN],
  ['invokes the function of an import', { ServiceToken: IMPORT }, invokes(IMPORT), UNKNOWN],
  ['invokes any version of the function of an import', { ServiceToken: IMPORT }, invokes({ 'Fn::Join': ['', [IMPORT, ':*']] }), UNKNOWN],
  ['invokes any function, next to an import', { ServiceToken: IMPORT }, invokes('*'), UNKNOWN],
  ['invokes any function of the account, next to an import', { ServiceToken: IMPORT }, invokes(FUNCTIONS), UNKNOWN],
  ['invokes all functions of Lambda, next to an import', { ServiceToken: IMPORT }, invokes('arn:aws:lambda:*'), UNKNOWN],
  ['invokes all but one function, next to an import', { ServiceToken: IMPORT }, own({ Effect: 'Allow', Action: 'lambda:*', NotResource: FUNCTION }), UNKNOWN],
  ['invokes any function, next to a parameter', { ServiceToken: { Ref: 'Given' } }, invokes('*'), UNKNOWN],
  ['changes any function', { ServiceToken: IMPORT }, own(allow('lambda:UpdateFunctionCode')), UNKNOWN],
  ['has the role', { ServiceToken: IMPORT, RoleArn: arnOf('Own') }, own(allow('sqs:*')), UNKNOWN],
  ['invokes the framework', OF_FRAMEWORK, { ...framework(ASSUMES), ...invokes(arnOf('Framework')) }, UNKNOWN],
  ['invokes the handler behind the framework', OF_FRAMEWORK, { ...framework(ASSUMES), ...invokes(arnOf('Handler')) }, UNKNOWN],
  ['invokes the framework of a cluster with access entries elsewhere', { ServiceToken: arnOf('Framework') }, { ...framework(), ...invokes(arnOf('Framework')) }, UNKNOWN],
  ['invokes the handler of a cluster with access entries elsewhere', { ServiceToken: arnOf('Framework') }, { ...framework(), ...invokes(arnOf('Handler')) }, UNKNOWN],
  ['invokes another function', OF_FRAMEWORK, { ...framework(ASSUMES), ...invokes(arnOf('Other')) }, DENIED],
  ['invokes another function than one by its ARN', { ServiceToken: FUNCTION }, invokes('arn:aws:lambda:us-west-2:111122223333:function:orders'), DENIED],
  ['invokes a function of its own, next to an ARN', { ServiceToken: FUNCTION }, { ...OWN_FUNCTION, ...invokes(arnOf('Fn')) }, DENIED],
  ['invokes a function of its own, next to an import', { ServiceToken: IMPORT }, { ...OWN_FUNCTION, ...invokes(arnOf('Fn')) }, DENIED],
  ['invokes a function by its name, next to an import', { ServiceToken: IMPORT }, invokes('arn:aws:lambda:us-west-2:111122223333:function:orders'), DENIED],
  ['assumes another role', { ServiceToken: IMPORT, RoleArn: KUBECTL }, own(allow('sqs:*')), DENIED],
  ['only reads functions', { ServiceToken: IMPORT, RoleArn: KUBECTL }, own(allow(['lambda:ListFunctions', 'lambda:GetFunction'])), DENIED],
])('a pod that %s may apply objects, or not', (_, applier, resources, expected) => {
  expect(ask(access(applier, resources)).outcome).toBe(expected);
  expect(ask(access(applier, resources).assume({ noOtherCredentials: true })).outcome).toBe(DENIED);
});

test.each(['HelmChart', 'KubernetesPatch', 'KubernetesObjectValue', 'Custom::KubernetesObjects'])('so does what applies a %s', (type) => {
  const applier = { ServiceToken: IMPORT, ResourceName: 'deployment/web', ApplyPatchJson: '{}', Chart: 'web', Release: 'web' };
  expect(ask(access(applier, invokes('*'), type)).outcome).toBe(UNKNOWN);
  expect(ask(access(applier, own(allow('sqs:*')), type)).outcome).toBe(DENIED);
});

test('what is applied to another cluster changes nothing', () => {
  expect(ask(access({ ServiceToken: IMPORT }, invokes('*'), 'KubernetesResource', 'other').assume({ noOtherNodes: true })).outcome).toBe(DENIED);
});

test('a role that only the deployment knows is not taken for one of the templates', () => {
  const named = own(allow('sqs:*')).Own;
  expect(ask(access({ ServiceToken: IMPORT, RoleArn: { 'Fn::ImportValue': 'kubectl-role' } }, { Own: { ...named, Properties: { ...named.Properties, RoleName: 'own' } } })).outcome).toBe(DENIED);
});

test.each<[object, object, string]>([
  [{ ServiceToken: FUNCTION }, invokes('*'), `decide what ${FUNCTION} does by lambda:InvokeFunction, which applies the objects of Applied to the cluster`],
  [OF_FRAMEWORK, { ...framework(ASSUMES), ...invokes(arnOf('Framework')) }, 'start Framework, which may act in the cluster with role FrameworkRole'],
])('the answer says how', (applier, resources, how) => {
  expect(ask(access(applier, resources)).missing.join()).toContain(`whether pods ${how}`);
});
