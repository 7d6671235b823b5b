import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CapacityType } from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';

const MARKET_OF_CAPACITY_BLOCKS = 'capacity-block';

/**
 * Checks what the capacity type asks of the launch template. Only a launch template that the user gives can name a capacity block. Nothing
 * is known of one that is imported.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics
 */
export function checkCapacityType(capacityType?: CapacityType, launchTemplate?: ec2.ILaunchTemplate): void {
  const isBlock = capacityType === CapacityType.CAPACITY_BLOCK;
  if (isBlock && !launchTemplate) {
    throw refusal('capacityType', capacityType, 'given together with launchTemplate', 'Amazon EKS reads from your launch template which capacity block to use');
  }
  if (launchTemplate instanceof ec2.LaunchTemplate) {
    const { launchTemplateData } = launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate;
    const data = launchTemplateData as ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
    if (isBlock) {
      checkNamesCapacityBlock(launchTemplate, data);
    } else if (data.instanceMarketOptions !== undefined) {
      throw refusal('launchTemplate', launchTemplate.node.path, 'one without instanceMarketOptions', 'set capacityType instead');
    }
  }
}

/** Amazon EKS rejects a launch template that lacks one of these. */
function checkNamesCapacityBlock(template: ec2.LaunchTemplate, data: ec2.CfnLaunchTemplate.LaunchTemplateDataProperty): void {
  const { marketType } = (data.instanceMarketOptions ?? {}) as ec2.CfnLaunchTemplate.InstanceMarketOptionsProperty;
  if (marketType !== MARKET_OF_CAPACITY_BLOCKS) {
    throw refusal('launchTemplate', template.node.path, `one with the market type "${MARKET_OF_CAPACITY_BLOCKS}" in its instanceMarketOptions`,
      'capacityType is CAPACITY_BLOCK; set it in launchTemplateData of the CfnLaunchTemplate, not as an override');
  }
  if (data.capacityReservationSpecification === undefined) {
    throw refusal('launchTemplate', template.node.path, 'one with a capacityReservationSpecification',
      'it targets the capacity block; set it in launchTemplateData of the CfnLaunchTemplate, not as an override');
  }
  if (template.instanceType === undefined) {
    throw refusal('launchTemplate', template.node.path, 'one with an instanceType', 'Amazon EKS reads from it the instance type of the capacity block');
  }
}
