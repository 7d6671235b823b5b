import { Credentials } from './credentials';
import { grantsOf } from './grants-of';
import { Question } from './question';
import { knownResource } from './resource-side';
import { View } from './view';
import { decideAccess } from '../evaluation/decide-access';
import { Decision } from '../evaluation/decision';
import { ResourceSide } from '../evaluation/grants';
import { SessionContext } from '../evaluation/session-context';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** What credentials can do with one resource, and what is known of its policies. */
export function decide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, view: View, withoutPolicy: readonly Pattern[],
): { readonly resource: Text; readonly side: ResourceSide; readonly decision: Decision } {
  const { side, facts } = knownResource(action, resource, view, withoutPolicy);
  const decision = decideAccess(credentials.session.role, grantsOf(credentials, side), {
    action, resource, context: SessionContext.ofRole({ ...credentials.session, resource: facts, given: context }),
  });
  return { resource, side, decision };
}
