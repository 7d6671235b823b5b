import { Decided } from './decided';
import { knownResource } from './known-resource';
import { AssignedModel } from '../assignments/assigned-model';
import { Decision } from '../evaluation/decision';
import { ResourceSide } from '../evaluation/grants';
import { weakest } from '../evaluation/outcomes';
import { Question } from '../questions/question';
import { Credentials } from '../reach/credentials';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** What the decisions about a question have in common. */
export interface Deciding {
  /** Of resources that are assumed to have no policy. */
  readonly withoutPolicy: readonly Pattern[];
  readonly decided: Decided;
}

/**
 * What credentials can do with one resource, and what is known of its policies. The tags of a session are passed on when it assumes a role, which takes another
 * permission.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function decide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, assigned: AssignedModel, { withoutPolicy, decided }: Deciding,
): { readonly resource: Text; readonly side: ResourceSide; readonly decision: Decision } {
  const { side, facts, directRegion: region } = knownResource(action, resource, assigned, withoutPolicy);
  const direct = region && decided.decide(credentials, { action, context, resource, side, facts: { ...facts, region } });
  if (direct?.outcome === 'ALLOWED') {
    return { resource, side, decision: direct };
  }
  const ofAction = (one: string): Decision => decided.decide(credentials, { action: one, context, resource, side, facts });
  const passesTags = action.toLowerCase() === 'sts:assumerole' && (credentials.session.sessionTags?.size ?? 0) > 0;
  return { resource, side, decision: passesTags ? weakest([ofAction(action), ofAction('sts:TagSession')]) : ofAction(action) };
}

/** The same with other policies of the resource than those of the templates. */
export function decideWithSide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, side: ResourceSide, assigned: AssignedModel,
  { withoutPolicy, decided }: Deciding,
): Decision {
  const { facts } = knownResource(action, resource, assigned, withoutPolicy);
  return decided.decide(credentials, { action, context, resource, side, facts });
}
