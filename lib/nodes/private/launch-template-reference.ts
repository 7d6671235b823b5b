import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { refuseWindows } from './ami-type';
import { refusal } from '../../private/errors';

/** What Amazon EKS sets itself. @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
const PROHIBITED: { [field in keyof ec2.CfnLaunchTemplate.LaunchTemplateDataProperty]: string } = {
  iamInstanceProfile: 'the role of nodes is nodeRole',
  instanceInitiatedShutdownBehavior: 'Amazon EKS ends nodes itself',
  hibernationOptions: 'Amazon EKS ends nodes itself',
};

/** How a nodegroup refers to its launch template; refuses one that Amazon EKS does not take. */
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
      throw refusal('launchTemplate', template.node.path, `one without ${field}`, fix);
    }
  }
}

/** Left out, it is the default version. */
function versionOf({ versionNumber }: ec2.ILaunchTemplate): string | undefined {
  if (Token.isUnresolved(versionNumber)) {
    return versionNumber;
  }
  if (versionNumber === ec2.LaunchTemplateSpecialVersions.LATEST_VERSION) {
    throw refusal('launchTemplate.versionNumber', versionNumber, 'a number, or left out for the default version', 'Amazon EKS takes no name for the newest one');
  }
  return versionNumber === ec2.LaunchTemplateSpecialVersions.DEFAULT_VERSION ? undefined : versionNumber;
}
