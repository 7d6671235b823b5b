import { MetadataAccess, metadataWith, unknownMetadata } from './instance-metadata';
import { InstanceProfiles } from './instance-profiles';
import { idOf, LaunchTemplates } from './launch-templates';
import { NamedResources } from './named-resources';
import { withUserData } from './user-data';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** With what instances are launched. */
export interface Launch {
  readonly roleArn: Text;
  readonly metadata: MetadataAccess;
  /** For messages: `launch template X`. */
  readonly what: string;
  /** The launch template or launch configuration, if the templates have it. */
  readonly resource?: StackResource;
}

/** Reads with what resources launch instances: launch templates, launch configurations, and properties of their own. */
export class Launches {
  private readonly launchTemplates: LaunchTemplates;
  private readonly configurations: NamedResources;
  private readonly profiles: InstanceProfiles;

  constructor(resources: StackResources) {
    this.launchTemplates = new LaunchTemplates(resources);
    this.configurations = new NamedResources('region', resources.ofType('AWS::AutoScaling::LaunchConfiguration'), (configuration) =>
      [configuration.ref, configuration.property('LaunchConfigurationName')]);
    this.profiles = new InstanceProfiles(resources);
  }

  /** Those of a resource that launches instances. */
  of(resource: StackResource): Launch[] {
    switch (resource.type) {
      case 'AWS::EC2::Instance': return [this.ofInstance(resource)];
      case 'AWS::Batch::ComputeEnvironment': return this.ofComputeEnvironment(resource);
      case 'AWS::EC2::EC2Fleet': return this.withTemplates(resource.property('LaunchTemplateConfigs'), resource);
      case 'AWS::EC2::SpotFleet': return this.ofSpotFleet(resource);
      default: return this.ofGroup(resource);
    }
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html */
  private ofGroup(group: StackResource): Launch[] {
    const configuration = group.property('LaunchConfigurationName');
    return configuration === undefined
      ? specificationsOf(group).map((specification) => this.withTemplate(specification, group))
      : [this.withConfiguration(configuration, group)];
  }

  /**
   * What an instance itself sets beats its launch template.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
   */
  private ofInstance(instance: StackResource): Launch {
    const specification = instance.property('LaunchTemplate');
    const [profile, options] = [instance.property('IamInstanceProfile'), instance.property('MetadataOptions')];
    const where = `in instance ${instance.logicalId}`;
    const own = { roleArn: this.profiles.roleOf(profile, instance), metadata: metadataWith(options, where), what: `instance ${instance.logicalId}` };
    const template = specification === undefined ? undefined : this.withTemplate(specification, instance);
    const userData = instance.decoded('UserData') ?? template?.resource?.decoded('LaunchTemplateData', 'UserData');
    return {
      ...template ?? own,
      roleArn: template && profile === undefined ? template.roleArn : own.roleArn,
      metadata: withUserData(template && options === undefined ? template.metadata : own.metadata, userData, where),
    };
  }

  /**
   * AWS Batch ignores the instance profile of a launch template.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
   * @see https://docs.aws.amazon.com/batch/latest/userguide/imds-compute-environments.html
   */
  private ofComputeEnvironment(environment: StackResource): Launch[] {
    const roleArn = this.profiles.roleOf(environment.property('ComputeResources', 'InstanceRole'), environment);
    const specification = environment.property('ComputeResources', 'LaunchTemplate');
    if (specification === undefined) {
      return [{ roleArn, metadata: metadataWith(undefined, `in compute environment ${environment.logicalId}`), what: 'no launch template' }];
    }
    const overrides = specification instanceof ResolvedMap ? listOf(specification.get('Overrides')) : [];
    return [specification, ...overrides].map((one) => ({ ...this.withTemplate(one, environment), roleArn }));
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-spotfleet.html */
  private ofSpotFleet(fleet: StackResource): Launch[] {
    const [templates, specifications] = ['LaunchTemplateConfigs', 'LaunchSpecifications'].map((name) => fleet.property('SpotFleetRequestConfigData', name));
    const ofSpecifications = listOf(specifications).map((specification, i) => ({
      roleArn: this.profiles.roleOf(specification instanceof ResolvedMap ? specification.at('IamInstanceProfile', 'Arn') : specification, fleet),
      metadata: metadataWith(undefined, `in fleet ${fleet.logicalId}`),
      what: `launch specification ${i}`,
    }));
    return [...ofSpecifications, ...this.withTemplates(templates, fleet)];
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-ec2fleet.html */
  private withTemplates(configurations: Resolved, fleet: StackResource): Launch[] {
    return listOf(configurations).map((configuration) =>
      this.withTemplate(configuration instanceof ResolvedMap ? configuration.get('LaunchTemplateSpecification') : configuration, fleet));
  }

  /** The role of what the latest version of a launch template launches. */
  roleOfTemplate(template: StackResource): Text {
    const profile = (name: string) => template.property('LaunchTemplateData', 'IamInstanceProfile', name);
    return this.profiles.roleOf(profile('Arn') ?? profile('Name'), template);
  }

  private withTemplate(specification: Resolved, user: StackResource): Launch {
    const id = idOf(specification);
    const resource = this.launchTemplates.find(specification, user);
    const what = `launch template ${resource?.logicalId ?? id ?? `of ${user.logicalId}`}`;
    const latest = this.launchTemplates.findLatest(specification, user);
    const roleArn = latest
      ? this.roleOfTemplate(latest)
      : derived(id ?? Text.of(user.logicalId), `role of the ${resource ? 'version of the ' : ''}launch template`);
    return { roleArn, metadata: this.launchTemplates.metadata(specification, user), what, resource };
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-launchconfiguration.html */
  private withConfiguration(name: Resolved, group: StackResource): Launch {
    const id = textOf(name) ?? Text.of(`of ${group.logicalId}`);
    const resource = this.configurations.find(id, group);
    const what = `launch configuration ${resource?.logicalId ?? id}`;
    if (!resource) {
      return { roleArn: derived(id, 'role of the launch configuration'), metadata: unknownMetadata(`${what} is not in the templates`), what };
    }
    const roleArn = this.profiles.roleOf(resource.property('IamInstanceProfile'), resource);
    const metadata = withUserData(metadataWith(resource.property('MetadataOptions'), `in ${what}`), resource.decoded('UserData'), `in ${what}`);
    return { roleArn, metadata, what, resource };
  }
}

/** The launch templates of an Auto Scaling group. The first is for the types of instances that have none of their own. */
function specificationsOf(group: StackResource): Resolved[] {
  const mixed = ['MixedInstancesPolicy', 'LaunchTemplate'];
  const overrides = listOf(group.property(...mixed, 'Overrides')).map((override) => (override instanceof ResolvedMap ? override.get('LaunchTemplateSpecification') : override));
  const own = overrides.filter((specification) => specification !== undefined);
  const first = group.property('LaunchTemplate') ?? group.property(...mixed, 'LaunchTemplateSpecification');
  return own.length > 0 && own.length === overrides.length ? own : [first, ...own];
}
