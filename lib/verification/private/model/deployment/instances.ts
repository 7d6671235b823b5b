import { KeyPairs } from './key-pairs';
import { StartCode } from './start-code';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { LaunchTemplates } from '../nodes/launch-templates';
import { Launches } from '../nodes/launches';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { Program } from '../program';
import { StackResource, StackResources } from '../stack-resources';

/** Instances, or what launches them, with the role that they have. */
interface Launched {
  readonly resource: StackResource;
  readonly roleArn?: Text;
  readonly keyName?: Text;
  /** The launch template or the launch configuration. */
  readonly launch?: StackResource;
}

/**
 * Types with commands that AWS Systems Manager runs on instances again and again. Their targets, such as tags, can be any instances.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-s3.html
 */
const COMMANDS = ['AWS::SSM::Association', 'AWS::SSM::Document', 'AWS::SSM::MaintenanceWindowTask'];

/** Instances of which others might decide what they run: as they start, or over SSH. */
export function readInstances(resources: StackResources): Program[] {
  const [pairs, code] = [new KeyPairs(resources), new StartCode(resources)];
  const commands = resources.ofType(...COMMANDS).flatMap((resource) => textsIn(resource.property())).flatMap((text) => code.writesOfScript(text));
  return launchedIn(resources).flatMap(({ resource, roleArn, keyName, launch }) => {
    const writes = [...pairs.readsOf(keyName), ...[resource, ...(launch ? [launch] : [])].flatMap((one) => code.writesOf(one)), ...commands];
    return writes.length > 0 && roleArn ? [{ arns: [], startedBy: [], takeovers: [], code: writes, roleArn, place: resource.place() }] : [];
  });
}

function launchedIn(resources: StackResources): Launched[] {
  const [launches, templates] = [new Launches(resources), new LaunchTemplates(resources)];
  const instances = resources.ofType(...SELF_MANAGED).flatMap((resource) => launches.of(resource).map(({ roleArn, resource: launch }): Launched =>
    ({ resource, roleArn, launch, keyName: textOf(resource.property('KeyName') ?? launch?.property('KeyName') ?? launch?.property('LaunchTemplateData', 'KeyName')) })));
  const nodes = resources.ofType('AWS::EKS::Nodegroup').map((resource): Launched => {
    const launch = templates.find(resource.property('LaunchTemplate'), resource);
    const ofTemplate = launch?.property('LaunchTemplateData', 'KeyName');
    return { resource, roleArn: textOf(resource.property('NodeRole')), launch, keyName: textOf(resource.property('RemoteAccess', 'Ec2SshKey') ?? ofTemplate) };
  });
  return [...instances, ...nodes];
}
