import { mayBeEqual } from '../../values/may-be-equal';
import { Resolved } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns } from '../code/deciding-variables';
import { OF_PARAMETERS, OF_SECRETS, writesOfStoredValue, writesOfTaken } from '../code/stored-writes';
import { replicasOf } from '../credentials/keys-in-resources';
import { Store, StoredValues } from '../credentials/stored-values';
import { nameIn, Service, ValueOfVariable, valuesOfVariables } from '../credentials/values-of-variables';

/**
 * The requests that change the variables of a task, a build or a function that decide what it runs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 */
export function writesOfVariables(properties: Resolved, stored: StoredValues): CodeWrite[] {
  const values = [...valuesOfVariables(properties, (name) => name !== ''), ...textsUnder(properties, /^BuildSpec$/).flatMap(valuesInBuildspec)]
    .flatMap((one) => writesOf(one, stored).map((write) => ({ name: one.name, write })));
  const scripts = values.length > 0 ? scriptsIn(properties) : [];
  const deciding = new Set([...new Set(values.map(({ name }) => name))].filter((name) => decidesWhatRuns(name, scripts)));
  return values.filter(({ name }) => deciding.has(name)).map(({ write }) => write);
}

function writesOf({ value, namedIn }: ValueOfVariable, stored: StoredValues): CodeWrite[] {
  const own = namedIn ? stored.withName(nameIn(value)) : [];
  const named = own.length > 0 ? own.flatMap(writesOfStore)
    : namedIn ? writesOfStoredValue(nameIn(value)).filter(({ action }) => namedIn.some((service) => action.startsWith(`${service}:`))) : [];
  return [...named, ...(namedIn ? replicatedAs(nameIn(value), stored).flatMap(writesOfStore) : []), ...writesOfTaken(value)];
}

const writesOfStore = ({ resource: { arn, type } }: Store): CodeWrite[] =>
  (arn ? (type === 'AWS::SSM::Parameter' ? OF_PARAMETERS : OF_SECRETS).map((action) => ({ action, arn })) : []);

/** The secrets that might have a replica with an ARN, which gets their values. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html */
const replicatedAs = (arn: Text, { all }: StoredValues): Store[] => (!arn.startsWith('arn:') ? []
  : all.filter(({ resource }) => resource.arn && replicasOf(resource, resource.arn).some((replica) => mayBeEqual(replica, arn))));

/** Where a buildspec has variables with values from elsewhere. @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html */
const SECTIONS: { readonly [name: string]: readonly Service[] } = { 'parameter-store': ['ssm'], 'secrets-manager': ['secretsmanager'] };

/** The names of variables. Those of the other parts of a buildspec between them, such as `phases`, have no value. */
const NAME = /^\w+$/;

/** The variables of a buildspec in JSON or YAML, of which the words are enough: a name has a colon after it, in JSON as a word of its own. */
function valuesInBuildspec(text: Text): ValueOfVariable[] {
  const words = Object.keys(SECTIONS).some((name) => `${text}`.includes(name)) ? wordsOf(text, /[\s"'{},]+/).filter(({ parts }) => parts.length > 0) : [];
  const found: ValueOfVariable[] = [];
  let namedIn: readonly Service[] | undefined;
  let name: string | undefined;
  for (const [i, word] of words.entries()) {
    const { literal = '' } = word;
    const key = literal.length > 1 && literal.endsWith(':') ? literal.slice(0, -1) : words[i + 1]?.literal === ':' ? literal : undefined;
    if (key !== undefined) {
      namedIn = Object.hasOwn(SECTIONS, key) ? SECTIONS[key] : NAME.test(key) ? namedIn : undefined;
      name = key;
    } else if (literal !== ':' && name !== undefined) {
      found.push(...(namedIn && NAME.test(name) ? [{ name, value: word, namedIn }] : []));
      name = undefined;
    }
  }
  return found;
}
