import { Statement } from './statement';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { anyOf, not, Truth } from '../values/truth';

/** Whether a statement is about an action. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function matchesAction({ actions }: Statement, action: string): Truth {
  if (!actions) {
    return 'unknown';
  }
  const matches = anyOf(actions.values.map((value) => Pattern.glob(value.toLowerCase()).matches(Text.of(action.toLowerCase()))));
  return actions.negated ? not(matches) : matches;
}
