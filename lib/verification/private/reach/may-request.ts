import { Credentials } from './credentials';
import { decideWith } from './decide-with';
import { oncePerSession } from './once-per-session';
import { wholesOf, withParts } from '../assignments/resource-index';
import { RoleIndex } from '../assignments/role-index';
import { takesNoResource } from '../aws-data/actions';
import { isOfKnownService, policyChanges } from '../deployment/policy-changes';
import { ResourceSide } from '../evaluation/grants';
import { truthOf } from '../evaluation/outcomes';
import { SessionContext } from '../evaluation/session-context';
import { isAbout } from '../findings/gap';
import { candidateResources } from '../policies/candidate-resources';
import { REPLACING } from '../resource-types/replacing-requests';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { anyOf, Truth } from '../values/truth';
import { ANY_RESOURCE } from '../values/wildcards';

type Given = Readonly<Record<string, readonly Text[]>>;

/**
 * Whether credentials allow an action on a resource, or on any: by their own policies, or by those of the resource, which they or something that is not read might
 * change first. That is never certain.
 */
export function mayRequest(credentials: Credentials, roles: RoleIndex, action: string, resource?: Text, given: Given = {}): Truth {
  const truth = isAllowed(credentials, roles, action, resource, given);
  return truth === 'no' && (mayBeGiven(credentials, roles, action, resource) || mayGiveItself(credentials, roles, action, resource)) ? 'unknown' : truth;
}

/**
 * The requests with which credentials might do what an action does, as a message has them: the action, or those that delete a thing and make another one with its name.
 * Undefined if they may not.
 */
export function requestsLike(credentials: Credentials, roles: RoleIndex, action: string): string | undefined {
  if (mayRequest(credentials, roles, action) !== 'no') {
    return action;
  }
  const replacing = REPLACING.get(action);
  return replacing?.every((one) => mayRequest(credentials, roles, one) !== 'no') ? replacing.join(' and ') : undefined;
}

/** The same by their own policies only. */
export const mayRequestByItself = (credentials: Credentials, action: string, resource: Text, given: Given = {}): boolean =>
  allows(credentials, { kind: 'none' }, action, resource, given) !== 'no';

/**
 * Those of some requests that credentials may make, on any resource, or that others do instead of them.
 *
 * @param actions one list for all that ask for these requests.
 */
export const requestsOf = (credentials: Credentials, roles: RoleIndex, actions: readonly string[]): readonly string[] =>
  oncePerSession(allowed, credentials, [actions, roles.granting, roles.opened, roles.unread],
    () => actions.filter((action) => requestsLike(credentials, roles, action) !== undefined));

const allowed = new Interned<readonly string[]>();

const CHANGED: ResourceSide = { kind: 'unknown', why: 'its policy might change' };

const mayBeGiven = (credentials: Credentials, roles: RoleIndex, action: string, resource?: Text): boolean =>
  (isOpened(roles, action, resource) || roles.unread.mayAllow(credentials.role, action)) && (!resource || allows(credentials, CHANGED, action, resource) !== 'no');

/** Whether something that is not read might change the policies of a resource, or of any, so that these allow an action. */
export const isOpened = ({ opened }: RoleIndex, action: string, resource?: Text): boolean =>
  opened !== undefined && !takesNoResource(action) && isAbout(opened, action, resource);

/** Whether credentials might change the policies of a resource, or of any, so that these allow an action. */
function mayGiveItself(credentials: Credentials, roles: RoleIndex, action: string, resource?: Text): boolean {
  if (!isOfKnownService(action) || (resource && allows(credentials, CHANGED, action, resource) === 'no')) {
    return false;
  }
  const changed = resource ? [...wholesOf(resource), resource] : [undefined];
  return policyChanges(action).some(({ request, only }) => only !== 'removes'
    && changed.some((one) => isAllowed(credentials, roles, request, one, {}) !== 'no'));
}

function isAllowed(credentials: Credentials, roles: RoleIndex, action: string, resource: Text | undefined, given: Given): Truth {
  const candidates = candidatesOf(credentials, action);
  const resources = candidates.length === 0 ? [] : resource ? [resource] : candidates;
  const own = anyOf(resources.map((one) => allows(credentials, { kind: 'none' }, action, one, given)));
  return own === 'yes' ? own : anyOf([own, ...grantedOn(credentials, roles, action, resource)
    .map(({ arn, side }) => allows(credentials, side, action, arn, given))]);
}

/** Whether credentials may be about one of some actions. Otherwise, they allow none of them on any resource. */
export const areAbout = (credentials: Credentials, roles: RoleIndex, actions: readonly string[]): boolean =>
  actions.flatMap((action) => [action, ...policyChanges(action).map(({ request }) => request)])
    .some((action) => isOpened(roles, action) || roles.unread.mayAllow(credentials.role, action) || candidatesOf(credentials, action).length > 0
      || roles.granting.to(credentials.role, action).length > 0);

/** What stands for all resources on which the policies of credentials might allow an action. The actions of IAM, STS and the like are allowed by no others. */
export const requestable = (credentials: Credentials, action: string): Text[] =>
  candidatesOf(credentials, action).filter((resource) => allows(credentials, { kind: 'none' }, action, resource) !== 'no');

/** A role whose permissions might be raised can be allowed to do it on any. */
function candidatesOf({ role, raise }: Credentials, action: string): Text[] {
  const named = candidateResources(role.policies, action).map(({ resource }) => resource);
  return raise ? [...named, ANY_RESOURCE] : named;
}

interface Granted { readonly arn: Text; readonly side: ResourceSide }

/** The resource, or else what stands for all of them, and the policies of those of the templates that might allow an action on it. */
function grantedOn({ role }: Credentials, { granting }: RoleIndex, action: string, resource?: Text): Granted[] {
  return granting.to(role, action).flatMap(({ account, arn, policies }) => {
    const side: ResourceSide = { kind: 'policies', account, policies };
    const parts = withParts(arn);
    const requested = resource ? parts.filter((part) => equal(part, resource) !== 'no').map(() => resource).slice(0, 1) : parts;
    return requested.map((one) => ({ arn: one, side }));
  });
}

/**
 * Whether credentials allow an action on a resource, with the policies of the resource. Who sends the request makes no difference: what a service does on behalf
 * of the principal, such as AWS CloudFormation as it creates a stack without a role, is done as well.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/fas-requests-and-permission-evaluation.html
 */
function allows(credentials: Credentials, side: ResourceSide, action: string, resource: Text, given: Given = {}): Truth {
  const facts = side.kind === 'none' ? {} : { arn: resource };
  const decided = (isForwarded: boolean) => {
    const context = SessionContext.ofRole({ ...credentials.session, resource: facts, isForwarded, given });
    return truthOf(decideWith(credentials, side, { action, resource, context }));
  };
  const truth = decided(false);
  return truth === 'no' && decided(true) !== 'no' ? 'unknown' : truth;
}
