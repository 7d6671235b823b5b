import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAutoMode } from '../../private/cluster-resource';

/** What runs pods, or starts instances that can. The last one is the custom resource of aws-eks. */
const NODE_TYPES = [
  'AWS::EKS::Nodegroup', 'AWS::EKS::FargateProfile', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance', 'Custom::AWSCDK-EKS-FargateProfile',
];

const isNodes = (construct: IConstruct) => CfnResource.isCfnResource(construct) && NODE_TYPES.includes(construct.cfnResourceType);

/** Whether the stage of a cluster has nothing that could be its nodes. Nodes of another cluster count, because a name can be a token. */
export const lacksNodes = (cluster: CfnResource): boolean => !isAutoMode(cluster) && !Stage.of(cluster)!.node.findAll().some(isNodes);
