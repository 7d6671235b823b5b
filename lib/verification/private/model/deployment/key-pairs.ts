import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CodeWrite } from '../code-writes';
import { LaunchTemplates } from '../nodes/launch-templates';
import { Launches } from '../nodes/launches';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { Program } from '../program';
import { StackResource, StackResources } from '../stack-resources';

/** Requests that read the private key of a key pair, which AWS CloudFormation puts into a parameter. */
const READS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'];

/** Instances, or what launches them, with a key, and the role that they have. */
interface Launched {
  readonly resource: StackResource;
  readonly keyName?: Text;
  readonly roleArn?: Text;
}

/**
 * Instances of which the templates create the SSH key. Whoever reads its private part might sign in to them, if their security groups allow it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
export function readInstancesWithKeys(resources: StackResources): Program[] {
  const pairs = resources.ofType('AWS::EC2::KeyPair').filter((pair) => pair.property('PublicKeyMaterial') === undefined);
  return pairs.length === 0 ? [] : launchedIn(resources).flatMap(({ resource, keyName, roleArn }) => {
    const code = pairs.filter((pair) => keyName && mayBeKeyOf(pair, keyName)).flatMap(readsOf);
    return code.length > 0 && roleArn ? [{ arns: [], startedBy: [], takeovers: [], code, roleArn, place: resource.place() }] : [];
  });
}

/** An instance can name the key of another stack, and a parameter any key. */
const mayBeKeyOf = (pair: StackResource, keyName: Text): boolean =>
  pair.ref.key === keyName.key || mayBeEqual(textOf(pair.property('KeyName')) ?? pair.ref, keyName);

function launchedIn(resources: StackResources): Launched[] {
  const [launches, templates] = [new Launches(resources), new LaunchTemplates(resources)];
  const instances = resources.ofType(...SELF_MANAGED).flatMap((resource) => launches.of(resource).map(({ roleArn, resource: launch }): Launched =>
    ({ resource, roleArn, keyName: textOf(resource.property('KeyName') ?? launch?.property('KeyName') ?? launch?.property('LaunchTemplateData', 'KeyName')) })));
  const nodes = resources.ofType('AWS::EKS::Nodegroup').map((resource): Launched => {
    const ofTemplate = templates.find(resource.property('LaunchTemplate'), resource)?.property('LaunchTemplateData', 'KeyName');
    return { resource, roleArn: textOf(resource.property('NodeRole')), keyName: textOf(resource.property('RemoteAccess', 'Ec2SshKey') ?? ofTemplate) };
  });
  return [...instances, ...nodes];
}

function readsOf(pair: StackResource): CodeWrite[] {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => pair.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`ID of ${pair.ref.key}`, { label: `${pair.logicalId}.KeyPairId`, excludes: ':/' }));
  const parameter = Text.join([Text.of('parameter/ec2/keypair/'), id]);
  const arn = Text.join([Text.of('arn'), partition, Text.of('ssm'), region, account, parameter], ':');
  return READS.map((action) => ({ action, arn }));
}
