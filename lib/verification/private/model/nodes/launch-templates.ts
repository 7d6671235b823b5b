import { MetadataAccess, metadataWith, unknownMetadata } from './instance-metadata';
import { NamedResources } from './named-resources';
import { withUserData } from './user-data';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The launch templates of the templates, by ID and name. */
export class LaunchTemplates {
  private readonly named: NamedResources;

  constructor(resources: StackResources) {
    this.named = new NamedResources('region', resources.ofType('AWS::EC2::LaunchTemplate'), (template) =>
      [template.ref, template.attribute('LaunchTemplateId'), template.property('LaunchTemplateName')]);
  }

  /** The launch template of a specification with an ID or a name, which a resource has. */
  find(specification: Resolved, user: StackResource): StackResource | undefined {
    const name = idOf(specification);
    return name && this.named.find(name, user);
  }

  /** The same, if the resource uses the version that the template describes. */
  findLatest(specification: Resolved, user: StackResource): StackResource | undefined {
    const resource = this.find(specification, user);
    return resource && isLatest(specification, resource) ? resource : undefined;
  }

  /** The access to the instance metadata of nodes with a launch template. */
  metadata(specification: Resolved, user: StackResource): MetadataAccess {
    const resource = this.find(specification, user);
    if (!resource) {
      return unknownMetadata(`launch template ${idOf(specification) ?? `of ${user.logicalId}`} is not in the templates`);
    }
    if (!isLatest(specification, resource)) {
      return unknownMetadata(`the nodegroup might not use the latest version of launch template ${resource.logicalId}, so its nodes can differ from the template`);
    }
    const where = `in launch template ${resource.logicalId}`;
    const access = metadataWith(resource.property('LaunchTemplateData', 'MetadataOptions'), where);
    return withUserData(access, resource.decoded('LaunchTemplateData', 'UserData'), where);
  }
}

/** The ID or the name of the launch template of a specification. That of a nodegroup has other names for them. */
export function idOf(specification: Resolved): Text | undefined {
  return specification instanceof ResolvedMap
    ? ['Id', 'Name', 'LaunchTemplateId', 'LaunchTemplateName'].map((name) => specification.get(name)).find((value) => value instanceof Text)
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
