import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { refuseWindows } from './ami-type';
import { refusal } from '../../private/errors';

/** Fields that Amazon EKS does not allow, each with the reason. @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
const PROHIBITED: { [field in keyof ec2.CfnLaunchTemplate.LaunchTemplateDataProperty]: string } = {
  iamInstanceProfile: 'use nodeRole instead',
  instanceInitiatedShutdownBehavior: 'Amazon EKS terminates nodes itself',
  hibernationOptions: 'Amazon EKS terminates nodes itself',
};

/** The reference of a nodegroup to its launch template. Refuses a launch template that Amazon EKS does not accept. */
export function launchTemplateReference(template: ec2.ILaunchTemplate): CfnNodegroup.LaunchTemplateSpecificationProperty {
  if (template instanceof ec2.LaunchTemplate) {
    checkLaunchTemplate(template);
    return { id: template.launchTemplateId, version: template.latestVersionNumber };
  }
  const { launchTemplateId: id, launchTemplateName: name } = template;
  return { id, name: id === undefined ? name : undefined, version: versionOf(template) };
}

function checkLaunchTemplate(template: ec2.LaunchTemplate): void {
  refuseWindows('launchTemplate', template);
  const data = (template.node.defaultChild as ec2.CfnLaunchTemplate).launchTemplateData as ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
  for (const [field, fix] of Object.entries(PROHIBITED)) {
    if (data[field as keyof typeof data] !== undefined) {
      throw refusal('launchTemplate', template.node.path, `a launch template without ${field}`, fix);
    }
  }
}

/** Undefined means the default version. */
function versionOf({ versionNumber }: ec2.ILaunchTemplate): string | undefined {
  if (Token.isUnresolved(versionNumber)) {
    return versionNumber;
  }
  if (versionNumber === ec2.LaunchTemplateSpecialVersions.LATEST_VERSION) {
    throw refusal('launchTemplate.versionNumber', versionNumber, 'a number, or omitted for the default version', 'Amazon EKS does not accept a name for the latest version');
  }
  return versionNumber === ec2.LaunchTemplateSpecialVersions.DEFAULT_VERSION ? undefined : versionNumber;
}
