import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { verification } from '../../../lib';
import { account, accountRole, clusterTemplate, objects } from '../templates';

// TypeScript would refuse these calls; JavaScript does not
const PodAccess: any = verification.PodAccess;
const access = PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), Role: accountRole('default:app') }));
const pod = access.pod({ serviceAccountName: 'app' });
const trust = access.trustPolicyNamed('Role');
const bucket = new s3.Bucket(new Stack(new App(), 'Stack'), 'Bucket');

describe('a call with a wrong argument fails, because its answer would be about something else:', () => {
  test.each<[string, () => unknown, string]>([
    ['a misspelled property', () => access.pod({ nameSpace: 'a', serviceAccountName: 'app' }), 'nameSpace is not a property of PodSelection: did you mean namespace?'],
    ['an unknown property', () => access.workload({ kind: 'Job', name: 'a', queue: 'b' }), 'queue is not a property of WorkloadSelection: its properties are cluster, kind, name, namespace'],
    ['a property of another struct', () => pod.decide('s3:GetObject', { resources: ['*'] }), 'resources is not a property of AccessOptions: did you mean resource?'],
    ['a misspelled assumption', () => access.assume({ noOtherNode: true }), 'noOtherNode is not a property of AccessAssumptions: did you mean noOtherNodes?'],
    ['a string for a boolean', () => access.assume({ noOtherNodes: 'false' }), 'noOtherNodes is a string, but must be a boolean'],
    ['a string for a list', () => access.assume({ resourcesWithoutPolicy: 'arn:aws:s3:::shared' }), 'resourcesWithoutPolicy is a string, but must be a list, such as [\'arn:aws:s3:::shared\']'],
    ['a name for an ARN', () => access.assume({ resourcesWithoutPolicy: ['shared'] }), 'resourcesWithoutPolicy[0] is "shared", but must be an ARN, such as arn:aws:s3:::bucket'],
    ['an attribute without a logical ID', () => access.assume({ attributes: { Role: 'arn' } }), 'attributes has Role, but must have names of a logical ID and an attribute'],
    ['a misspelled attribute of a cluster', () => access.assume({ attributes: { 'Cluster.OpenIdConnectIssuer': 'https://a.example' } }),
      'attributes has Cluster.OpenIdConnectIssuer, which is not an attribute of AWS::EKS::Cluster: did you mean Cluster.OpenIdConnectIssuerUrl?'],
    ['an address that is none', () => pod.decide('s3:GetObject', { context: { 'aws:SourceIp': ['notanip'] } }), 'context has a value of aws:SourceIp that is no IP address'],
    ['a range for an address', () => access.assume({ context: { 'AWS:SourceIp': ['10.0.0.0/8'] } }), 'a request comes from one address, such as 203.0.113.7'],
    ['a string for a list of values', () => access.assume({ context: { 'aws:SourceIp': '10.0.0.1' } }), 'context[\'aws:SourceIp\'] is a string, but must be a list, such as [\'10.0.0.1\']'],
    ['a number for a value', () => pod.decide('s3:GetObject', { context: { 's3:max-keys': [10] } }), 'context[\'s3:max-keys\'][0] is a number, but must be a string'],
    ['nothing for a required property', () => access.pod({}), 'serviceAccountName is undefined, but must be a string'],
    ['a construct for a cluster', () => access.pod({ cluster: bucket, serviceAccountName: 'app' }), 'cluster is an object, but must be a string, such as \'blue\' or \'Stack/Cluster\''],
    ['an ARN for options', () => pod.assertDenied('s3:DeleteBucket', bucket.bucketArn), 'the second argument is a string, but must be an object of type AccessOptions'],
    ['an object for a string', () => access.pod({ serviceAccountName: { name: 'app' } }), 'serviceAccountName is an object, but must be a string'],
    ['no nodegroup', () => access.nodegroup({}), 'nodegroupName is undefined, but must be a string'],
    ['a name for a construct', () => access.trustPolicyOf('Role'), 'the argument of trustPolicyOf must be a construct: for a logical ID or a name, use trustPolicyNamed'],
    ['a construct for a name', () => access.trustPolicyNamed(bucket), 'role is an object, but must be a string'],
    ['a name that Kubernetes does not allow', () => trust.assertAdmits({ namespace: 'default/app', serviceAccountName: 'app' }), 'namespace is "default/app", but must be a Kubernetes name'],
    ['a wildcard in a name', () => access.pod({ serviceAccountName: 'app-*' }), 'serviceAccountName is "app-*", but must be a Kubernetes name'],
    ['an unknown property of a token', () => trust.decideToken({ serviceAccountName: 'app', aud: 'sts' }), 'aud is not a property of TokenOptions'],
    ['no directory', () => PodAccess.fromAssembly(), 'directory is undefined, but must be a string'],
    ['no templates', () => PodAccess.fromTemplates({}), 'PodAccess.fromTemplates needs an object with at least one template'],
    ['nothing for templates', () => PodAccess.fromTemplates(undefined), 'PodAccess.fromTemplates needs an object with at least one template'],
    ['a name for the ARN of a role', () => access.pod({ serviceAccountName: 'app', annotatedRoleArn: 'reader' }), 'annotatedRoleArn is "reader", but must be the ARN of a role'],
    ['an account that is no account', () => access.assume({ parameters: { 'AWS::AccountId': '1234' } }), 'assume has a value of AWS::AccountId, which must be 12 digits, such as 111122223333'],
    ['a Region that is no Region', () => access.assume({ parameters: { 'AWS::Region': 'Frankfurt' } }), 'assume has a value of AWS::Region, which must be the name of a Region, such as us-west-2'],
    ['a condition key without a prefix', () => pod.decide('s3:GetObject', { context: { sourceip: ['10.0.0.1'] } }), 'context has the key "sourceip", but must have names of condition keys with their service prefix'],
    ['a misspelled condition key', () => pod.decide('s3:GetObject', { context: { 'aws:SourceIpp': ['10.0.0.1'] } }), 'context has the key aws:SourceIpp, which is not a global condition key: did you mean aws:SourceIp?'],
    ['a condition key of another role', () => access.assume({ context: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/other'] } }), 'context has the key aws:PrincipalArn, but the role of the session decides its value: omit it'],
    ['no action', () => pod.assertDenied(), 'action is undefined, but must be a string'],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(message);
  });

  test.each<[string, () => unknown, string]>([
    ['a string for an object', () => access.pod('app'),
      'the argument is a string, but must be an object of type PodSelection, as in access.pod({ namespace: \'reports\', serviceAccountName: \'reader\' })'],
    ['nothing for an object', () => access.pod(),
      'the argument is undefined, but must be an object of type PodSelection, as in access.pod({ namespace: \'reports\', serviceAccountName: \'reader\' })'],
    ['a list for the options of a node', () => access.nodegroup(['nodes']),
      'the argument is a list, but must be an object of type NodegroupSelection, as in access.nodegroup({ nodegroupName: \'nodes\' })'],
    ['a list for the principals alone', () => access.assertOnly('s3:GetObject', [pod]),
      'the second argument is a list, but must be an object of type AssertOnlyOptions, as in access.assertOnly(\'s3:GetObject\', { resource: bucket.arnForObjects(\'*\'), principals: [access.pod({ … })] })'],
    ['a text for a service account', () => trust.assertAdmitsOnly('default/app'),
      'the argument is a string, but must be an object of type SubjectSelection, as in trustPolicy.assertAdmitsOnly({ namespace: \'reports\', serviceAccountName: \'reader\' })'],
    ['a part of the name of a property', () => access.pod({ name: 'app' }), 'name is not a property of PodSelection: did you mean serviceAccountName?'],
    ['a part of the names of several properties', () => access.assume({ noOther: true }), 'noOther is not a property of AccessAssumptions: did you mean noOtherCredentials or noOtherNodes?'],
    ['a construct for an ARN', () => pod.assertDenied('s3:PutObject', { resource: bucket }), 'resource is an object, but must be a string, such as bucket.arnForObjects(\'*\')'],
    ['no principals', () => access.assertOnly('s3:GetObject', {}), 'principals is undefined, but must be a list, such as [access.pod({ … })], or [] for nobody'],
    ['a principal for a list of them', () => access.assertOnly('s3:GetObject', { principals: pod }), 'principals is an object, but must be a list, such as [access.pod({ … })], or [] for nobody'],
    ['a name for a principal', () => access.assertOnly('s3:GetObject', { principals: ['app'] }), 'principals[0] is a string, but must be an object, such as access.pod({ … })'],
    ['an account for a principal', () => access.assertOnly('s3:GetObject', { principals: [], exceptions: ['123456789012'] }),
      'exceptions[0] is a string, but must be an object, such as access.pod({ … }): put IDs of accounts, ARNs and * into namedExceptions'],
    ['no stack', () => PodAccess.fromStack(undefined), 'the argument of PodAccess.fromStack must be a Stack: pass any stack of the app, because all of them are read'],
    ['an app for a stack', () => PodAccess.fromStack(new App()), 'the argument of PodAccess.fromStack must be a Stack: pass any stack of the app, because all of them are read'],
    ['a call of the constructor', () => new PodAccess(new Stack(new App(), 'Stack')),
      'PodAccess has no public constructor: use PodAccess.fromStack(stack), PodAccess.fromAssembly(\'cdk.out\') or PodAccess.fromTemplates({ … })'],
  ])('%s, with an example', (_, work, message) => {
    expect(work).toThrow(new Error(message));
  });

  test('a value of a parameter that its template does not allow', () => {
    const template = { Parameters: { Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] } }, Resources: {} };
    expect(() => PodAccess.fromTemplates({ stack: template }).assume({ parameters: { Stage: 'Prod' } })).toThrow('assume has a value of parameter Stage that the templates do not allow: allowed are dev, prod');
  });

  test('another account than the stacks have in their environments', () => {
    const ofStack = PodAccess.fromStack(new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-west-2' } }));
    expect(() => ofStack.assume({ parameters: { 'AWS::AccountId': '444455556666' } })).toThrow('assume has a value of AWS::AccountId, but the environments of the stacks have others: 111122223333');
    expect(() => ofStack.assume({ parameters: { 'AWS::AccountId': '111122223333' } })).not.toThrow();
  });
});

test.each(['aws:SourceVpc', 'AWS:SourceIp', 'aws:PrincipalTag/team', 'aws:NewKeyOfAws', 's3:prefix'])('%s can be in the context', (key) => {
  expect(() => pod.decide('s3:GetObject', { context: { [key]: ['10.0.0.1'] } })).not.toThrow();
});

test('properties that are undefined are as good as absent', () => {
  expect(access.pod({ serviceAccountName: 'app', namespace: undefined, nameSpace: undefined }).name).toBe('pods of service account default/app');
});
