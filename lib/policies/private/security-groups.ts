import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_TAG } from './load-balancers';
import { allow } from './statements';
import { otherTagsThan, requestTags, resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/** Amazon EKS sets this tag on the cluster security group, and nobody else can. @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
const EKS_TAG = 'aws:eks:cluster-name';

/** What AWS Load Balancer Controller does with security groups. `others` are security groups of nodes and pods. */
export function securityGroupStatements(context: ControllerPolicyContext, others: ec2.ISecurityGroup[]): iam.PolicyStatement[] {
  const { clusterName, partition, region, account } = context;
  const securityGroup = (id: string) => `arn:${partition}:ec2:${region}:${account}:security-group/${id}`;
  const changeRules = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'];
  return [
    allow(['ec2:CreateSecurityGroup'], [securityGroup('*')], requestTags({ [CLUSTER_TAG]: clusterName })),
    allow(['ec2:CreateSecurityGroup'], [`arn:${partition}:ec2:${region}:*:vpc/*`]), // the subnets of a cluster can be shared by another AWS account
    allow(['ec2:CreateTags'], [securityGroup('*')], {
      StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName },
    }),
    allow(['ec2:CreateTags', 'ec2:DeleteTags'], [securityGroup('*')], { ...resourceTags({ [CLUSTER_TAG]: clusterName }), ...otherTagsThan(CLUSTER_TAG) }),
    allow([...changeRules, 'ec2:DeleteSecurityGroup'], [securityGroup('*')], resourceTags({ [CLUSTER_TAG]: clusterName })),
    allow(changeRules, [securityGroup('*')], resourceTags({ [EKS_TAG]: clusterName })),
    ...(others.length > 0 ? [allow(changeRules, others.map(({ securityGroupId }) => securityGroup(securityGroupId)))] : []),
  ];
}
