import { Credentials } from './credentials';
import { decideWith } from './decide-with';
import { truthOf } from '../evaluation/outcomes';
import { SessionContext } from '../evaluation/session-context';
import { candidateResources } from '../policies/candidate-resources';
import { Text } from '../values/text';
import { anyOf, Truth } from '../values/truth';
import { ANY_RESOURCE } from '../values/wildcards';

type Given = Readonly<Record<string, readonly Text[]>>;

/** Whether credentials allow an action on a resource, or on any. */
export function mayRequest(credentials: Credentials, action: string, resource?: Text, given: Given = {}): Truth {
  const candidates = candidatesOf(credentials, action);
  const resources = candidates.length === 0 ? [] : resource ? [resource] : candidates;
  return anyOf(resources.map((one) => allows(credentials, action, one, given)));
}

/** Whether credentials may be about one of some actions. Otherwise, they allow none of them on any resource. */
export const areAbout = (credentials: Credentials, actions: readonly string[]): boolean =>
  actions.some((action) => candidatesOf(credentials, action).length > 0);

/** What stands for all resources on which credentials might allow an action. */
export const requestable = (credentials: Credentials, action: string): Text[] =>
  candidatesOf(credentials, action).filter((resource) => allows(credentials, action, resource) !== 'no');

/** A role whose permissions might be raised can be allowed to do it on any. */
function candidatesOf({ role, raise }: Credentials, action: string): Text[] {
  const named = candidateResources(role.policies, action).map(({ resource }) => resource);
  return raise ? [...named, ANY_RESOURCE] : named;
}

const allows = (credentials: Credentials, action: string, resource: Text, given: Given = {}): Truth => truthOf(decideWith(credentials, { kind: 'none' }, {
  action, resource, context: SessionContext.ofRole({ ...credentials.session, resource: {}, given }),
}));
