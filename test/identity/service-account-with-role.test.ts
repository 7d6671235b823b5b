import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { accountIn, define, idOf, logicalIds } from './accounts';
import { ExistingObjects, policies, ServiceAccountWithRole } from '../../lib';
import { deployedTrust } from '../deployed';
import { newCluster, newStack } from '../stacks';

test('the service account names the role, and contains nothing else by default', () => {
  const { stack, account } = define();
  expect(accountIn(stack)).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'reader', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': `<${idOf(account.role)}.Arn>` } },
  });
});

test('labels, annotations and automountServiceAccountToken are passed to the service account', () => {
  const { stack } = define({ labels: { team: 'data' }, annotations: { 'example.com/owner': 'data' }, automountServiceAccountToken: false });
  expect(accountIn(stack)).toMatchObject({
    automountServiceAccountToken: false,
    metadata: { labels: { team: 'data' }, annotations: { 'example.com/owner': 'data', 'eks.amazonaws.com/role-arn': expect.any(String) } },
  });
});

test('the expiration of the token that a pod exchanges for credentials is an annotation, in seconds', () => {
  const expiration = (tokenExpiration: (stack: Stack) => Duration) => {
    const stack = newStack();
    new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader', tokenExpiration: tokenExpiration(stack) });
    return accountIn(stack).metadata.annotations['eks.amazonaws.com/token-expiration'];
  };
  expect([Duration.minutes(10), Duration.hours(24)].map((duration) => expiration(() => duration))).toEqual(['600', '86400']);
  expect(expiration((stack) => Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber))).toBe('<Seconds>');
});

test.each([true, false])('stsRegionalEndpoints: %s is an annotation, which selects the STS endpoint of its pods', (stsRegionalEndpoints) => {
  const { stack } = define({ cluster: undefined, stsRegionalEndpoints });
  expect(accountIn(stack).metadata.annotations).toMatchObject({ 'eks.amazonaws.com/sts-regional-endpoints': `${stsRegionalEndpoints}` });
});

test('labels and annotations can contain tokens', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader', labels: { [text]: text }, annotations: { a: `${text} ` } });
  expect(accountIn(stack).metadata).toMatchObject({ labels: { '<Text>': '<Text>' }, annotations: { a: '<Text> ' } });
});

test('options of the role are passed to it', () => {
  const { stack } = define({
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
    inlinePolicies: { Own: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })] }) },
    roleName: 'reader-role',
    path: '/pods/',
    description: 'reads',
    maxSessionDuration: Duration.hours(2),
    permissionsBoundary: iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'),
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonS3ReadOnlyAccess']] }],
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [{ Action: 's3:ListAllMyBuckets', Effect: 'Allow', Resource: '*' }], Version: '2012-10-17' } }],
    RoleName: 'reader-role',
    Path: '/pods/',
    Description: 'reads',
    MaxSessionDuration: 7200,
    PermissionsBoundary: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/PowerUserAccess']] },
  });
});

test('the default description of a role names its account', () => {
  Template.fromStack(define({ namespace: 'reports' }).stack).hasResourceProperties('AWS::IAM::Role', {
    Description: 'For the pods of Kubernetes service account reports/reader',
  });
});

test('a permissions boundary that an aspect sets is added to the role, and its trust policy stays', () => {
  const { stack } = define();
  iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { 'Fn::Sub': Match.anyValue() },
    PermissionsBoundary: Match.anyValue(),
  });
});

test('grants are added to the role', () => {
  const { stack, account } = define();
  new s3.Bucket(stack, 'Bucket').grantRead(account);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: idOf(account.role) }],
    PolicyDocument: { Statement: [Match.objectLike({ Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], Effect: 'Allow' })] },
  });
});

test('an account can be granted access to a bucket in a stack that is not the stack of the cluster', () => {
  const clusterStack = newStack('ClusterStack');
  const cluster = newCluster(clusterStack);
  const stack = newStack('Other', {}, clusterStack.node.root);
  new s3.Bucket(stack, 'Bucket').grantRead(new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' }));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('the object is JSON with sorted keys, because any other order would update every deployed account', () => {
  const { stack } = define({ labels: { b: 'b', a: 'a' }, annotations: { b: 'b', a: 'a' }, tokenExpiration: Duration.hours(1), automountServiceAccountToken: true });
  const metadata = '{"annotations":{"a":"a","b":"b","eks.amazonaws.com/role-arn":null,"eks.amazonaws.com/token-expiration":"3600"},'
    + '"labels":{"a":"a","b":"b"},"name":"reader","namespace":"default"}';
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('Custom::KubernetesObjects'));
  expect(Properties.Objects).toMatchObject([{ Json: `{"apiVersion":"v1","automountServiceAccountToken":true,"kind":"ServiceAccount","metadata":${metadata}}` }]);
});

test('the name and the namespace are those of the service account', () => {
  const named = ({ serviceAccountName, namespace }: ServiceAccountWithRole) => [serviceAccountName, namespace];
  expect(named(define({ namespace: 'reports' }).account)).toEqual(['reader', 'reports']);
  expect(named(define().account)).toEqual(['reader', 'default']);
  expect(named(define({ serviceAccountName: undefined, controllerPolicies: [new policies.ClusterAutoscalerPolicy()] }).account)).toEqual(['cluster-autoscaler', 'kube-system']);
});

test('the name and the namespace can be tokens', () => {
  const stack = newStack();
  const [name, namespace] = ['Name', 'Namespace'].map((id) => new CfnParameter(stack, id, { allowedPattern: '^[a-z]+$' }).valueAsString);
  const account = new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: name, namespace });
  expect(stack.resolve([account.serviceAccountName, account.namespace])).toEqual([{ Ref: 'Name' }, { Ref: 'Namespace' }]);
});

test('cdk8s-plus workloads refer to the account by its name and its namespace', () => {
  const { account } = define({ namespace: 'reports' });
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'Reader', account.serviceAccountName, { namespaceName: account.namespace });
  new kplus.Pod(chart, 'Pod', { serviceAccount, containers: [{ image: 'image' }] });
  new kplus.RoleBinding(chart, 'Binding', { role: kplus.ClusterRole.fromClusterRoleName(chart, 'View', 'view') }).addSubjects(serviceAccount);
  const [pod, binding] = chart.toJson();
  expect(pod.spec.serviceAccountName).toBe('reader');
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'reader', apiGroup: '', namespace: 'reports' }]);
});

test('constructs that depend on an account wait for its role, its policies and the object in the cluster', () => {
  const { stack, account } = define();
  new s3.Bucket(stack, 'Bucket').grantRead(account);
  new sns.Topic(stack, 'Consumer').node.addDependency(account);
  const [topic] = Object.values<any>(Template.fromStack(stack).findResources('AWS::SNS::Topic'));
  expect(topic.DependsOn.sort()).toEqual([
    idOf(account.role), idOf(account.role.node.findChild('DefaultPolicy')), ...logicalIds(stack, 'ServiceAccount'),
  ].sort());
});

test('constructs that depend on a construct that contains an account wait for the account, too', () => {
  const stack = newStack();
  const wrapper = new Construct(stack, 'Wrapper');
  const { role } = new ServiceAccountWithRole(wrapper, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader' });
  new sns.Topic(stack, 'Consumer').node.addDependency(wrapper);
  const [topic] = Object.values<any>(Template.fromStack(stack).findResources('AWS::SNS::Topic'));
  expect(topic.DependsOn).toEqual([idOf(role), ...logicalIds(stack, 'ServiceAccount')]);
});

test('options of the role can be tokens', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  new ServiceAccountWithRole(stack, 'Reader', {
    cluster: newCluster(stack), serviceAccountName: 'reader', roleName: text, path: text, description: text,
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    RoleName: { Ref: 'Text' }, Path: { Ref: 'Text' }, Description: { Ref: 'Text' },
  });
});

test('an error of the role itself keeps its message', () => {
  const boundary = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
  Object.defineProperty(boundary, 'managedPolicyArn', { get: () => { throw new Error('no ARN'); } });
  expect(() => define({ permissionsBoundary: boundary })).toThrow(new Error('Stack/Reader/Role: no ARN'));
});

test('fails if iam.Role.customizeRoles would report a trust policy that is known only at deployment, and says what to do', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const part = new Stack(stack, 'Part');
  iam.Role.customizeRoles(part);
  expect(() => new ServiceAccountWithRole(part, 'Reader', { cluster, serviceAccountName: 'reader' }))
    .toThrow(expect.objectContaining({
      message: 'Stack/Part/Reader/Role: iam.Role.customizeRoles cannot report this role, because its trust policy contains an issuer that is known only at deployment: '
        + 'call customizeRoles with a scope that does not contain the service accounts of this cluster',
    }));
});

test('an account is taken over only on request', () => {
  Template.fromStack(define({ existing: ExistingObjects.TAKE_OVER }).stack).hasResourceProperties('Custom::KubernetesObjects', { Existing: 'TAKE_OVER' });
  Template.fromStack(define().stack).hasResourceProperties('Custom::KubernetesObjects', { Existing: 'REFUSE' });
});

test('minimizing policies does not change the trust policy', () => {
  const stack = newStack();
  stack.node.setContext('@aws-cdk/aws-iam:minimizePolicies', true);
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster: newCluster(stack), serviceAccountName: 'reader' });
  for (const account of ['1', '2']) {
    reader.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal(account.repeat(12))] }));
  }
  expect(deployedTrust(stack).Statement).toEqual([
    expect.objectContaining({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: expect.objectContaining({ 'oidc.eks.us-west-2.amazonaws.com/id/T1:sub': 'system:serviceaccount:default:reader' }) },
    }),
    expect.objectContaining({ Action: 'sts:AssumeRole', Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:root'] } }),
  ]);
});
