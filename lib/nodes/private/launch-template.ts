import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { refuseWindows } from './ami-type';
import { NodeRemoteAccess } from '../node-remote-access';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const LONGEST_TAG = 256;

export interface NodeLaunchTemplateProps {
  readonly cluster: eks.ICluster;
  readonly userData?: ec2.UserData;
  readonly machineImage?: ec2.IMachineImage;
  readonly allowPodImdsAccess: boolean;
  readonly blockDeviceMappings: ec2.CfnLaunchTemplate.BlockDeviceMappingProperty[];
  readonly remoteAccess?: NodeRemoteAccess;
  readonly tags: { [key: string]: string };
}

/**
 * The settings of nodes that are only possible in a launch template. Amazon EKS adds the instance profile, the subnets and, if the launch
 * template has no security group, the cluster security group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
 */
export function nodeLaunchTemplate(scope: Construct, id: string, props: NodeLaunchTemplateProps): ec2.LaunchTemplate {
  const { cluster, remoteAccess } = props;
  const template = new ec2.LaunchTemplate(scope, id, {
    userData: props.userData,
    machineImage: props.machineImage,
    httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
    httpPutResponseHopLimit: props.allowPodImdsAccess ? 2 : 1,
    keyPair: remoteAccess?.keyPair,
    securityGroup: remoteAccess && cluster.clusterSecurityGroup,
  });
  refuseWindows('machineImage', template);
  if (remoteAccess) {
    template.addSecurityGroup(sshSecurityGroup(scope, cluster, remoteAccess));
  }
  const resource = template.node.defaultChild as ec2.CfnLaunchTemplate;
  const data = resource.launchTemplateData as ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
  resource.launchTemplateData = { ...data, blockDeviceMappings: props.blockDeviceMappings };
  // the CDK sets the tag Name of the launch template, its instances and their volumes to the construct path, which can be too long
  Tags.of(template).add('Name', template.node.path.slice(-LONGEST_TAG));
  for (const [key, value] of Object.entries(props.tags)) {
    Tags.of(template).add(key, value);
  }
  return template;
}

function sshSecurityGroup(scope: Construct, cluster: eks.ICluster, { sourceSecurityGroups }: NodeRemoteAccess): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'RemoteAccess', { vpc: cluster.vpc, description: 'SSH to the nodes', allowAllOutbound: false });
  sourceSecurityGroups.forEach((source) => group.addIngressRule(source, ec2.Port.SSH, 'SSH'));
  return group;
}
