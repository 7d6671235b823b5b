import { InstanceProfiles, isOfNoProfile } from './instance-profiles';
import { Launches } from './launches';
import { SELF_MANAGED } from './self-managed-nodes';
import { AccessPlace } from '../../../access-reason';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText } from '../../values/text-parts';
import { Nodegroup } from '../model';
import { StackResources } from '../stack-resources';

/** The roles of instances that are not nodes of any cluster, each of which nodes can have, too. */
export const readOtherInstances = (resources: StackResources, nodegroups: readonly Nodegroup[]): Text[] =>
  [...ofLaunched(resources, nodegroups), ...ofEnvironments(resources)].filter((roleArn) => !isOfNoProfile(roleArn));

function ofLaunched(resources: StackResources, nodegroups: readonly Nodegroup[]): Text[] {
  const launches = new Launches(resources);
  return resources.ofType(...SELF_MANAGED).filter((resource) => !nodegroups.some(({ place }) => isSamePlace(place, resource.place())))
    .flatMap((resource) => launches.of(resource).map(({ roleArn }) => roleArn));
}

/** @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html#command-options-general-autoscalinglaunchconfiguration */
function ofEnvironments(resources: StackResources): Text[] {
  const profiles = new InstanceProfiles(resources);
  return resources.ofType('AWS::ElasticBeanstalk::Environment', 'AWS::ElasticBeanstalk::ConfigurationTemplate').flatMap((resource) =>
    listOf(resource.property('OptionSettings')).filter((option) => isText(valueAt(option, 'OptionName'), 'IamInstanceProfile') !== 'no')
      .map((option) => profiles.roleOf(valueAt(option, 'Value'), resource)));
}

const isSamePlace = (one: AccessPlace, other: AccessPlace) => one.template === other.template && one.logicalId === other.logicalId;
