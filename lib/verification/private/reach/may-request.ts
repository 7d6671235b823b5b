import { Credentials } from './credentials';
import { decideWith } from './decide-with';
import { truthOf } from '../evaluation/outcomes';
import { SessionContext } from '../evaluation/session-context';
import { candidateResources } from '../policies/candidate-resources';
import { Text } from '../values/text';
import { anyOf, Truth } from '../values/truth';
import { ANY_RESOURCE } from '../values/wildcards';

/** Whether credentials allow an action on a resource, or on any. */
export function mayRequest(credentials: Credentials, action: string, resource?: Text, given: Readonly<Record<string, readonly Text[]>> = {}): Truth {
  const named = candidateResources(credentials.role.policies, action).map((candidate) => candidate.resource);
  const candidates = credentials.raise ? [...named, ANY_RESOURCE] : named;
  const resources = candidates.length === 0 ? [] : resource ? [resource] : candidates;
  const truths = resources.map((one) => truthOf(decideWith(credentials, { kind: 'none' }, {
    action, resource: one, context: SessionContext.ofRole({ ...credentials.session, resource: {}, given }),
  })));
  return anyOf(truths);
}
