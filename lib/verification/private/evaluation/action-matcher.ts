import { Match, no, unknown, yes } from './match';
import { like, matchesGlob } from './matches';
import { Statement, Values } from '../policies/statement';
import { Text } from '../values/text';

/** The action patterns of a statement, by service, because a policy can have thousands of actions. */
class Actions {
  private readonly byService = new Map<string, Array<{ text: Text; pattern: string }>>();
  private readonly ofAnyService: Text[] = [];

  constructor({ values }: Values) {
    for (const text of values) {
      const pattern = text.literal?.toLowerCase();
      const service = pattern?.slice(0, pattern.indexOf(':'));
      if (pattern === undefined || service === undefined || !pattern.includes(':') || /[*?]/.test(service)) {
        this.ofAnyService.push(text);
      } else {
        const ofService = this.byService.get(service) ?? [];
        ofService.push({ text, pattern });
        this.byService.set(service, ofService);
      }
    }
  }

  match(action: string): Match {
    const lower = action.toLowerCase();
    const found = this.byService.get(lower.slice(0, lower.indexOf(':')))?.find(({ pattern }) => matchesGlob(pattern, lower));
    if (found) {
      return yes(found.text.toString());
    }
    const request = Text.of(lower);
    const others = this.ofAnyService.map((text) => ({ text, truth: like([{ text: text.toLowerCase(), isVariable: false }], request) }));
    const [certain, possible] = (['yes', 'unknown'] as const).map((truth) => others.find((other) => other.truth === truth));
    return certain ? yes(certain.text.toString())
      : possible ? unknown(`${action} may match ${possible.text}`, possible.text.unknowns.map(({ label }) => label))
        : no(`${action} is not among the actions`);
  }
}

const known = new WeakMap<Values, Actions>();

function indexOf(values: Values): Actions {
  const index = known.get(values) ?? new Actions(values);
  known.set(values, index);
  return index;
}

/**
 * Whether a statement is about an action. Actions are compared without regard to case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
 */
export function matchAction({ actions }: Pick<Statement, 'actions'>, action: string): Match {
  if (!actions) {
    return unknown('its actions are not known', []);
  }
  const match = indexOf(actions).match(action);
  if (!actions.negated) {
    return match;
  }
  return match.truth === 'yes' ? no(`NotAction ${match.why} excludes ${action}`) : match.truth === 'no' ? yes(`NotAction does not exclude ${action}`) : match;
}
