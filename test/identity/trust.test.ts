import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cxapi from 'aws-cdk-lib/cx-api';
import * as fc from 'fast-check';
import { context } from '../../cdk.json';
import { ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../lib';
import { Trust } from '../../lib/identity/private/trust';
import { deployedTrust } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const NEW = 'oidc.eks.us-west-2.amazonaws.com/id/T1';
const EXISTING = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

const trustIn = (issuer: string) => ({
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:default:s3-reader-sa' } },
  }],
});

describe.each([
  ['a new cluster', (scope: Stack) => newCluster(scope), NEW],
  ['an existing cluster', (scope: Stack) => new ExistingCluster(scope, 'Cluster'), EXISTING],
])('on %s, the role trusts only the service account', (_, clusterIn, issuer) => {
  test.each([
    ['in the same stack', (stack: Stack) => stack],
    ['across stacks', (stack: Stack) => newStack('Other', {}, stack.node.root)],
    ['in a nested stack', (stack: Stack) => new NestedStack(stack, 'Nested')],
  ])('%s', (__, stackFor) => {
    const clusterStack = newStack();
    const cluster = clusterIn(clusterStack);
    const stack = stackFor(clusterStack);
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 's3-reader-sa' });
    expect(deployedTrust(stack)).toEqual(trustIn(issuer));
  });

  test('across stacks with weak references, if aws-cdk-lib has them', () => {
    const clusterStack = newStack('Stack', {}, new App({ context }));
    const cluster = clusterIn(clusterStack);
    const stack = newStack('Other', {}, clusterStack.node.root);
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 's3-reader-sa' });
    expect(deployedTrust(stack)).toEqual(trustIn(issuer));
    expect(JSON.stringify(Template.fromStack(stack)).includes('Fn::GetStackOutput')).toBe('DEFAULT_CROSS_STACK_REFERENCES' in cxapi);
  });

  test('and keeps statements that are added to its trust policy later', () => {
    const stack = newStack();
    const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster: clusterIn(stack), serviceAccountName: 's3-reader-sa' });
    reader.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')] }));
    expect(deployedTrust(stack).Statement).toEqual([
      ...trustIn(issuer).Statement,
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::210987654321:root' } },
    ]);
  });
});

test('the role for an existing cluster has a trust policy that cdk diff can read', () => {
  const stack = newStack();
  const { role } = new ServiceAccountWithRole(stack, 'Reader', { cluster: new ExistingCluster(stack, 'Cluster'), serviceAccountName: 's3-reader-sa' });
  expect(stack.resolve((role.node.defaultChild as iam.CfnRole).assumeRolePolicyDocument)).toHaveProperty('Statement');
});

test('exact subjects and patterns are in separate statements', () => {
  const stack = newStack();
  const subjects = [ServiceAccountSubject.exact('a', 'x'), ServiceAccountSubject.exact('a', 'y'), ServiceAccountSubject.pattern('b', 'z-*')];
  new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster'), subjects });
  expect(deployedTrust(stack).Statement.map(({ Condition }: any) => Condition)).toEqual([
    { StringEquals: { [`${EXISTING}:aud`]: 'sts.amazonaws.com', [`${EXISTING}:sub`]: ['system:serviceaccount:a:x', 'system:serviceaccount:a:y'] } },
    { StringEquals: { [`${EXISTING}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${EXISTING}:sub`]: 'system:serviceaccount:b:z-*' } },
  ]);
});

test('fails for a trust policy without a subject', () => {
  const stack = newStack();
  expect(() => new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster'), subjects: [] }))
    .toThrow(new Error('Stack/Role: subjects must contain at least one subject: without a subject, every pod in the cluster could assume the role'));
});

const name = fc.stringMatching(/^[a-z]{1,3}$/);
const subject = fc.oneof(
  fc.tuple(name, name).map(([namespace, account]) => ServiceAccountSubject.exact(namespace, account)),
  fc.tuple(name, name).map(([namespace, account]) => ServiceAccountSubject.pattern(`${namespace}*`, `?${account}`)),
);
/** `StringLike` as IAM documents it. */
const like = (pattern: string, text: string) => new RegExp(`^${pattern.replace(/[*?]/g, (c) => (c === '*' ? '.*' : '.'))}$`).test(text);

test('a trust policy trusts exactly its subjects', () => {
  const cluster = new ExistingCluster(newStack(), 'Cluster');
  fc.assert(fc.property(fc.array(subject, { minLength: 1, maxLength: 4 }), name, name, (subjects, namespace, serviceAccountName) => {
    const isAsked = subjects.some((s) => (s.isPattern
      ? like(s.namespace, namespace) && like(s.serviceAccountName, serviceAccountName)
      : s.value === `system:serviceaccount:${namespace}:${serviceAccountName}`));
    const document = new iam.PolicyDocument({ assignSids: false });
    new Trust().add(cluster, subjects).forEach((principal) => principal.addToAssumeRolePolicy(document));
    const Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: newStack().resolve(document) } };
    const trust = verification.PodAccess.fromTemplates({ stack: { Resources: { Role } } }).trustPolicyNamed('Role');
    expect(trust.decideToken({ namespace, serviceAccountName }).outcome).toBe(isAsked ? 'ALLOWED' : 'DENIED');
  }));
});
