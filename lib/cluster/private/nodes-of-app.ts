import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isAutoMode, takesHybridNodes } from '../../private/cluster-resource';

/** What runs pods, or starts instances that can. The last one is the custom resource of aws-eks. */
const NODE_TYPES = [
  'AWS::EKS::Nodegroup', 'AWS::EKS::FargateProfile', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance', 'AWS::EC2::EC2Fleet', 'AWS::EC2::SpotFleet',
  'AWS::SageMaker::Cluster', 'AWS::Batch::ComputeEnvironment', 'Custom::AWSCDK-EKS-FargateProfile',
];

const isNodes = (construct: IConstruct) => CfnResource.isCfnResource(construct) && NODE_TYPES.includes(construct.cfnResourceType);

/** Whether the app has nothing that could be the nodes of a cluster. Nodes of another cluster count, because a name can be a token. */
export const lacksNodes = (cluster: CfnResource): boolean =>
  !isAutoMode(cluster) && !takesHybridNodes(cluster) && !cluster.node.root.node.findAll().some(isNodes);
