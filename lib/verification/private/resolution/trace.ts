import { Answer, Assignment, Atom } from './assignment';
import { Finding } from '../findings/finding';
import { Truth } from '../values/truth';

/** What the resolution of a value asked and found. Wherever the comparisons have the same answers, the value and the findings are the same. */
export class Trace {
  /** The comparisons that were asked, by their keys, in this order. */
  readonly asked = new Map<string, Answer>();
  /** What the resolution found, by their keys. */
  readonly found = new Map<string, Finding>();
  /** What readers of resolved values found, by their keys. */
  readonly ofReaders = new Map<string, Finding>();
  private isOnce = false;
  private firstUndecided?: Atom;

  /** Whether other resolvers may have the value: not if it has a symbol of its own, or depends on what was being resolved at the time. */
  get isShared(): boolean {
    return !this.isOnce;
  }

  /** The first comparison that no assignment decided. */
  get undecided(): Atom | undefined {
    return this.firstUndecided;
  }

  ask(atom: Atom, truth: Truth): void {
    if (!this.asked.has(atom.key)) {
      this.asked.set(atom.key, { atom, truth });
      this.firstUndecided ??= truth === 'unknown' ? atom : undefined;
    }
  }

  find(key: string, finding: Finding): void {
    if (!this.found.has(key)) {
      this.found.set(key, finding);
    }
  }

  keepToResolver(): void {
    this.isOnce = true;
  }

  /** Adds what a part of the value asked and found. */
  add(part: Trace): void {
    part.asked.forEach(({ atom, truth }) => this.ask(atom, truth));
    part.found.forEach((finding, key) => this.find(key, finding));
    part.ofReaders.forEach((finding, key) => this.ofReaders.set(key, finding));
    this.isOnce ||= part.isOnce;
  }
}

/** A value, and what its resolution asked and found; no trace if that is nothing. */
export interface Traced<T> {
  readonly value: T;
  readonly trace?: Trace;
}

/** A value under all assignments for which it was resolved: which one depends on the answers to comparisons, one after the other. */
export type Outcomes<T> = Traced<T> | Branches<T>;

class Branches<T> {
  readonly outcomes = new Map<Truth, Outcomes<T>>();

  constructor(readonly atom: Atom) {}
}

/** The value for the answers of an assignment, if it was resolved for these. */
export function outcomeFor<T>(outcomes: Outcomes<T> | undefined, assignment: Assignment): Traced<T> | undefined {
  let outcome = outcomes;
  while (outcome instanceof Branches) {
    outcome = outcome.outcomes.get(assignment.truthOf(outcome.atom));
  }
  return outcome;
}

/** The outcomes, with one more. */
export function withOutcome<T>(outcomes: Outcomes<T> | undefined, traced: Traced<T>): Outcomes<T> {
  const answers = [...traced.trace?.asked.values() ?? []];
  const root = new Map<Truth, Outcomes<T>>(outcomes ? [['yes', outcomes]] : []);
  let [branches, answer]: [typeof root, Truth] = [root, 'yes'];
  for (const { atom, truth } of answers) {
    const known = branches.get(answer);
    const next = known instanceof Branches && known.atom.key === atom.key ? known : new Branches<T>(atom);
    branches.set(answer, next);
    [branches, answer] = [next.outcomes, truth];
  }
  branches.set(answer, traced);
  return root.get('yes')!;
}
