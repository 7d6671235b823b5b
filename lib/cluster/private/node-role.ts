import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface NodeRoleProps {
  readonly ipFamily?: eks.IpFamily;
  readonly ssm: boolean;
  readonly managedPolicies: iam.IManagedPolicy[];
}

/** What a node needs to be one. @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
const WORKER = 'AmazonEKSWorkerNodePolicy';
const CNI = 'AmazonEKS_CNI_Policy';
const REGISTRY = 'AmazonEC2ContainerRegistryPullOnly';
/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html */
const SSM = 'AmazonSSMManagedInstanceCore';

/** The role of a nodegroup's nodes: the baseline, Session Manager, and what was asked for. */
export function nodeRole(scope: Construct, id: string, { ipFamily, ssm, managedPolicies }: NodeRoleProps): iam.Role {
  const ipv6 = ipFamily === eks.IpFamily.IP_V6;
  const hasRegistryPolicy = managedPolicies.some(({ managedPolicyArn }) =>
    JSON.stringify(Stack.of(scope).resolve(managedPolicyArn)).includes(':iam::aws:policy/AmazonEC2ContainerRegistry'));
  const own = [WORKER, ...ipv6 ? [] : [CNI], ...hasRegistryPolicy ? [] : [REGISTRY], ...ssm ? [SSM] : []];
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    // a policy that is named twice is attached once
    managedPolicies: [...own.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), ...managedPolicies],
    inlinePolicies: ipv6 ? { AmazonEKS_CNI_IPv6_Policy: ipv6CniPolicy(scope) } : undefined,
  });
}

/** AWS manages no policy for this. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy */
function ipv6CniPolicy(scope: Construct): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        actions: ['ec2:AssignIpv6Addresses', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeTags'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['ec2:CreateTags'],
        resources: [Stack.of(scope).formatArn({ service: 'ec2', region: '*', account: '*', resource: 'network-interface', resourceName: '*' })],
      }),
    ],
  });
}
