import { Decided, Requested } from './decided';
import { KnownResource, knownResource } from './known-resource';
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

/** A decision about a resource, and what is known of its policies. */
interface DecidedOn { readonly resource: Text; readonly side: ResourceSide; readonly decision: Decision }

/**
 * What credentials can do with one resource, and what is known of its policies. The tags of a session are passed on when it assumes a role, which takes another
 * permission.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function decide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, assigned: AssignedModel, { withoutPolicy, decided }: Deciding,
): DecidedOn {
  const known = knownResource(action, resource, assigned, withoutPolicy);
  return decided.once(credentials, context, known, () => decideOn(known, credentials, { action, context, resource }, decided));
}

function decideOn(
  { side, facts, directFacts }: KnownResource, credentials: Credentials, { action, context, resource }: Pick<Requested, 'action' | 'context' | 'resource'>,
  decided: Decided,
): DecidedOn {
  const direct = directFacts && decided.decide(credentials, { action, context, resource, side, facts: directFacts });
  if (direct?.outcome === 'ALLOWED') {
    return { resource, side, decision: direct };
  }
  const ofAction = (one: string): Decision => decided.decide(credentials, { action: one, context, resource, side, facts });
  const passesTags = action.toLowerCase() === 'sts:assumerole' && (credentials.session.sessionTags?.size ?? 0) > 0;
  return { resource, side, decision: passesTags ? weakest([ofAction(action), ofAction('sts:TagSession')]) : ofAction(action) };
}

/** What a resource might be instead of what the templates show. */
export interface OtherSide {
  readonly side: ResourceSide;
  /** Whether its tags might be others, too. */
  readonly hasOtherTags?: boolean;
}

/** The same with other policies of the resource than those of the templates. */
export function decideWithSide(
  credentials: Credentials, { action, context }: Pick<Question, 'action' | 'context'>, resource: Text, { side, hasOtherTags }: OtherSide, assigned: AssignedModel,
  { withoutPolicy, decided }: Deciding,
): Decision {
  const { facts } = knownResource(action, resource, assigned, withoutPolicy);
  return decided.decide(credentials, { action, context, resource, side, facts: hasOtherTags ? { ...facts, tags: undefined } : facts });
}
