import { Finding } from '../findings/finding';
import { valueKey } from '../values/derived';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** A comparison in the conditions of a template that only the deployment decides. */
export interface Atom {
  readonly one: Text;
  readonly other: Text;
  /** The condition in which it is. */
  readonly condition: string;
}

interface Decided extends Atom { readonly holds: boolean }

/** One of the ways in which the conditions of the templates can turn out. */
export class Assignment {
  /** The assignment in which no comparison is decided. */
  static readonly UNDECIDED = new Assignment([]);

  /**
   * An assignment for conditions with too many outcomes. Values that depend on a condition are unknown, and resources with a condition count as existing. Do not
   * draw conclusions from this assignment.
   *
   * @param most how many branches are not too many.
   */
  static incomplete(most: number): Assignment {
    return new Assignment([], [{
      id: 'undecided-conditions',
      message: `The conditions of the templates have more than ${most} outcomes that matter, so what depends on them is unknown. `
        + 'Assume the values of parameters to decide some of them.',
    }]);
  }

  private constructor(private readonly decisions: readonly Decided[], readonly findings: readonly Finding[] = []) {}

  /** Whether every comparison that matters is decided, for the branches that `assignmentsOf` returns. */
  get isComplete(): boolean {
    return this.findings.length === 0;
  }

  with(atom: Atom, holds: boolean): Assignment {
    return new Assignment([...this.decisions, { ...atom, holds }]);
  }

  truthOf(atom: Atom): Truth {
    const decided = this.decisions.find((decision) => atomKey(decision) === atomKey(atom));
    if (decided) {
      return decided.holds ? 'yes' : 'no';
    }
    return this.decisions.some((decision) => decision.holds && excludes(decision, atom)) ? 'no' : 'unknown';
  }

  /** Names the conditions, and whether they hold; empty if no condition matters. */
  get label(): string {
    return this.decisions.map(({ one, other, condition, holds }) => `${condition} (${shownText(one)} ${holds ? 'is' : 'is not'} ${shownText(other)})`).join(', ');
  }
}

const atomKey = ({ one, other }: Atom) => [valueKey(one), valueKey(other)].sort().join('=');

/** Whether two comparisons are of the same value with different literals. */
function excludes(one: Atom, other: Atom): boolean {
  const [first, second] = [sidesOf(one), sidesOf(other)];
  const areLiterals = first.literal !== undefined && second.literal !== undefined;
  return areLiterals && first.literal !== second.literal && valueKey(first.value) === valueKey(second.value);
}

/** A value, and the literal that it is compared with. */
const sidesOf = ({ one, other }: Atom) =>
  (one.literal === undefined ? { value: one, literal: other.literal } : { value: other, literal: one.literal });

const shownText = (text: Text) => (text.literal === undefined ? text.toString() : JSON.stringify(text.literal));
