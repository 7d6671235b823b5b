import { Finding } from '../findings/finding';
import { valueKey } from '../values/resolved';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** A comparison in the conditions of a template that only the deployment decides. */
export class Atom {
  /** Two comparisons of the same values have the same key. */
  readonly key: string;

  /** @param condition the condition in which it is. */
  constructor(readonly one: Text, readonly other: Text, readonly condition: string) {
    this.key = [valueKey(one), valueKey(other)].sort().join('=');
  }
}

/** A comparison, and whether it holds. */
export interface Answer {
  readonly atom: Atom;
  readonly truth: Truth;
}

/** Which of several resources with one ARN is deployed. */
export interface Choice {
  /** `A/Role instead of B/Role`. */
  readonly label: string;
  /** What has to be known, and how to state it. */
  readonly settledBy: string;
}

/** One of the ways in which the conditions of the templates can turn out, and of several resources with one ARN, which one is deployed. */
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

  /** What some of all assignments have in common, and none of the others has; undefined if that is nothing. */
  static labelOfAll(some: readonly Assignment[], all: readonly Assignment[]): string | undefined {
    const [{ decisions, choices }, ...others] = some;
    const common = new Assignment(
      decisions.filter((one) => others.every((other) => other.truthOf(one.atom) === one.truth)),
      [],
      choices.filter(({ label }) => others.every((other) => other.choices.some((choice) => choice.label === label))),
    );
    const hasCommon = (other: Assignment) => common.decisions.every(({ atom, truth }) => [truth, 'unknown'].includes(other.truthOf(atom)))
      && common.choices.every(({ label }) => other.choices.some((choice) => choice.label === label));
    return all.some((other) => !some.includes(other) && hasCommon(other)) ? undefined : common.label;
  }

  private readonly known: Map<string, Truth>;

  private constructor(
    private readonly decisions: readonly Answer[], readonly findings: readonly Finding[] = [], readonly choices: readonly Choice[] = [],
  ) {
    this.known = new Map(decisions.map(({ atom, truth }) => [atom.key, truth]));
  }

  /** Whether every comparison that matters is decided, for the branches that `assignmentsOf` returns. */
  get isComplete(): boolean {
    return this.findings.length === 0;
  }

  with(atom: Atom, holds: boolean): Assignment {
    return new Assignment([...this.decisions, { atom, truth: holds ? 'yes' : 'no' }]);
  }

  choosing(choice: Choice): Assignment {
    return new Assignment(this.decisions, this.findings, [...this.choices, choice]);
  }

  /** With a reason why nothing may be concluded. */
  withFinding(finding: Finding): Assignment {
    return new Assignment(this.decisions, [...this.findings, finding], this.choices);
  }

  truthOf(atom: Atom): Truth {
    if (this.decisions.length === 0) {
      return 'unknown'; // without an entry in what is known, because all proofs have this assignment
    }
    const known = this.known.get(atom.key) ?? this.followsFor(atom);
    this.known.set(atom.key, known);
    return known;
  }

  /** What follows from the decisions about the same value with other literals. */
  private followsFor(atom: Atom): Truth {
    const others = this.decisions.filter((decision) => excludes(decision.atom, atom));
    if (others.some(({ truth }) => truth === 'yes')) {
      return 'no';
    }
    const { value: { values }, literal } = sidesOf(atom);
    const left = values?.filter((value) => !others.some(({ atom: other }) => sidesOf(other).literal === value));
    return left?.length === 1 && left[0] === literal ? 'yes' : 'unknown';
  }

  /** Names the conditions, and whether they hold, and what is chosen; empty if neither matters. */
  get label(): string {
    const conditions = this.decisions.map(({ atom: { one, other, condition }, truth }) =>
      `${condition} (${shownText(one)} ${truth === 'yes' ? 'is' : 'is not'} ${shownText(other)})`);
    return [...conditions, ...this.choices.map(({ label }) => label)].join(', ');
  }
}

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
