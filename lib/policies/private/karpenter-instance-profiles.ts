import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_TAG } from './karpenter-tags';
import { allow, allowOnAll } from './statements';
import { requestTags, resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/** EC2 has another name in the AWS China Regions. */
const EC2 = ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'];

/** What Karpenter does with the instance profiles of its nodes, which have these roles. */
export function karpenterInstanceProfileStatements(context: ControllerPolicyContext, nodeRoles: iam.IRole[]): iam.PolicyStatement[] {
  const { clusterName, partition, region, account } = context;
  const arn = (profile: string) => `arn:${partition}:iam::${account}:instance-profile/${profile}`;
  const own = arn(`karpenter/${region}/${clusterName}/*`);
  // Karpenter 1.6 and older created them without a path, and Karpenter asks for a new one by its name alone
  const withoutPath = arn(`${clusterName}_*`);
  const tags = { [CLUSTER_TAG]: clusterName, 'topology.kubernetes.io/region': region }; // IAM is global
  return [
    allowOnAll('iam:ListInstanceProfiles'),
    allow(['iam:GetInstanceProfile'], [own, withoutPath]),
    allow(['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'], [own], requestTags(tags)),
    allow(['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'], [own, withoutPath], resourceTags(tags)),
    allow(['iam:PassRole'], nodeRoles.map(({ roleArn }) => roleArn), { StringEquals: { 'iam:PassedToService': EC2 } }),
  ];
}
