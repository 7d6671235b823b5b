import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { acknowledge, wildcardFinding } from './acknowledged-findings';

/** The AWS managed policy of the VPC CNI for IPv4. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
export const CNI_POLICY = 'AmazonEKS_CNI_Policy';

/** The name that AWS documents for the policy of the VPC CNI for IPv6. */
export const CNI_IPV6_POLICY = 'AmazonEKS_CNI_IPv6_Policy';

/** There is no AWS managed policy for this. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy */
export function ipv6CniPolicy(scope: IConstruct): iam.PolicyDocument {
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

/**
 * Acknowledges the wildcards of this policy on a role. Without other inline policies only: cdk-nag reports them together, so it would also acknowledge
 * theirs. Only on the resource, because policies that are attached to the role later are not ours.
 */
export function acknowledgeIpv6CniPolicy(role: iam.IRole): void {
  const { partition } = Stack.of(role);
  for (const resource of ['*', `arn:${Token.isUnresolved(partition) ? '<AWS::Partition>' : partition}:ec2:*:*:network-interface/*`]) {
    acknowledge(role.node.defaultChild ?? role, wildcardFinding(resource), 'The VPC CNI requires these statements to assign IPv6 addresses to pods.');
  }
}
