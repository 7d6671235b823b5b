/**
 * Requests that run commands on a node by its agent. A managed node elsewhere, such as a hybrid node of Amazon EKS, has a role for AWS Systems Manager.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html
 */
export const ON_MANAGED_NODES = [
  'ssm:SendCommand', 'ssm:StartSession', 'ssm:CreateAssociation', 'ssm:CreateAssociationBatch', 'ssm:UpdateAssociation',
];

/**
 * Requests that run commands on an instance: by its agent, over SSH, or as it starts. With Default Host Management, which no template shows, the agent needs no
 * permissions of the role of the instance.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-connect-methods.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/replace-root.html
 */
export const ON_INSTANCES = [
  ...ON_MANAGED_NODES, 'ec2-instance-connect:SendSSHPublicKey', 'ec2-instance-connect:SendSerialConsoleSSHPublicKey', 'ec2:CreateReplaceRootVolumeTask',
  'ec2:ModifyInstanceAttribute',
];

/**
 * Requests that together give an instance another root volume, as long as it is stopped. Drivers of volumes may request the first two.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-detaching-volume.html
 */
export const WITH_ANOTHER_VOLUME = ['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:StopInstances'];
