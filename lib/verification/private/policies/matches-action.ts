import { Statement, Values } from './statement';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { anyOf, not, Truth } from '../values/truth';

/** Whether a statement is about an action. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function matchesAction({ actions }: Statement, action: string): Truth {
  if (!actions) {
    return 'unknown';
  }
  const [lower, patterns] = [action.toLowerCase(), patternsOf(actions)];
  const matches = anyOf(patterns.map(({ start, isExact, pattern }): Truth => {
    const isPossible = isExact ? start === lower : lower.startsWith(start);
    return !isPossible || isExact ? (isPossible ? 'yes' : 'no') : pattern.matches(Text.of(lower));
  }));
  return actions.negated ? not(matches) : matches;
}

/** An action of a statement in lower case, which is compared with many requests. */
interface ActionPattern {
  /** The literal before wildcards and what only the deployment knows. */
  readonly start: string;
  /** Whether this is all of it. */
  readonly isExact: boolean;
  readonly pattern: Pattern;
}

const known = new WeakMap<Values, readonly ActionPattern[]>();

function patternsOf(actions: Values): readonly ActionPattern[] {
  const patterns = known.get(actions) ?? actions.values.map((value) => patternOf(value.toLowerCase()));
  known.set(actions, patterns);
  return patterns;
}

function patternOf(value: Text): ActionPattern {
  const [start] = value.start.split(/[*?]/);
  return { start, isExact: value.literal === start, pattern: Pattern.glob(value) };
}
