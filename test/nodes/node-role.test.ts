import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { define } from './nodegroups';
import { IrsaClusterProps, IrsaNodegroupOptions } from '../../lib';
import { deployed } from '../deployed';
import { newStack } from '../stacks';

const managed = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

/** The names of the managed policies of the node role. */
function policies(options: IrsaNodegroupOptions, props?: Partial<IrsaClusterProps>): string[] {
  const { stack, nodegroup } = define(options, props);
  const { managedPolicyArns } = nodegroup.role.node.defaultChild as iam.CfnRole;
  return deployed(stack, stack.resolve(managedPolicyArns)).map((arn: string) => arn.replace('arn:aws:iam::aws:policy/', ''));
}

const BASELINE = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly'];

test('the node role has the policies that a node needs, and the one for Session Manager', () => {
  expect(policies({})).toEqual([...BASELINE, 'AmazonSSMManagedInstanceCore']);
});

test('the node role has no policy for Session Manager if ssm is false', () => {
  expect(policies({ ssm: false })).toEqual(BASELINE);
});

test('the node role has further policies in addition to these, each once', () => {
  expect(policies({ managedPolicies: [managed('CloudWatchAgentServerPolicy'), managed('AmazonEKS_CNI_Policy'), managed('CloudWatchAgentServerPolicy')] }))
    .toEqual([...BASELINE, 'AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy']);
});

test('a given policy for Amazon ECR replaces the default one', () => {
  expect(policies({ managedPolicies: [managed('AmazonEC2ContainerRegistryReadOnly')], ssm: false }))
    .toEqual(['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']);
});

test('a customer managed policy with a name like an AWS managed policy replaces nothing', () => {
  const own = iam.ManagedPolicy.fromManagedPolicyArn(newStack(), 'Own', 'arn:aws:iam::123456789012:policy/AmazonEC2ContainerRegistryReadOnly');
  expect(policies({ managedPolicies: [own], ssm: false })).toEqual([...BASELINE, 'arn:aws:iam::123456789012:policy/AmazonEC2ContainerRegistryReadOnly']);
});

test('the node role can assign IPv6 addresses if the cluster uses them', () => {
  const ipv6 = { ipFamily: eks.IpFamily.IP_V6 };
  expect(policies({ ssm: false }, ipv6)).toEqual(['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly']);
  define({}, ipv6).template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [{
      PolicyName: 'AmazonEKS_CNI_IPv6_Policy',
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({ Action: Match.arrayWith(['ec2:AssignIpv6Addresses']), Resource: '*' }),
          { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:*:*:network-interface/*']] } },
        ],
      }),
    }],
  });
});

test('the node role can have inline policies and a permissions boundary', () => {
  const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
  define({ inlinePolicies: { Own: new iam.PolicyDocument({ statements: [statement] }) }, permissionsBoundary: managed('PowerUserAccess') }).template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [{ Action: 's3:GetObject', Effect: 'Allow', Resource: '*' }], Version: '2012-10-17' } }],
    PermissionsBoundary: Match.anyValue(),
  });
});

describe('your own role', () => {
  const role = (scope: Stack, ...names: string[]) => new iam.Role(scope, 'Mine', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), managedPolicies: names.map(managed) });

  test('is used as it is', () => {
    const { template } = define((stack) => ({ nodeRole: role(stack, 'AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPowerUser') }));
    template.hasResourceProperties('AWS::EKS::Nodegroup', { NodeRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } });
    const [{ Properties }] = Object.values<any>(template.findResources('AWS::IAM::Role')).filter(({ Properties: { AssumeRolePolicyDocument } }) => JSON.stringify(AssumeRolePolicyDocument).includes('ec2.amazonaws.com'));
    expect(Properties.ManagedPolicyArns).toHaveLength(2);
  });

  test('fails at synthesis if it lacks a policy that a node needs', () => {
    expect(() => define((stack) => ({ nodeRole: role(stack) }))).toThrow(
      '[Stack/Cluster/Nodes] nodeRole Stack/Mine does not have the managed policy AmazonEKSWorkerNodePolicy, which nodes require: attach it\n'
      + '  [Stack/Cluster/Nodes] nodeRole Stack/Mine does not have the managed policy AmazonEC2ContainerRegistryPullOnly, which nodes require: attach it');
  });

  test('fails at synthesis if a policy is attached to another role instead', () => {
    expect(() => define((stack) => {
      const other = new iam.Role(stack, 'Other', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      new iam.ManagedPolicy(stack, 'Policy', { roles: [other], statements: [new iam.PolicyStatement({ actions: ['ec2:Describe*'], resources: ['*'] })] });
      return { nodeRole: role(stack) };
    })).toThrow('nodeRole Stack/Mine does not have the managed policy AmazonEKSWorkerNodePolicy');
  });

  test('fails at synthesis if it does not trust Amazon EC2', () => {
    expect(() => define((stack) => ({
      nodeRole: new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [managed('AdministratorAccess')] }),
    }))).toThrow('[Stack/Cluster/Nodes] nodeRole Stack/Mine does not trust ec2.amazonaws.com, which nodes require: add it to the trust policy');
  });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['it is imported', (stack) => iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::123456789012:role/mine')],
    ['it has a customer managed policy', (stack) => {
      const mine = role(stack);
      mine.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Own', 'arn:aws:iam::123456789012:policy/nodes'));
      return mine;
    }],
    ['it has its own statements', (stack) => {
      const mine = role(stack);
      mine.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:Describe*'], resources: ['*'] }));
      return mine;
    }],
    ['it is allowed to do anything', (stack) => role(stack, 'AdministratorAccess')],
    ['a policy is attached to it', (stack) => {
      const mine = role(stack);
      new iam.ManagedPolicy(stack, 'Policy', { roles: [mine], statements: [new iam.PolicyStatement({ actions: ['ec2:Describe*'], resources: ['*'] })] });
      return mine;
    }],
    ['a policy in another stack is attached to it', (stack) => {
      const mine = role(stack);
      new iam.Policy(new Stack(stack.node.root as App, 'Other'), 'Policy', {
        roles: [mine], statements: [new iam.PolicyStatement({ actions: ['ec2:Describe*'], resources: ['*'] })],
      });
      return mine;
    }],
  ])('is not checked if %s', (_, nodeRole) => {
    expect(() => define((stack) => ({ nodeRole: nodeRole(stack) }))).not.toThrow();
  });

  test.each<[string, (stack: Stack) => IrsaNodegroupOptions]>([
    ['managedPolicies', () => ({ managedPolicies: [managed('PowerUserAccess')] })],
    ['inlinePolicies', () => ({ inlinePolicies: {} })],
    ['permissionsBoundary', () => ({ permissionsBoundary: managed('PowerUserAccess') })],
    ['ssm', () => ({ ssm: false })],
  ])('fails in combination with %s, which would be ignored', (property, options) => {
    expect(() => define((stack) => ({ nodeRole: role(stack), ...options(stack) }))).toThrow(
      new Error(`Stack/Cluster/Nodes: ${property} must be omitted if nodeRole is set: your role is used unchanged, so set it on the role`));
  });
});
