import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { mayWrite } from './may-write';
import { oncePerSession } from './once-per-session';
import { takenOverBy } from './taken-over-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { TakenValue } from '../model/taken-value';
import { Interned } from '../values/interned';

/**
 * Why credentials might decide about access in the next deployment, which takes a value from where they change it. What the value decides is not
 * followed. One reason is enough, because it makes everything unknown.
 */
export const takenByDeployments = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  (roles.takenValues.length === 0 ? [] : found).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role))
    .flatMap((credentials) => oncePerSession(known, credentials, [roles], () => decidedValue(credentials, roles))).slice(0, 1);

/** The requests with which credentials might change the code of functions, by the ARNs of these. */
const functionsChangedBy = (credentials: Credentials, roles: RoleIndex): ReadonlyMap<string, string> =>
  new Map(takenOverBy(credentials, roles).flatMap(({ program, action }) => program.arns.map((arn) => [arn.key, action] as const)));

const known = new Interned<readonly OtherCredentials[]>();

function decidedValue(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const { role } = credentials;
  const allowed = requestsOf(credentials, roles, roles.changesOfTaken); // most roles may request none
  const changed = allowed.length === 0 ? new Map<string, string>() : functionsChangedBy(credentials, roles);
  const requestFor = ({ writes, functions }: TakenValue): string | undefined =>
    writes.find((write) => allowed.includes(write.action) && mayWrite(credentials, roles, write))?.action
      ?? functions.map((arn) => changed.get(arn.key)).find((action) => action !== undefined);
  const value = roles.takenValues.find(requestFor);
  return value === undefined ? [] : [{
    what: `${holderName(role)} may request ${requestFor(value)}, and so might decide what the next deployment takes for ${value.what} from ${value.from}`,
    place: role.place,
    excludedBy: 'noOtherCredentials',
  }];
}
