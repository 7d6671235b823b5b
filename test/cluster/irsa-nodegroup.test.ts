import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaClusterProps, IrsaNodegroupOptions } from '../../lib';
import { deployed } from '../deployed';
import { newCluster, newStack } from '../stacks';

function define(options: IrsaNodegroupOptions = {}, props: Partial<IrsaClusterProps> = {}) {
  const stack = newStack();
  const nodegroup = newCluster(stack, props).addNodegroup('Nodes', options);
  return { stack, nodegroup, template: Template.fromStack(stack) };
}

const types = (...names: string[]) => names.map((name) => new ec2.InstanceType(name));
const managed = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

/** The names of the managed policies of the nodes' role. */
function policies(options: IrsaNodegroupOptions, props?: Partial<IrsaClusterProps>): string[] {
  const { stack, nodegroup } = define(options, props);
  const { managedPolicyArns } = nodegroup.role.node.defaultChild as iam.CfnRole;
  return deployed(stack, stack.resolve(managedPolicyArns)).map((arn: string) => arn.replace('arn:aws:iam::aws:policy/', ''));
}

const BASELINE = ['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryPullOnly'];

test('nodes are of Amazon Linux 2023, in private subnets', () => {
  const { template } = define();
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    AmiType: 'AL2023_x86_64_STANDARD',
    InstanceTypes: ['t3.medium'],
    ScalingConfig: { DesiredSize: 2, MinSize: 1, MaxSize: 2 },
    Subnets: [{ Ref: Match.stringLikeRegexp('PrivateSubnet') }, { Ref: Match.stringLikeRegexp('PrivateSubnet') }],
  });
});

test('name, sizes and subnets are as given', () => {
  const { template } = define({ nodegroupName: 'blue', minSize: 3, maxSize: 5, desiredSize: 4, subnets: { subnetType: ec2.SubnetType.PUBLIC } });
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    NodegroupName: 'blue',
    ScalingConfig: { DesiredSize: 4, MinSize: 3, MaxSize: 5 },
    Subnets: [{ Ref: Match.stringLikeRegexp('PublicSubnet') }, { Ref: Match.stringLikeRegexp('PublicSubnet') }],
  });
});

test('the image has the architecture of the instance types', () => {
  define({ instanceTypes: types('m7g.large', 'c7g.large') }).template.hasResourceProperties('AWS::EKS::Nodegroup', {
    AmiType: 'AL2023_ARM_64_STANDARD', InstanceTypes: ['m7g.large', 'c7g.large'],
  });
});

test('fails for instance types of several architectures', () => {
  expect(() => define({ instanceTypes: types('m7i.large', 'm7g.large') })).toThrow(
    'Stack/Cluster/Nodes: instanceTypes is ["m7i.large","m7g.large"], but must be of one architecture: define a nodegroup of its own for m7g.large (arm64)');
});

test.each([['g5.xlarge'], ['p5.48xlarge'], ['trn1.2xlarge'], ['inf2.xlarge'], ['g5g.xlarge']])('fails for %s, whose image is still to come', (type) => {
  expect(() => define({ instanceTypes: types(type) })).toThrow(
    `Stack/Cluster/Nodes: instanceTypes is ["${type}"], but must be without accelerators: the images that drive GPUs and Neuron devices are not supported yet`);
});

test('fails for no instance type at all', () => {
  expect(() => define({ instanceTypes: [] })).toThrow('Stack/Cluster/Nodes: instanceTypes is [], but must be one type or more');
});

test('one node at most is one node', () => {
  define({ maxSize: 1 }).template.hasResourceProperties('AWS::EKS::Nodegroup', { ScalingConfig: { DesiredSize: 1, MinSize: 1, MaxSize: 1 } });
});

test('fails for sizes that contradict each other, and says where', () => {
  expect(() => define({ minSize: 3, maxSize: 2 })).toThrow('Stack/Cluster/Nodes: Desired capacity 3 can\'t be greater than max size 2');
});

test('an update waits for PodDisruptionBudgets', () => {
  define().template.hasResourceProperties('AWS::EKS::Nodegroup', { ForceUpdateEnabled: false });
});

describe('pods', () => {
  test('cannot reach the credentials of their node', () => {
    define().template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } },
    });
  });

  test('reach them where that is asked for, with IMDSv2 still', () => {
    define({ podImdsAccess: true }).template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } },
    });
  });
});

test('a change of the launch template rolls out', () => {
  const { stack, nodegroup, template } = define();
  const id = stack.getLogicalId(nodegroup.launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate);
  template.hasResourceProperties('AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } } });
});

describe('the role of the nodes', () => {
  test('has what a node needs, and Session Manager', () => {
    expect(policies({})).toEqual([...BASELINE, 'AmazonSSMManagedInstanceCore']);
  });

  test('has no Session Manager where it is turned off', () => {
    expect(policies({ ssm: false })).toEqual(BASELINE);
  });

  test('has further policies beside these, each once', () => {
    expect(policies({ managedPolicies: [managed('CloudWatchAgentServerPolicy'), managed('AmazonEKS_CNI_Policy'), managed('CloudWatchAgentServerPolicy')] }))
      .toEqual([...BASELINE, 'AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy']);
  });

  test('has the policy for Amazon ECR that was given in place of its own', () => {
    expect(policies({ managedPolicies: [managed('AmazonEC2ContainerRegistryReadOnly')], ssm: false }))
      .toEqual(['AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy', 'AmazonEC2ContainerRegistryReadOnly']);
  });

  test('keeps a policy of the account whose name resembles one of ours', () => {
    const own = iam.ManagedPolicy.fromManagedPolicyArn(newStack(), 'Own', 'arn:aws:iam::123456789012:policy/AmazonEC2ContainerRegistryReadOnly');
    expect(policies({ managedPolicies: [own], ssm: false })).toEqual([...BASELINE, 'arn:aws:iam::123456789012:policy/AmazonEC2ContainerRegistryReadOnly']);
  });

  test('may assign IPv6 addresses where the cluster has them', () => {
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
});
