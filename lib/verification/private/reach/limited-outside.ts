import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { Interned } from '../values/interned';

/** Requests that give the credentials of another role, or hand one over. */
const OF_ROLES = ['sts:AssumeRole', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy'];

/**
 * Why credentials of a role outside the templates might lead to others, although a session policy limits them: it allows requests that do. Without a session policy,
 * nothing is denied to a role of which nothing is known.
 */
export const limitedOutside = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  found.filter(({ isObtained, role, sessionPolicy }) => isObtained !== 'no' && sessionPolicy !== undefined && !isInTemplates(role)).flatMap((credentials) =>
    requestsOf(credentials, roles, leadingOn(roles)).map((action): OtherCredentials => ({
      what: `${holderName(credentials.role)}, which is not in the templates, may request ${action}, and so might lead to other credentials`,
      place: credentials.sessionPolicy?.place,
      excludedBy: 'noOtherCredentials',
    }))).slice(0, 1);

const leadingOn = ({ programs }: RoleIndex): readonly string[] =>
  actions.of([programs], () => [...new Set([...OF_ROLES, ...programs.takeovers, ...programs.writes])]);

const actions = new Interned<readonly string[]>();
