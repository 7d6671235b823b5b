import { knownResource } from './known-resource';
import { AssignedModel } from '../assignments/assigned-model';
import { decideAccess } from '../evaluation/decide-access';
import { Decision } from '../evaluation/decision';
import { ResourceSide } from '../evaluation/grants';
import { SessionContext } from '../evaluation/session-context';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { grantsOf } from '../reach/grants-of';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** What credentials can do with one resource, and what is known of its policies. */
export function decide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, assigned: AssignedModel, withoutPolicy: readonly Pattern[],
): { readonly resource: Text; readonly side: ResourceSide; readonly decision: Decision } {
  const { side, facts } = knownResource(action, resource, assigned, withoutPolicy);
  const decision = decideAccess(credentials.session.role, grantsOf(credentials, side), {
    action, resource, context: SessionContext.ofRole({ ...credentials.session, resource: facts, given: context }),
  });
  return { resource, side, decision };
}
