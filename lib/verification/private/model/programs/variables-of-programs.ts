import { mayBeEqual } from '../../values/may-be-equal';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { CodeWrite } from '../code/code-write';
import { scriptsIn } from '../code/commands';
import { decidesWhatRuns } from '../code/deciding-variables';
import { OF_PARAMETERS, OF_SECRETS, writesOfStoredValue, writesOfTaken } from '../code/stored-writes';
import { replicasOf } from '../credentials/readable-resources';
import { Store, StoredValues } from '../credentials/stored-values';
import { nameIn, ValueOfVariable, valuesOfVariables } from '../credentials/values-of-variables';

/**
 * The requests that change the variables of a task, a build or a function that decide what it runs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
 */
export function writesOfVariables(properties: Resolved, stored: StoredValues): CodeWrite[] {
  const values = valuesOfVariables(properties, (name) => name !== '').flatMap((one) => writesOf(one, stored).map((write) => ({ name: one.name, write })));
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
