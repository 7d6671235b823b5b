import { CfnParameter, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Fact, FactName } from 'aws-cdk-lib/region-info';
import { ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../lib';
import { ExistingCluster, newStack } from '../stacks';

const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
const FRANKFURT = { account: '123456789012', region: 'eu-central-1' };
const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
const ARN = 'eks.amazonaws.com/role-arn';

const define = (env: StackProps['env'], options: ServiceAccountRoleOptions = {}, stack = newStack('Stack', { env })) =>
  new ServiceAccountRole(stack, 'Role', { cluster: new ExistingCluster(stack, 'Cluster'), subjects, ...options });

const ofThisApp = (stack: Stack, roleName?: string) => new iam.Role(stack, 'Theirs', { assumedBy: new iam.AccountRootPrincipal(), roleName });

/** An existing role that trusts a service account. */
function existing(role: iam.IRole, stack: Stack) {
  const given = ServiceAccountRole.fromRole(stack, 'Role', role);
  given.addTrust(new ExistingCluster(stack, 'Cluster'), ...subjects);
  return given;
}

test('a role for an existing cluster is one resource, whose trust policy is an object', () => {
  const stack = newStack();
  define(undefined, {}, stack);
  const { Resources, Rules, Parameters, ...others } = Template.fromStack(stack).toJSON();
  expect(Object.values(Resources)).toEqual([{
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } },
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
        }],
        Version: '2012-10-17',
      },
      Description: 'For the pods of Kubernetes service account reports/reader',
    },
  }]);
  expect(others).toEqual({});
  expect([Object.keys(Rules), Object.keys(Parameters)]).toEqual([['CheckBootstrapVersion'], ['BootstrapVersion']]); // of the CDK
});

describe('literal annotations', () => {
  test.each<[string, StackProps['env'], ServiceAccountRoleOptions, string]>([
    ['the name', FRANKFURT, { roleName: 'reader' }, 'arn:aws:iam::123456789012:role/reader'],
    ['the path', FRANKFURT, { roleName: 'reader', path: '/pods/reports/' }, 'arn:aws:iam::123456789012:role/pods/reports/reader'],
    ['the partition of a region in China', { ...FRANKFURT, region: 'cn-north-1' }, { roleName: 'reader' }, 'arn:aws-cn:iam::123456789012:role/reader'],
    ['the partition of a GovCloud region', { ...FRANKFURT, region: 'us-gov-west-1' }, { roleName: 'reader' }, 'arn:aws-us-gov:iam::123456789012:role/reader'],
  ])('contain %s of the role', (_, env, options, arn) => {
    const role = define(env, options);
    expect(role.literalAnnotations).toEqual({ [ARN]: arn });
  });

  test('contain the audience of the cluster', () => {
    const stack = newStack('Stack', { env: FRANKFURT });
    const cluster = new ExistingCluster(stack, 'Cluster', { audience: 'vault' });
    expect(new ServiceAccountRole(stack, 'Role', { cluster, subjects, roleName: 'reader' }).literalAnnotations).toEqual({
      [ARN]: 'arn:aws:iam::123456789012:role/reader', 'eks.amazonaws.com/audience': 'vault',
    });
  });

  test.each<[string, (stack: Stack) => iam.IRole, string]>([
    ['imported by ARN', (stack) => iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::210987654321:role/pods/theirs'), 'arn:aws:iam::210987654321:role/pods/theirs'],
    ['imported by name', (stack) => iam.Role.fromRoleName(stack, 'Theirs', 'pods/theirs'), 'arn:aws:iam::123456789012:role/pods/theirs'],
    ['of this app', (stack) => ofThisApp(stack, 'theirs'), 'arn:aws:iam::123456789012:role/theirs'],
    ['that withoutPolicyUpdates protects', (stack) => ofThisApp(stack, 'theirs').withoutPolicyUpdates(), 'arn:aws:iam::123456789012:role/theirs'],
  ])('name an existing role %s', (_, roleIn, arn) => {
    const stack = newStack('Stack', { env: FRANKFURT });
    expect(existing(roleIn(stack), stack).literalAnnotations).toEqual({ [ARN]: arn });
  });

  test('name the role that iam.Role.customizeRoles uses instead', () => {
    const stack = newStack('Stack', { env: FRANKFURT });
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role/Resource': 'mine' } });
    expect(define(FRANKFURT, { roleName: 'reader' }, stack).literalAnnotations).toEqual({ [ARN]: 'arn:aws:iam::123456789012:role/mine' });
  });

  describe('fail without', () => {
    const message = (missing: string) => `Stack/Role: literalAnnotations need the ARN of the role when the app is synthesized: set ${missing}`;

    test.each<[string, StackProps['env'], ServiceAccountRoleOptions, string]>([
      ['a role name', FRANKFURT, {}, 'roleName to a literal'],
      ['an account', { region: 'eu-central-1' }, { roleName: 'reader' }, 'account in the env of stack Stack to a literal'],
      ['a region', { account: '123456789012' }, { roleName: 'reader' }, 'region in the env of stack Stack to a literal'],
      ['an account and a region', undefined, { roleName: 'reader' }, 'account and region in the env of stack Stack to literals'],
      ['any of these', undefined, {}, 'account and region in the env of stack Stack to literals, and roleName to a literal'],
    ])('%s', (_, env, options, missing) => {
      expect(() => define(env, options).literalAnnotations).toThrow(new Error(message(missing)));
    });

    test('a region whose partition is known', () => {
      const region = 'moon-1';
      const role = define({ ...FRANKFURT, region }, { roleName: 'reader' });
      expect(() => role.literalAnnotations).toThrow(new Error(
        'Stack/Role: literalAnnotations need the ARN of the role when the app is synthesized, but this aws-cdk-lib does not know the partition of region moon-1: '
        + 'update aws-cdk-lib, or call Fact.register({ region: \'moon-1\', name: FactName.PARTITION, value: \'aws\' }) of aws-cdk-lib/region-info with its partition'));
      Fact.register({ region, name: FactName.PARTITION, value: 'aws-moon' });
      expect(role.literalAnnotations).toEqual({ [ARN]: 'arn:aws-moon:iam::123456789012:role/reader' });
      Fact.unregister(region, FactName.PARTITION);
    });

    test.each<[string, (stack: Stack) => iam.IRole, string]>([
      ['the env of a role imported by name', (stack) => iam.Role.fromRoleName(stack, 'Theirs', 'theirs'), 'account and region in the env of stack Stack to literals'],
      ['the ARN of an imported role', (stack) => iam.Role.fromRoleArn(stack, 'Theirs', new CfnParameter(stack, 'Given').valueAsString), 'the ARN of the imported role to a literal'],
      ['the name of a role that withoutPolicyUpdates protects', (stack) => ofThisApp(stack).withoutPolicyUpdates(),
        'account and region in the env of stack Stack to literals, and roleName to a literal'],
    ])('%s, in a stack without env', (_, roleIn, missing) => {
      const stack = newStack();
      expect(() => existing(roleIn(stack), stack).literalAnnotations).toThrow(new Error(message(missing)));
    });

    test('a literal name and path', () => {
      const stack = newStack('Stack', { env: FRANKFURT });
      const token = new CfnParameter(stack, 'Given').valueAsString;
      expect(() => define(FRANKFURT, { roleName: token, path: token }, stack).literalAnnotations).toThrow(new Error(message('roleName and path to literals')));
    });

    test('the ARN of an imported role', () => {
      const stack = newStack('Stack', { env: FRANKFURT });
      const role = iam.Role.fromRoleArn(stack, 'Theirs', new CfnParameter(stack, 'Given').valueAsString);
      expect(() => existing(role, stack).literalAnnotations).toThrow(
        new Error(message('the ARN of the imported role to a literal')));
    });

    test('the name of the role that iam.Role.customizeRoles only reports', () => {
      const stack = newStack('Stack', { env: FRANKFURT });
      iam.Role.customizeRoles(stack);
      expect(() => define(FRANKFURT, { roleName: 'reader' }, stack).literalAnnotations).toThrow(
        new Error(message('the name of the role in usePrecreatedRoles to a literal')));
    });
  });
});
