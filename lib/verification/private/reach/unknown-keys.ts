import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { oncePerSession } from './once-per-session';
import { wayToCopy } from './way-to-copy';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { podsWith } from '../model/credentials/pods-with';
import { KeyHolders, UnknownKey } from '../model/identities';
import { firstOfEach } from '../model/only-for-actions';
import { addTo } from '../values/add-to';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/**
 * Why a principal might read an access key of which the templates do not show whose it is. One reason is enough, because it makes everything unknown, or all that one
 * service does.
 */
export const unknownKeysWith = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  firstOfEach((roles.unknownKeys.length === 0 ? [] : found).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role))
    .flatMap((credentials) => oncePerSession(known, credentials, [roles], () => readableKeys(credentials, roles))), (one) => one);

const known = new Interned<readonly OtherCredentials[]>();

function readableKeys(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const allowed = requestsOf(credentials, roles, roles.readsOfUnknownKeys); // most may request none
  const possible = roles.unknownKeys.filter(({ isOnInstances }) => allowed.length > 0 || isOnInstances);
  return firstOfEach(possible, (copy) => {
    const way = wayToCopy({ ...copy, reads: copy.reads?.filter(({ action }) => allowed.includes(action)) }, credentials, roles);
    return way && reasonOf(copy, `${way.what}, and so might get ${copy.what}: ${copy.where}`, credentials.role.place);
  });
}

/** Those that pods have in their containers, or, if the templates do not show what they mount, may mount. */
export function unknownKeysOfPods(pods: Pods, roles: RoleIndex, isShown: boolean): OtherCredentials[] {
  const { unknownKeys } = roles;
  const possible = isShown ? ofAccount(pods, keysOfWorkloads.of([unknownKeys], () => byAccount(unknownKeys))) : unknownKeys;
  return firstOfEach(possible, (copy) => {
    const what = `${isShown ? 'pods' : 'the templates do not show what the pods mount, and they'} might have ${copy.what}: ${copy.where}`;
    return (isShown || copy.object || podsWith(copy)) && mayBeOf(copy.heldBy, pods) ? reasonOf(copy, what, copy.place) : undefined;
  });
}

/** Those of workloads, by the account of their pods, so that the work grows with the number of pods, and not with its square. */
type KeysOfWorkloads = ReadonlyMap<string, readonly UnknownKey[]>;

const keysOfWorkloads = new Interned<KeysOfWorkloads>();

/** Where those are of which only the deployment knows the account. */
const ANY_ACCOUNT = '';

function byAccount(keys: readonly UnknownKey[]): KeysOfWorkloads {
  const found = new Map<string, UnknownKey[]>();
  for (const key of keys) {
    const holders = podsWith(key);
    if (holders) {
      addTo(found, accountKey(holders), key);
    }
  }
  return found;
}

const ofAccount = (pods: Pods, keys: KeysOfWorkloads): UnknownKey[] => {
  const account = accountKey(pods);
  return account === ANY_ACCOUNT ? [...keys.values()].flat() : [account, ANY_ACCOUNT].flatMap((one) => keys.get(one) ?? []);
};

const accountKey = ({ namespace: { literal: namespace } = Text.EMPTY, serviceAccountName: { literal: name } = Text.EMPTY }: KeyHolders): string =>
  (namespace && name ? `${namespace}/${name}` : ANY_ACCOUNT);

const reasonOf = ({ only }: UnknownKey, what: string, place: OtherCredentials['place']): OtherCredentials => ({ what, place, excludedBy: 'noOtherCredentials', only });
