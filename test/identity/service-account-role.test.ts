import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IIrsaCluster, OidcIssuer, policies, ServiceAccountRole, ServiceAccountRoleProps, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployedObjects, deployedTrust } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact, pattern } = ServiceAccountSubject;
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

function define(...subjects: ServiceAccountSubject[]) {
  const stack = newStack();
  const cluster = new ExistingCluster(stack, 'Cluster');
  return { stack, cluster, role: new ServiceAccountRole(stack, 'Role', { cluster, subjects }) };
}

/** A different cluster, like an imported one. */
const other = (cluster: ExistingCluster, attributes: object): IIrsaCluster =>
  new Proxy(cluster, { get: (target, property) => (property in attributes ? (attributes as any)[property] : Reflect.get(target, property)) });

const conditionsOf = (stack: Stack) => deployedTrust(stack).Statement.map(({ Condition }: any) => Condition);

test('a role alone applies nothing in the cluster', () => {
  const { stack } = define(exact('karpenter', 'karpenter'));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  expect(deployedObjects(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('its annotations allow the service account of a chart to use it', () => {
  const { stack, role } = define(exact('karpenter', 'karpenter'));
  const [id] = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(stack.resolve(role.annotations)).toEqual({ 'eks.amazonaws.com/role-arn': { 'Fn::GetAtt': [id, 'Arn'] } });
});

test('grants are added to the role', () => {
  const { stack, role } = define(exact('karpenter', 'karpenter'));
  new s3.Bucket(stack, 'Bucket').grantRead(role);
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
});

test('its description names the first account and the number of others', () => {
  const { stack } = define(exact('a', 'x'), exact('a', 'y'), exact('a', 'z'));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Description: 'For the pods of Kubernetes service account a/x and 2 more' });
});

test.each<[string, (token: string) => Partial<ServiceAccountRoleProps>, string]>([
  ['a namespace', (token) => ({ subjects: [exact(token, 'x')] }), 'For the pods of a Kubernetes service account'],
  ['a name', (token) => ({ subjects: [exact('a', `x-${token}`), exact('a', 'y')] }), 'For the pods of a Kubernetes service account and 1 more'],
  ['the namespace of a controller', (token) => ({
    controllerPolicies: [new policies.CustomControllerPolicy({
      statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })], namespace: token, serviceAccountName: 'x',
    })],
  }), 'For the pods of a Kubernetes service account'],
])('descriptions, which iam:GetRole shows, do not contain %s that is a token', (_, props, description) => {
  const stack = newStack();
  new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster'), ...props(new CfnParameter(stack, 'Token').valueAsString) });
  const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources);
  expect(resources.find(({ Type }) => Type === 'AWS::IAM::Role').Properties.Description).toBe(description);
  expect(resources.flatMap(({ Properties: { Description = '' } }) => Description)).toEqual(resources.map(() => expect.any(String)));
});

describe('a subject that is added later', () => {
  test('is added once to the statement of its cluster, in order', () => {
    const { stack, cluster, role } = define(exact('a', 'x'), exact('a', 'x'));
    role.addTrust(cluster, exact('a', 'z'), exact('a', 'y'));
    role.addTrust(cluster, exact('a', 'x'), exact('a', 'y'));
    expect(conditionsOf(stack)).toEqual([{
      StringEquals: {
        [`${ISSUER}:aud`]: 'sts.amazonaws.com',
        [`${ISSUER}:sub`]: ['system:serviceaccount:a:x', 'system:serviceaccount:a:z', 'system:serviceaccount:a:y'],
      },
    }]);
  });

  test('is in a separate statement if it is a pattern', () => {
    const { stack, cluster, role } = define(exact('a', 'x'));
    role.addTrust(cluster, pattern('team-*', 'reader'));
    expect(conditionsOf(stack)).toEqual([
      { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:a:x' } },
      { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${ISSUER}:sub`]: 'system:serviceaccount:team-*:reader' } },
    ]);
  });

  test('can belong to another cluster, including a new one', () => {
    const { stack, role } = define(exact('a', 'x'));
    const cluster = newCluster(newStack('New', {}, stack.node.root));
    role.addTrust(cluster, exact('a', 'x'));
    const NEW = 'oidc.eks.us-west-2.amazonaws.com/id/T1';
    const trusted = deployedTrust(stack).Statement.map(({ Principal, Condition }: any) => [Principal.Federated, Condition]);
    expect(trusted).toEqual([ISSUER, NEW].map((issuer) => [
      `arn:aws:iam::123456789012:oidc-provider/${issuer}`,
      { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: 'system:serviceaccount:a:x' } },
    ]));
  });

  test('has variables for each cluster in the template if two clusters are new', () => {
    const stack = newStack();
    const [one, two] = ['One', 'Two'].map((id) => newCluster(newStack(id, {}, stack.node.root)));
    const role = new ServiceAccountRole(stack, 'Role', { cluster: one, subjects: [exact('a', 'x')] });
    role.addTrust(two, exact('a', 'x'));
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(Object.keys(Properties.AssumeRolePolicyDocument['Fn::Sub'][1])).toEqual(['Issuer', 'OidcProvider', 'Issuer2', 'OidcProvider2']);
  });

  test('leaves the trust policy an object as long as every issuer is a literal', () => {
    const { stack, cluster, role } = define(exact('a', 'x'));
    const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/E2';
    const openIdConnectProviderArn = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
    role.addTrust(other(cluster, { openIdConnectProviderArn, issuer: OidcIssuer.fromProviderArn(openIdConnectProviderArn) }), exact('a', 'x'));
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(Properties.AssumeRolePolicyDocument.Statement).toHaveLength(2);
  });
});

test('custom statements are added to the trust policy', () => {
  const { stack, role } = define(exact('a', 'x'));
  role.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountPrincipal('210987654321')] }));
  expect(deployedTrust(stack).Statement[1]).toEqual({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::210987654321:root' } });
});

describe('an account that shares a role', () => {
  const shared = (scope: Stack, props: object = {}) => {
    const cluster = new ExistingCluster(scope, 'Cluster');
    const { serviceAccountRole } = new ServiceAccountWithRole(scope, 'One', { cluster, serviceAccountName: 'one' });
    return new ServiceAccountWithRole(scope, 'Two', { cluster, serviceAccountName: 'two', serviceAccountRole, ...props });
  };

  test('names the role, and the role trusts it', () => {
    const stack = newStack();
    const two = shared(stack);
    expect(conditionsOf(stack)).toEqual([{
      StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: ['system:serviceaccount:default:one', 'system:serviceaccount:default:two'] },
    }]);
    const roles = deployedObjects(stack).map(({ metadata }) => metadata.annotations['eks.amazonaws.com/role-arn']);
    expect(roles).toHaveLength(2);
    expect(new Set(roles).size).toBe(1);
    expect(two.role).toBe(two.serviceAccountRole.role);
  });

  test('makes constructs that depend on it wait for the role, too', () => {
    const stack = newStack();
    const two = shared(stack);
    new s3.Bucket(stack, 'Bucket').node.addDependency(two);
    const [{ DependsOn }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
    expect(DependsOn).toEqual([expect.stringMatching(/^ServiceAccountDefaultOne\w+Role$/), expect.stringMatching(/^ServiceAccountDefaultTwo\w+/)]);
  });

  test.each([['roleName', 'mine'], ['managedPolicies', []]])('fails for its own %s, and leaves the role unchanged', (property, value) => {
    const stack = newStack();
    expect(() => shared(stack, { [property]: value })).toThrow(
      new Error(`Stack/Two: ${property} must be omitted if serviceAccountRole is set: set it on the construct that defines the role`));
    expect(conditionsOf(stack)[0].StringEquals[`${ISSUER}:sub`]).toBe('system:serviceaccount:default:one');
  });

  test('fails in the stack of a new cluster if the role is in another stack, because the stacks would depend on each other', () => {
    const app = new App();
    const cluster = newCluster(newStack('ClusterStack', {}, app));
    const role = new ServiceAccountRole(newStack('RoleStack', {}, app), 'Role', { cluster, subjects: [exact('a', 'x')] });
    expect(() => cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', serviceAccountRole: role })).toThrow(new Error(
      'ClusterStack/Cluster/Reader: serviceAccountRole must be in ClusterStack, the stack of this service account and its cluster: otherwise, the stacks depend on each other, '
      + 'because RoleStack/Role refers to the cluster and this service account refers to the role; define this service account in the stack of the role'));
    expect(() => new ServiceAccountWithRole(new NestedStack(Stack.of(cluster), 'Nested'), 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole: role }))
      .toThrow('ClusterStack/Nested/Reader: serviceAccountRole must be in ClusterStack, the stack of this service account and its cluster');
    new ServiceAccountWithRole(newStack('Third', {}, app), 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole: role });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('fails for', () => {
  test.each<[string, any[]]>([
    ['a string', ['system:serviceaccount:a:x']],
    ['an object', [{ namespace: 'a', serviceAccountName: 'x' }]],
    ['a list', [[exact('a', 'x')]]],
  ])('%s instead of a subject, which would trust every pod', (got, subjects) => {
    const message = `Stack/Role: subjects[0] is ${got}, but must be a ServiceAccountSubject, such as ServiceAccountSubject.exact('namespace', 'name')`;
    expect(() => define(...subjects)).toThrow(new Error(message));
    const { cluster, role } = define(exact('a', 'x'));
    expect(() => role.addTrust(cluster, ...subjects)).toThrow(new Error(message));
    expect(() => role.addTrust(cluster)).toThrow('Stack/Role: subjects must contain at least one subject');
  });

  test.each([
    ['an existing cluster', (stack: Stack) => new ExistingCluster(stack, 'Cluster')],
    ['a new cluster', (stack: Stack) => newCluster(stack)],
  ])('a custom statement that every pod satisfies: %s', (_, clusterIn) => {
    const withStatement = (conditions: (cluster: IIrsaCluster) => iam.Conditions) => {
      const stack = newStack();
      const cluster: IIrsaCluster = clusterIn(stack);
      const role = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'x')] });
      const principals = [new iam.WebIdentityPrincipal(cluster.openIdConnectProviderArn!, conditions(cluster))];
      role.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRoleWithWebIdentity'], principals }));
      return () => Template.fromStack(stack);
    };
    const open = '[Stack/Role] assumeRolePolicy.Statement[1] would let every pod in the cluster assume the role, because it has no condition for the subject: use addTrust';
    expect(withStatement(() => ({}))).toThrow(open);
    expect(withStatement(({ issuer }) => ({ StringEquals: { [issuer!.audienceKey]: 'sts.amazonaws.com' } }))).toThrow(open);
    expect(withStatement(({ issuer }) => ({ StringLike: { [issuer!.subjectKey]: 'system:serviceaccount:a:*' } }))).not.toThrow();
  });

  test('a cluster without an OIDC provider', () => {
    const { stack, cluster } = define(exact('a', 'x'));
    const without = other(cluster, { openIdConnectProviderArn: undefined });
    expect(() => new ServiceAccountRole(stack, 'Without', { cluster: without, subjects: [exact('a', 'x')] })).toThrow(new Error(
      'Stack/Without: cluster must be a cluster with an IAM OIDC provider: set oidcProvider of Stack/Cluster to OidcProvider.create(); or set podCredentials of the role to PodCredentials.podIdentity(), which needs no issuer and no provider'));
  });
});

describe('with iam.Role.customizeRoles', () => {
  test('a role that is reported and also created has its own ARN, and gets a warning about the reported trust policy', () => {
    const { stack, cluster } = define(exact('a', 'x'));
    const part = new Stack(stack, 'Part');
    iam.Role.customizeRoles(part, { preventSynthesis: false });
    const reader = new ServiceAccountWithRole(part, 'Reader', { cluster, serviceAccountName: 'reader' });
    reader.serviceAccountRole.addTrust(cluster, exact('a', 'y'));
    expect(part.resolve(reader.roleArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ServiceAccountDefaultReader\w+Role$/), 'Arn'] });
    Annotations.fromStack(part).hasWarning('/Stack/Part/Reader/Role', Match.stringLikeRegexp('also trust system:serviceaccount:a:y in the role that you create'));
  });

  test('trust policy statements are an error if the app does not define the role', () => {
    const { stack, cluster } = define(exact('a', 'x'));
    const part = new Stack(stack, 'Part');
    iam.Role.customizeRoles(part, { usePrecreatedRoles: { 'Stack/Part/Reader/Role/Resource': 'mine' } });
    const reader = new ServiceAccountWithRole(part, 'Reader', { cluster, serviceAccountName: 'reader' });
    expect(() => reader.addTrustPolicyStatements(new iam.PolicyStatement())).toThrow(/Stack\/Part\/Reader\/Role: the trust policy is not part of this app/);
    expect(deployedObjects(part)[0].metadata.annotations['eks.amazonaws.com/role-arn']).toContain(':role/mine');
  });
});
