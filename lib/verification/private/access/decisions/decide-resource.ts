import { knownResource } from './known-resource';
import { decideAccess } from '../../evaluation/decide-access';
import { Decision } from '../../evaluation/decision';
import { ResourceSide } from '../../evaluation/grants';
import { SessionContext } from '../../evaluation/session-context';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { grantsOf } from '../reach/grants-of';
import { View } from '../world/view';

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
