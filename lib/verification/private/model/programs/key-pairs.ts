import { mayBeEqual } from '../../values/may-be-equal';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { isReference, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { READS_OF_PARAMETERS, writesOfTaken } from '../code/stored-writes';
import { StackResource, StackResources } from '../stack-resources';

/**
 * The SSH keys of instances. Whoever reads the private part of one that a stack creates, or puts another key in its place, might sign in to the instances that
 * have it, or that start next, if their security groups allow it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
export class KeyPairs {
  private readonly pairs: StackResource[];

  constructor(resources: StackResources) {
    this.pairs = resources.ofType('AWS::EC2::KeyPair');
  }

  /** The requests that read or replace a key by its name, also at the next deployment. */
  waysBy(keyName: Text | undefined): CodeWrite[] {
    if (keyName === undefined) {
      return [];
    }
    const generated = this.pairs.filter((pair) => pair.property('PublicKeyMaterial') === undefined && mayBeKeyOf(pair, keyName));
    const own = this.pairs.find(({ ref }) => ref.key === keyName.key);
    const given = this.pairs.filter((pair) => mayBeKeyOf(pair, keyName)).map((pair) => textOf(pair.property('PublicKeyMaterial')));
    const isElsewhere = !isReference(keyName) && !this.pairs.some((pair) => isKeyOf(pair, keyName));
    return [...generated.flatMap(readsOf), ...(isElsewhere ? readsOfKey(OF_ANY).map((read) => ({ ...read, onlyIfNamed: FOLDER })) : []), ...given.flatMap((key) => (key ? writesOfTaken(key) : [])), ...replacementsOf(textOf(own?.property('KeyName')) ?? keyName)];
  }
}

/** Instances find their key by its name as they start. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html */
const replacementsOf = (keyName: Text): CodeWrite[] => ['ec2:CreateKeyPair', 'ec2:ImportKeyPair'].map((action) => ({
  action, arn: arnOf('ec2', Text.join([Text.of('key-pair/'), keyName]), anyPart('Region'), anyPart('account')), afterOneOf: ['ec2:DeleteKeyPair'],
}));

const isKeyOf = (pair: StackResource, keyName: Text): boolean => equal(textOf(pair.property('KeyName')) ?? pair.ref, keyName) === 'yes';

/** An instance can name the key of another stack, and a parameter any key. */
const mayBeKeyOf = (pair: StackResource, keyName: Text): boolean =>
  pair.ref.key === keyName.key || mayBeEqual(textOf(pair.property('KeyName')) ?? pair.ref, keyName);

function readsOf(pair: StackResource): CodeWrite[] {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => pair.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`ID of ${pair.ref.key}`, { label: `${pair.logicalId}.KeyPairId`, excludes: ':/' }));
  const parameter = Text.join([Text.of(`parameter${FOLDER}`), id]);
  return readsOfKey(Text.join([Text.of('arn'), partition, Text.of('ssm'), region, account, parameter], ':'));
}

const FOLDER = '/ec2/keypair/';

/** The parameters of keys outside the templates, in which only their IDs are. A key that no stack creates has none. */
const OF_ANY = arnOf('ssm', Text.join([Text.of(`parameter${FOLDER}`), anyPart('ID')]), anyPart('Region'), anyPart('account'));

const readsOfKey = (arn: Text): CodeWrite[] => READS_OF_PARAMETERS.map((action) => ({ action, arn }));
