import { MetadataAccess, metadataWith } from './instance-metadata';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { StackResource, StackResources } from '../stack-resources';

/** The launch templates of the templates, by ID and name. */
export class LaunchTemplates {
  private readonly byName = new Map<string, StackResource>();

  constructor(resources: StackResources) {
    for (const resource of resources.ofType('AWS::EC2::LaunchTemplate')) {
      const names = [resource.ref, resource.attribute('LaunchTemplateId'), resource.property('LaunchTemplateName')];
      names.forEach((name) => name instanceof Text && this.byName.set(name.key, resource));
    }
  }

  /** The launch template of a specification with an ID or a name. */
  find(specification: Resolved): StackResource | undefined {
    const name = idOf(specification);
    return name && this.byName.get(name.key);
  }

  /** The access to the instance metadata of nodes with a launch template. */
  metadata(specification: Resolved): MetadataAccess {
    const resource = this.find(specification);
    if (!resource) {
      return unknownAccess(`launch template ${idOf(specification) ?? ''} is not in the templates`);
    }
    if (!isLatest(specification, resource)) {
      return unknownAccess(`the nodegroup might not use the latest version of launch template ${resource.logicalId}, so its nodes can differ from the template`);
    }
    return metadataWith(resource.property('LaunchTemplateData', 'MetadataOptions'), resource.logicalId);
  }
}

const unknownAccess = (why: string): MetadataAccess => ({ podsReachMetadata: 'unknown', hostNetworkReachesMetadata: 'unknown', why });

function idOf(specification: Resolved): Text | undefined {
  return specification instanceof ResolvedMap
    ? [specification.get('Id'), specification.get('Name')].find((value) => value instanceof Text)
    : undefined;
}

/**
 * Whether nodes have the version that the template describes. An update of the template creates a version, but does not make it the default. With `$Latest`,
 * no property of the nodegroup changes, so that CloudFormation does not update it. Amazon EKS documents only numbers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_LaunchTemplateSpecification.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
 */
function isLatest(specification: Resolved, resource: StackResource): boolean {
  const version = specification instanceof ResolvedMap ? specification.get('Version') : undefined;
  return version instanceof Text && version.key === resource.attribute('LatestVersionNumber').key;
}
