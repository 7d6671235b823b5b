import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

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
