import * as iam from 'aws-cdk-lib/aws-iam';
import { CLUSTER_TAG } from './karpenter-tags';
import { allow } from './statements';
import { requestTags, resourceTags } from './tags';
import { ControllerPolicyContext } from '../controller-policy';

/** Karpenter sets this tag to the name of the NodePool. */
const NODE_POOL_TAG = 'karpenter.sh/nodepool';

/**
 * What Karpenter does with instances, and with the launch templates for them. What a launch template names is subject to `ec2:RunInstances` only.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function karpenterNodeStatements({ clusterName, partition, region, account }: ControllerPolicyContext): iam.PolicyStatement[] {
  const arns = (owner: string, ...types: string[]) => types.map((type) => `arn:${partition}:ec2:${region}:${owner}:${type}/*`);
  const own = (...types: string[]) => arns(account, ...types);
  const shared = (...types: string[]) => arns('*', ...types); // other AWS accounts can share them
  const created: iam.Conditions = { ...requestTags({ [CLUSTER_TAG]: clusterName }), StringLike: { [`aws:RequestTag/${NODE_POOL_TAG}`]: '*' } };
  const tagged: iam.Conditions = { ...resourceTags({ [CLUSTER_TAG]: clusterName }), StringLike: { [`aws:ResourceTag/${NODE_POOL_TAG}`]: '*' } };
  return [
    allow(['ec2:RunInstances'], [...arns('', 'image', 'snapshot'), ...shared('capacity-reservation', 'placement-group', 'security-group', 'subnet')]),
    allow(['ec2:CreateFleet'], [...arns('', 'image'), ...shared('capacity-reservation', 'placement-group', 'subnet')]),
    allow(['ec2:RunInstances', 'ec2:CreateFleet'], own('launch-template'), tagged),
    allow(['ec2:RunInstances'], own('instance', 'volume', 'network-interface', 'spot-instances-request'), created),
    allow(['ec2:CreateFleet'], own('fleet', 'instance', 'volume'), created),
    allow(['ec2:CreateLaunchTemplate'], own('launch-template'), created),
    allow(['ec2:CreateTags'], own('instance', 'volume', 'network-interface', 'spot-instances-request', 'fleet', 'launch-template'), {
      ...created,
      StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
    }),
    allow(['ec2:CreateTags'], own('instance'), {
      ...tagged,
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['karpenter.sh/nodeclaim', 'Name'] },
      'Null': { 'aws:TagKeys': 'false' },
    }),
    allow(['ec2:TerminateInstances'], own('instance'), tagged),
    allow(['ec2:DeleteLaunchTemplate'], own('launch-template'), tagged),
  ];
}
