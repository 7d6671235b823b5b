import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CodeWrite } from '../code-writes';
import { StackResource, StackResources } from '../stack-resources';

/** Requests that read the private key of a key pair, which AWS CloudFormation puts into a parameter. */
const READS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'];

/**
 * The SSH keys that the templates create. Whoever reads the private part of one might sign in to the instances that have it, if their security groups allow it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
export class KeyPairs {
  private readonly pairs: StackResource[];

  constructor(resources: StackResources) {
    this.pairs = resources.ofType('AWS::EC2::KeyPair').filter((pair) => pair.property('PublicKeyMaterial') === undefined);
  }

  /** The requests that read a key by its name. */
  readsOf(keyName: Text | undefined): CodeWrite[] {
    return this.pairs.filter((pair) => keyName && mayBeKeyOf(pair, keyName)).flatMap(readsOf);
  }
}

/** An instance can name the key of another stack, and a parameter any key. */
const mayBeKeyOf = (pair: StackResource, keyName: Text): boolean =>
  pair.ref.key === keyName.key || mayBeEqual(textOf(pair.property('KeyName')) ?? pair.ref, keyName);

function readsOf(pair: StackResource): CodeWrite[] {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => pair.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`ID of ${pair.ref.key}`, { label: `${pair.logicalId}.KeyPairId`, excludes: ':/' }));
  const parameter = Text.join([Text.of('parameter/ec2/keypair/'), id]);
  const arn = Text.join([Text.of('arn'), partition, Text.of('ssm'), region, account, parameter], ':');
  return READS.map((action) => ({ action, arn }));
}
