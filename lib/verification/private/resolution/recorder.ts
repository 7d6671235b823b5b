import { Assignment, Atom } from './assignment';
import { Store } from './shared-values';
import { outcomeFor, Trace, Traced, withOutcome } from './trace';
import { Truth } from '../values/truth';

/** A value that is being resolved. */
interface Frame {
  readonly outer?: Frame;
  symbols: number;
  /** Identifies the value in the assembly. Undefined for one that is not in a template, such as a reference in a text. */
  nameOf(): string | undefined;
}

/** Records on which comparisons each value depends under one assignment, so that it is resolved once for all assignments that answer them in the same way. */
export class Recorder {
  /** Of the value that is being resolved; of everything, if none is. */
  private trace?: Trace;
  private frame?: Frame;
  private symbolsElsewhere = 0;
  /** What is only for this resolver, by where it would be shared. */
  private readonly own = new Map<object, Map<unknown, Traced<unknown>>>();

  constructor(private readonly assignment: Assignment) {}

  /** What was asked and found, undefined if nothing was. */
  get recorded(): Trace | undefined {
    return this.trace;
  }

  truthOf(atom: Atom): Truth {
    const truth = this.assignment.truthOf(atom);
    this.note().ask(atom, truth);
    return truth;
  }

  /** The trace of what is being resolved, to add to it. */
  note(): Trace {
    this.trace ??= new Trace();
    return this.trace;
  }

  /**
   * A value that is known, or the one that `resolve` returns.
   *
   * @param shared the values that all resolvers share.
   */
  remember<K, T>(shared: Store<K, T>, key: K, resolve: () => T): T {
    const known = this.ownIn(shared, key) ?? outcomeFor(shared.get(key), this.assignment);
    if (known) {
      this.add(known.trace);
      return known.value;
    }
    const traced = this.record(resolve, { outer: this.frame, symbols: 0, nameOf: () => shared.nameOf(key) });
    if (traced.trace?.isShared ?? true) {
      shared.set(key, withOutcome(shared.get(key), traced));
    } else {
      this.own.set(shared, (this.own.get(shared) ?? new Map()).set(key, traced));
    }
    return traced.value;
  }

  /**
   * Identifies a symbol by the place of the value that is being resolved, so that it is the same in whichever order values are resolved: an assignment decides
   * comparisons with it, which others have to recognize. A value that has no place of its own is not shared.
   */
  symbol(): string {
    let { frame } = this;
    while (frame && frame.nameOf() === undefined) {
      frame = frame.outer;
    }
    if (!frame || frame !== this.frame) {
      this.note().keepToResolver();
    }
    return frame ? `${frame.nameOf()}, ${frame.symbols++}` : `${this.symbolsElsewhere++}`;
  }

  private ownIn<K, T>(shared: Store<K, T>, key: K): Traced<T> | undefined {
    return this.own.get(shared)?.get(key) as Traced<T> | undefined;
  }

  /** What a function returns, and what it asked and found. */
  record<T>(resolve: () => T, frame = this.frame): Traced<T> {
    const outer = { trace: this.replaceTrace(undefined), frame: this.frame };
    this.frame = frame;
    try {
      const value = resolve();
      return { value, trace: this.trace };
    } finally {
      this.frame = outer.frame;
      this.add(this.replaceTrace(outer.trace));
    }
  }

  private replaceTrace(trace: Trace | undefined): Trace | undefined {
    const before = this.trace;
    this.trace = trace;
    return before;
  }

  private add(trace?: Trace): void {
    if (trace) {
      this.note().add(trace);
    }
  }
}
