import { mayBeEqual } from '../../values/may-be-equal';
import { originsOf, unknownsOf } from '../../values/origins';
import { equal } from '../../values/pattern';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, textAfter, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { READS_OF_PARAMETERS, writesOfTaken } from '../code/stored-writes';
import { STORES } from '../credentials/readable-resources';
import { readsOfStores } from '../credentials/stored-reads';
import { KEY_PAIRS, isNameOfSshKey } from '../pods/ssh-names';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const PAIR = 'AWS::EC2::KeyPair';

/**
 * The SSH keys of instances. Whoever reads the private part of one that a stack creates, or puts another key in its place, might sign in to the instances that
 * have it, or that start next, if their security groups allow it.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
export class KeyPairs {
  private readonly pairs: StackResource[];
  /** Secrets and parameters that may have a private key which no stack creates, as their names tell. */
  private readonly stores: StackResource[];

  constructor(resources: StackResources) {
    this.pairs = resources.ofType(PAIR);
    this.stores = resources.ofType(...STORES).filter((store) => {
      const name = `${textOf(store.property('Name')) ?? store.logicalId}`;
      return isNameOfSshKey(name) || OF_PAIRS.test(name);
    });
  }

  /** The requests that read or replace a key by its name, also at the next deployment. */
  waysBy(keyName: Text | undefined): CodeWrite[] {
    if (keyName === undefined) {
      return [];
    }
    const generated = this.generatedFor(keyName);
    const name = this.nameOf(keyName);
    const given = this.givenFor(keyName);
    const ofElsewhere = this.mayBeElsewhere(keyName) ? readsOfKey(OF_ANY).map((read) => ({ ...read, onlyIfNamed: KEY_PAIRS })) : [];
    return [
      ...generated.flatMap(readsOf), ...ofElsewhere, ...given.flatMap(writesOfTaken),
      ...(this.mayBeOfOthers(keyName) ? readsOfStores(this.stores) : []),
      ...replacementsOf(name),
    ];
  }

  /** Whether a text may name the parameter with a key, as objects do for controllers. */
  mayBeIn(text: Text, keyName: Text): boolean {
    const id = textAfter(text, KEY_PAIRS);
    const [named] = id ? wordsOf(id, AFTER_ID) : [];
    const isOfElsewhere = named !== undefined && !isOfPair(named) && this.mayBeElsewhere(keyName);
    return isOfElsewhere || (named !== undefined && this.generatedFor(keyName).some((pair) => mayBeIdOf(pair, named)));
  }

  /** Whether one whose private part is in a parameter may have a name. */
  mayBeGenerated(keyName: Text): boolean {
    return this.generatedFor(keyName).length > 0;
  }

  /** Whether one whose private part no stack creates may have a name. */
  mayBeOfOthers(keyName: Text): boolean {
    return this.givenFor(keyName).length > 0 || this.mayBeElsewhere(keyName);
  }

  /** The public parts that others imported under a name. */
  private givenFor(keyName: Text): Text[] {
    const name = this.nameOf(keyName);
    return this.pairs.filter((pair) => mayBeKeyOf(pair, name)).flatMap((pair) => textOf(pair.property('PublicKeyMaterial')) ?? []);
  }

  private generatedFor(keyName: Text): StackResource[] {
    const name = this.nameOf(keyName);
    return this.pairs.filter((pair) => pair.property('PublicKeyMaterial') === undefined && mayBeKeyOf(pair, name));
  }

  /** The name that a template gives to the pair which it refers to. */
  private nameOf(keyName: Text): Text {
    return textOf(this.pairs.find(({ ref }) => ref.key === keyName.key)?.property('KeyName')) ?? keyName;
  }

  private mayBeElsewhere(keyName: Text): boolean {
    return !isReference(keyName) && !this.pairs.some((pair) => isKeyOf(pair, keyName));
  }
}

/** How secrets with the private key of a pair are called besides `ops-ssh-private-key`, `prod/ssh-key` or `id_rsa`. */
const OF_PAIRS = /key[_.-]?pair|\.pem$/i;

/** Instances find their key by its name as they start. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html */
const replacementsOf = (keyName: Text): CodeWrite[] => ['ec2:CreateKeyPair', 'ec2:ImportKeyPair'].map((action) => ({
  action, arn: arnOf('ec2', Text.join([Text.of('key-pair/'), keyName]), anyPart('Region'), anyPart('account')), afterOneOf: ['ec2:DeleteKeyPair'],
}));

const isKeyOf = (pair: StackResource, name: Text): boolean => equal(textOf(pair.property('KeyName')) ?? pair.ref, name) === 'yes';

/** An instance can name the key of another stack, and a parameter any key. */
const mayBeKeyOf = (pair: StackResource, name: Text): boolean => mayBeEqual(textOf(pair.property('KeyName')) ?? pair.ref, name);

function readsOf(pair: StackResource): CodeWrite[] {
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => pair.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`ID of ${pair.ref.key}`, { label: `${pair.logicalId}.KeyPairId`, excludes: ':/' }));
  const parameter = Text.join([Text.of(`parameter${KEY_PAIRS}`), id]);
  return readsOfKey(Text.join([Text.of('arn'), partition, Text.of('ssm'), region, account, parameter], ':'));
}

/** What follows an ID in a text. */
const AFTER_ID = /[^\w-]+/;

/** An ID can be written, too, of which no template shows what it is of. */
function mayBeIdOf(pair: StackResource, id: Text): boolean {
  const own = pair.attribute('KeyPairId');
  return isOfPair(id) ? own.unknowns.some((one) => originsOf(id).has(one.id)) : equal(own, id) !== 'no';
}

/** Also where it is in JSON, and so depends on the attribute. */
const isOfPair = (id: Text): boolean => [...unknownsOf(id)].some(({ resourceType }) => resourceType === PAIR);

/** The parameters of keys outside the templates, in which only their IDs are. A key that no stack creates has none. */
const OF_ANY = arnOf('ssm', Text.join([Text.of(`parameter${KEY_PAIRS}`), anyPart('ID')]), anyPart('Region'), anyPart('account'));

const readsOfKey = (arn: Text): CodeWrite[] => READS_OF_PARAMETERS.map((action) => ({ action, arn }));
