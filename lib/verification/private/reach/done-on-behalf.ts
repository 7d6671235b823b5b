import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestable } from './may-request';
import { oncePerSession } from './once-per-session';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { unknownRequests, unknownRequestsOf } from '../model/unknown-requests';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { servicesNamedIn } from '../policies/services-of-policy';
import { isAboutAll, Statement } from '../policies/statement';
import { canBeAbout } from '../questions/asked-resource';
import { isAboutRequest } from '../questions/stated-requests';
import { Interned } from '../values/interned';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

/** Why a principal might have a service do for it what its own credentials do not allow. One reason is enough, because it makes everything unknown. */
export const doneOnBehalf = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role)).flatMap((credentials) =>
    oncePerSession(known, credentials, [roles], () => unknownRequest(credentials, roles))).slice(0, 1);

const known = new Interned<readonly OtherCredentials[]>();

function unknownRequest(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const { role, raise, sessionPolicy } = credentials;
  const { boundary } = raise ?? role;
  const allowed = raise ? unknownRequests() : role.policies.flatMap(requestsIn);
  const denied = raise ? [] : role.policies.map(deniedIn);
  const limits = [boundary, sessionPolicy].flatMap((policy) => (policy ? [new Set(requestsIn(policy))] : []));
  const action = allowed.find((name) => !roles.changesNothing.some((stated) => isAboutRequest(stated, name))
    && limits.every((limit) => limit.has(name)) && !denied.some((names) => names.has(name)) && mayRequest(credentials, roles, name) !== 'no'
    && !isFollowed(credentials, roles, name));
  return action === undefined ? [] : [{
    what: `${holderName(role)} may request ${action}, and it is not known what the service does on its behalf. If it changes nothing: changesNothing: ["${action}"]`,
    place: role.place,
    excludedBy: 'noOtherCredentials',
  }];
}

/** Whether a request can only be about what runs jobs in clusters of the templates: it is a way into these. */
function isFollowed(credentials: Credentials, { jobServices }: RoleIndex, action: string): boolean {
  const followed = jobServices.filter(({ actions, cluster }) => actions.includes(action) && cluster.isCreated).flatMap(({ arn }) => arn ?? []);
  const resources = followed.length === 0 ? [] : requestable(credentials, action);
  return resources.length > 0 && resources.every((resource) => followed.some((arn) => equal(arn, resource) === 'yes' || partsOf(arn).includes(resource)));
}

const partsOf = (arn: Text): Pattern => Pattern.join([Pattern.exact(arn), Pattern.glob(Text.of('/*'))]);

/** The requests of unknown effect that a policy may allow. Most policies are about known services only. */
const requestsIn = (policy: Policy): readonly string[] => requests.of([policy], () => {
  const { statements, problems } = parsePolicy(policy, 'identity');
  const isRead = problems.length === 0 && statements.every((statement) => statement.problems.length === 0);
  return isRead ? statements.filter(({ effect }) => effect === 'Allow').flatMap(namedIn) : unknownRequests();
});

const requests = new Interned<readonly string[]>();

/** Those that a policy denies in any case. Where everything else is allowed, there are thousands to ask about. */
const deniedIn = (policy: Policy): ReadonlySet<string> => denials.of([policy], () => {
  const denying = parsePolicy(policy, 'identity').statements.filter((statement) =>
    statement.effect === 'Deny' && statement.problems.length === 0 && statement.conditions?.length === 0 && isAboutAll(statement));
  return new Set(denying.flatMap((statement) => unknownRequests().filter((name) => matchesAction(statement, name) === 'yes')));
});

const denials = new Interned<ReadonlySet<string>>();

function namedIn(statement: Statement): string[] {
  const { resources } = statement;
  const named = servicesNamedIn(statement)?.flatMap(unknownRequestsOf) ?? unknownRequests();
  const patterns = resources && !resources.negated ? resources.values.map(withUnknowns) : undefined;
  return named.filter((name) => matchesAction(statement, name) !== 'no' && (!patterns || patterns.some((pattern) => canBeAbout(name, pattern))));
}
