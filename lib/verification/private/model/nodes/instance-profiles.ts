import { NamedResources } from './named-resources';
import { listOf, Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textAfter } from '../../values/text-parts';
import { ROLE } from '../roles/holder-kinds';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const NO_PROFILE = 'role without an instance profile';

/** Whether it stands for the role of instances that certainly have no instance profile. */
export const isOfNoProfile = ({ unknowns }: Text): boolean => unknowns.some(({ label }) => label.endsWith(` ${NO_PROFILE}`));

/**
 * The roles of instance profiles.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html
 */
export class InstanceProfiles {
  private readonly profiles: NamedResources;
  private readonly roles: NamedResources;

  constructor(resources: StackResources) {
    this.profiles = new NamedResources('account', resources.ofType('AWS::IAM::InstanceProfile'), (profile) => [profile.ref, profile.attribute('Arn')]);
    this.roles = new NamedResources('account', resources.ofType(ROLE), (role) => [role.ref]);
  }

  /** The ARN of the role of an instance profile that a resource has by its name or its ARN. If the templates do not show it, a value that only the deployment knows. */
  roleOf(profile: Resolved, user: StackResource): Text {
    if (!(profile instanceof Text)) {
      return derived(Text.of(user.logicalId), profile === undefined ? NO_PROFILE : 'role of the instance profile');
    }
    const resource = this.profiles.find(profile, user) ?? this.profiles.find(nameIn(profile), user);
    const [role] = resource ? listOf(resource.property('Roles')) : [];
    return resource && role instanceof Text ? this.roleNamed(role, resource) : derived(profile, 'role of the instance profile');
  }

  /** The ARN of the role with a name. A name does not show the path in the ARN. */
  roleNamed(name: Text, user: StackResource): Text {
    return this.roles.find(name, user)?.attribute('Arn') ?? derived(name, 'role of nodes');
  }
}

/** The name in the ARN of an instance profile, which can have a path. */
function nameIn(profile: Text): Text {
  const name = textAfter(profile, ':instance-profile/')?.literal;
  return name === undefined ? profile : Text.of(name.slice(name.lastIndexOf('/') + 1));
}
