import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CapacityType } from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';

const MARKET_OF_CAPACITY_BLOCKS = 'capacity-block';

/**
 * Refuses a launch template that does not match the capacity type. Only a launch template of the user can specify a Capacity Block. The
 * content of an imported launch template is unknown.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
 */
export function checkCapacityType(capacityType?: CapacityType, launchTemplate?: ec2.ILaunchTemplate): void {
  const isBlock = capacityType === CapacityType.CAPACITY_BLOCK;
  if (isBlock && !launchTemplate) {
    throw refusal('capacityType', capacityType, 'combined with launchTemplate', 'Amazon EKS reads the Capacity Block from your launch template');
  }
  if (launchTemplate instanceof ec2.LaunchTemplate) {
    const { launchTemplateData } = launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate;
    const data = launchTemplateData as ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
    if (isBlock) {
      checkNamesCapacityBlock(launchTemplate, data);
    } else if (data.instanceMarketOptions !== undefined) {
      throw refusal('launchTemplate', launchTemplate.node.path, 'a launch template without instanceMarketOptions', 'set capacityType instead');
    }
  }
}

/** Amazon EKS rejects a launch template that lacks one of these. */
function checkNamesCapacityBlock(template: ec2.LaunchTemplate, data: ec2.CfnLaunchTemplate.LaunchTemplateDataProperty): void {
  const { marketType } = (data.instanceMarketOptions ?? {}) as ec2.CfnLaunchTemplate.InstanceMarketOptionsProperty;
  if (marketType !== MARKET_OF_CAPACITY_BLOCKS) {
    throw refusal('launchTemplate', template.node.path, `a launch template with the market type "${MARKET_OF_CAPACITY_BLOCKS}" in instanceMarketOptions`,
      'capacityType is CAPACITY_BLOCK; set it in launchTemplateData of the CfnLaunchTemplate, not as an override');
  }
  if (data.capacityReservationSpecification === undefined) {
    throw refusal('launchTemplate', template.node.path, 'a launch template with a capacityReservationSpecification',
      'it specifies the Capacity Block; set it in launchTemplateData of the CfnLaunchTemplate, not as an override');
  }
  if (template.instanceType === undefined) {
    throw refusal('launchTemplate', template.node.path, 'a launch template with an instanceType', 'Amazon EKS reads the instance type of the Capacity Block from it');
  }
}
