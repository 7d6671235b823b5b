import { Annotations, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ClusterNodes } from './internal/cluster-nodes';
import { IrsaNodegroupOptions } from './irsa-nodegroup-options';
import { checkCapacityType } from './private/capacity-type';
import { clusterFacts } from './private/cluster-facts';
import { EXCLUSIONS, exclusionOf, refuseExcluded } from './private/exclusions';
import { unfitForNodes } from './private/given-node-role';
import { haveNeuron } from './private/instance-hardware';
import { checkNodeLabels, checkTaints } from './private/labels-and-taints';
import { nodeLaunchTemplate } from './private/launch-template';
import { launchTemplateReference } from './private/launch-template-reference';
import { NodeImage, nodeImage } from './private/node-image';
import { nodeRole } from './private/node-role';
import { checkReleaseVersion } from './private/release-version';
import { sizesOf } from './private/sizes';
import { updateConfigOf } from './private/update-config';
import { userDataOf } from './private/user-data';
import { blockDeviceMappings } from './private/volumes';
import { refusal, within } from '../private/errors';
import { checkProps } from '../private/props/check-props';

/** Properties of `IrsaNodegroup`. */
export interface IrsaNodegroupProps extends IrsaNodegroupOptions {
  /** The cluster that the nodes join, such as `irsaCluster.eksCluster`. `irsaCluster.nodegroups` does not include this nodegroup. */
  readonly cluster: eks.ICluster;
}

/**
 * Defines a managed nodegroup with its node role and launch template. By default, pods cannot use the credentials of the node role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * @example
 * declare const cluster: IrsaCluster;
 *
 * new IrsaNodegroup(this, 'Tools', {
 *   cluster: cluster.eksCluster,
 *   instanceTypes: [new ec2.InstanceType('m7g.large')],
 *   minSize: 0,
 *   maxSize: 10,
 * });
 */
export class IrsaNodegroup extends Construct {
  /** The IAM role of the nodes. */
  public readonly role: iam.IRole;

  /** The launch template of the nodes. A change of the launch template replaces the nodes. */
  public readonly launchTemplate: ec2.ILaunchTemplate;

  /** The underlying EKS nodegroup, as an escape hatch. */
  public readonly eksNodegroup: eks.Nodegroup;

  /**
   * @throws if Amazon EKS does not accept the name, subnets, instance types, image, release version, capacity type, sizes, update configuration, labels,
   * taints, volumes or user data; if the node role has too many managed policies; or if an option would have no effect because of another
   * option. A `nodeRole` of this app that does not meet the requirements of nodes is an error at synthesis.
   */
  constructor(scope: Construct, id: string, props: IrsaNodegroupProps) {
    super(scope, id);
    checkProps(this, 'IrsaNodegroupProps', props);
    const nodes = ClusterNodes.of(this, props.cluster);
    const cniHasRole = nodes?.hasCniRoleFor(this) ?? false;
    const { role, launchTemplate, eksNodegroup } = within(this, () => this.define(props, cniHasRole));
    nodes?.addNodegroup(this, { hasCniPolicy: !props.nodeRole && !cniHasRole });
    this.role = role;
    this.launchTemplate = launchTemplate;
    this.eksNodegroup = eksNodegroup;
  }

  private define(props: IrsaNodegroupProps, cniHasRole: boolean): Pick<IrsaNodegroup, 'role' | 'launchTemplate' | 'eksNodegroup'> {
    const { subnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } } = props;
    checkName(props.nodegroupName);
    checkNodeLabels(props.labels ?? {});
    checkTaints(props.taints ?? []);
    checkSubnets(props.cluster.vpc, subnets);
    checkCapacityType(props.capacityType, props.launchTemplate);
    const image = nodeImage(props);
    checkReleaseVersion(props.releaseVersion);
    const sizes = sizesOf(props);
    const updateConfig = updateConfigOf(props);
    const role = props.nodeRole ? this.givenNodeRole(props.nodeRole, props) : this.newNodeRole(props, cniHasRole);
    const launchTemplate = props.launchTemplate ? this.givenLaunchTemplate(props.launchTemplate, props) : this.newLaunchTemplate(image, props);
    const eksNodegroup = new eks.Nodegroup(this, 'Nodegroup', {
      cluster: props.cluster,
      nodegroupName: props.nodegroupName,
      nodeRole: role,
      amiType: image.amiType,
      releaseVersion: props.releaseVersion,
      capacityType: props.capacityType,
      ...sizes,
      enableNodeAutoRepair: props.nodeAutoRepair,
      labels: props.labels,
      taints: props.taints,
      tags: props.tags ?? {},
      forceUpdate: false, // updates respect PodDisruptionBudgets, which is the default of Amazon EKS
      subnets,
    });
    // not as props of eks.Nodegroup, which rejects the images of new accelerators, tokens, and the name of a launch template
    const resource = eksNodegroup.node.defaultChild as CfnNodegroup;
    resource.instanceTypes = image.instanceTypes?.map(String);
    resource.launchTemplate = launchTemplateReference(launchTemplate);
    resource.updateConfig = updateConfig;
    return { role, launchTemplate, eksNodegroup };
  }

  private newNodeRole(props: IrsaNodegroupProps, cniHasRole: boolean): iam.IRole {
    const { cluster, managedPolicies = [], inlinePolicies, permissionsBoundary, ssm = true } = props;
    return nodeRole(this, 'Role', { ipFamily: cluster.ipFamily, cniHasRole, ssm, managedPolicies, inlinePolicies, permissionsBoundary });
  }

  private givenNodeRole(role: iam.IRole, props: IrsaNodegroupProps): iam.IRole {
    refuseExcluded(props, EXCLUSIONS.nodeRole);
    this.node.addValidation({ validate: () => unfitForNodes(role) });
    return role;
  }

  private newLaunchTemplate({ family, instanceTypes = [] }: NodeImage, props: IrsaNodegroupProps): ec2.ILaunchTemplate {
    const { cluster, disk, additionalVolumes, remoteAccess, machineImage, allowPodImdsAccess = false } = props;
    refuseExcluded(props, exclusionOf(family));
    if (remoteAccess) {
      Annotations.of(this).addWarningV2('cdk-irsa:remote-access',
        'SSH access to the nodes is enabled: use Session Manager instead, which needs no keys or open ports and is enabled unless ssm is false');
    }
    return nodeLaunchTemplate(this, 'LaunchTemplate', {
      cluster,
      userData: userDataOf(this, family, {
        ...props, cluster: machineImage && clusterFacts(cluster), ssh: remoteAccess !== undefined, neuron: haveNeuron(instanceTypes),
      }),
      machineImage,
      allowPodImdsAccess,
      blockDeviceMappings: blockDeviceMappings({ family, ownImage: machineImage !== undefined, disk, additionalVolumes }),
      remoteAccess,
      tags: props.tags ?? {},
    });
  }

  private givenLaunchTemplate(launchTemplate: ec2.ILaunchTemplate, props: IrsaNodegroupProps): ec2.ILaunchTemplate {
    refuseExcluded(props, EXCLUSIONS.launchTemplate);
    Annotations.of(this).addWarningV2('cdk-irsa:launch-template',
      'the launch template determines whether pods can act as their node and whether the volumes are encrypted: '
      + 'require IMDSv2 with a hop limit of 1 in it, and encrypt its volumes');
    return launchTemplate;
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
function checkName(name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[0-9A-Za-z][-0-9A-Za-z_]{0,62}$/.test(name)) {
    throw refusal('nodegroupName', name, '1 to 63 letters, digits, hyphens and underscores that begin with a letter or digit');
  }
}

/** Otherwise, a selection without subnets would fail only at deployment. */
function checkSubnets(vpc: ec2.IVpc, selection: ec2.SubnetSelection): void {
  const { subnets, isPendingLookup } = selectedSubnets(vpc, selection);
  if (subnets.length === 0 && !isPendingLookup) {
    throw refusal('subnets', selection, 'a selection of at least one subnet of the VPC');
  }
}

function selectedSubnets(vpc: ec2.IVpc, selection: ec2.SubnetSelection): ec2.SelectedSubnets {
  try {
    return vpc.selectSubnets(selection);
  } catch (error) {
    throw refusal('subnets', selection, 'a selection of at least one subnet of the VPC', (error as Error).message);
  }
}
