import type { Content } from './kinds';
import { KEEPER, Model } from './model';
import { managerOf } from './names';
import { Bottom, copyOf, Entry, isHeld, SetName, SetRecord, stackOf, Wanted } from './record';

/** What happens to one object when a set is applied, or why it is an error. */
type Decision = { readonly error: string } | { readonly entry: () => Entry | undefined };

/** Applies a set in a Create or Update, according to the table in decisions/0003-object-ownership.md. */
export class Applying {
  constructor(private readonly model: Model, private readonly set: SetName, private readonly record: SetRecord) {}

  /** @returns the reason of the failure, if it fails without a change. */
  public forward(wanted: Wanted): string | undefined {
    const decisions = Object.entries(wanted.objects).map(([identity, content]) => ({ identity, decision: this.decide(identity, content, wanted) }));
    const errors = decisions.flatMap(({ identity, decision }) => ('error' in decision ? [`${identity}: ${decision.error}`] : []));
    if (errors.length > 0) {
      return errors.join('; ');
    }
    this.drop(wanted);
    for (const { identity, decision } of decisions) {
      const entry = 'entry' in decision ? decision.entry() : undefined;
      if (entry) {
        this.record.entries.set(identity, entry);
      }
    }
    this.record.wanted = wanted;
    return undefined;
  }

  /** Objects that are no longer wanted stay until the clean-up Delete. */
  public drop(wanted: Wanted): void {
    for (const identity of Object.keys(this.record.wanted.objects).filter((each) => !(each in wanted.objects))) {
      const entry = this.record.entries.get(identity);
      const isKept = this.record.wanted.existing === 'KEEP' && entry?.bottom.was === 'retained';
      if (isHeld(entry) && !isKept) {
        entry.ending = 'dropped';
        entry.after = undefined;
      } else if (!isKept) {
        this.record.entries.delete(identity);
      }
    }
  }

  /** Applies the content, to a new object if an immutable field differs. */
  public change(identity: string, entry: Entry, content: Content, isForGood = false): Entry {
    if (this.model.isImmutable(identity, content)) {
      return { ...this.model.make(this.set, identity, content), chain: entry.chain };
    }
    this.model.apply(this.set, identity, entry, content, isForGood);
    return entry;
  }

  public take(identity: string, content: Content): Entry {
    const thing = this.model.things.get(identity)!;
    const listing = this.model.listing(identity);
    const entries = listing.map((other) => this.model.records.get(other)!.entries.get(identity)!);
    const [from] = entries.map(copyOf);
    const own = this.record.entries.get(identity);
    const entry: Entry = {
      content: from?.content ?? {},
      uid: thing.uid,
      epoch: 1 + Math.max(0, ...entries.map(({ epoch }) => epoch)),
      chain: from ? [listing[0], ...from.chain].filter((each) => each !== this.set) : [],
      bottom: own?.uid === thing.uid && own.bottom.was === 'retained' ? own.bottom : from ? firstBottom(from) : { was: 'foreign' },
      remembered: from?.remembered ?? new Map(),
      holding: 'held',
    };
    if (this.model.isImmutable(identity, content)) {
      return this.change(identity, entry, content);
    }
    this.model.apply(this.set, identity, entry, content);
    return entry;
  }

  private decide(identity: string, content: Content, { existing }: Wanted): Decision {
    const { model, set, record } = this;
    const thing = model.things.get(identity);
    const entry = record.entries.get(identity);
    if (!thing) {
      return { entry: () => (model.hasRun(set, identity, content) ? this.asRun(identity) : model.make(set, identity, content, existing === 'KEEP' ? 'kept' : 'held')) };
    }
    if (existing === 'KEEP') {
      return { entry: () => this.leave(identity, content) };
    }
    const owner = model.owner(identity);
    if (owner === set) {
      return model.isImmutable(identity, content) && !isRemade(model, set, identity, entry!) ? { error: 'cannot be changed in place' } : {
        entry: () => {
          const before = copyOf(entry!);
          const changed = this.change(identity, entry!, content, true);
          this.clearEarlier(identity, before, content);
          return changed;
        },
      };
    }
    if (owner) {
      if (stackOf(owner) !== stackOf(set) && existing === 'REFUSE') {
        return isHeld(entry) && entry.uid === thing.uid ? { entry: () => ({ ...entry, content, ending: undefined }) } : { error: `belongs to ${owner}` };
      }
      const theirs = model.records.get(owner)!.entries.get(identity)!;
      return model.isImmutable(identity, content) && !isRemade(model, set, identity, theirs) ? { error: 'cannot be changed in place' } : { entry: () => this.take(identity, content) };
    }
    if (entry?.holding === 'kept' && entry.uid === thing.uid) {
      return { entry: () => this.own(identity, entry, content) };
    }
    if (existing === 'REFUSE' || model.isKind(identity, 'Secret')) {
      return { error: 'already exists' };
    }
    return model.isImmutable(identity, content) ? { error: 'cannot be changed in place' } : { entry: () => this.take(identity, content) };
  }

  /** The set becomes the owner of an object that it created under KEEP. */
  public own(identity: string, entry: Entry, content: Content): Entry {
    const owned = this.change(identity, { ...entry, holding: 'held' }, content);
    const thing = this.model.things.get(identity)!;
    thing.apply(KEEPER, {});
    thing.kept = false;
    return owned;
  }

  /** A set that changes to KEEP gives up objects that it managed. */
  private leave(identity: string, content: Content): Entry {
    const entry = this.record.entries.get(identity);
    const uid = this.model.things.get(identity)!.uid;
    const left: Entry = { content, uid, epoch: 0, chain: [], bottom: { was: 'absent' }, remembered: new Map(), holding: 'left' };
    if (isHeld(entry) && entry.uid === uid) {
      return entry.bottom.was === 'retained' ? entry : { ...entry, ending: 'released', after: left };
    }
    return entry?.holding === 'kept' && entry.uid === uid ? entry : left;
  }

  private asRun(identity: string): Entry {
    const own = this.record.entries.get(identity);
    const { entries } = [...this.model.records.values()].find((record) => record.entries.has(identity))!;
    return { ...own ?? entries.get(identity)!, ending: undefined, after: undefined };
  }

  /** If no Delete arrived for a sibling whose object was taken, its field manager is removed with the next Update. */
  private clearEarlier(identity: string, before: Entry, content: Content): void {
    for (const earlier of before.chain.filter((other) => stackOf(other) === stackOf(this.set) && this.model.listing(identity).includes(other))) {
      this.model.giveBack(identity, earlier, before, content, true);
      this.model.things.get(identity)!.apply(managerOf(earlier), {});
    }
  }
}

/** Whether an object that cannot be changed is recreated. */
export function isRemade(model: Model, set: SetName, identity: string, entry: Entry): boolean {
  return model.isKind(identity, 'Job', 'RoleBinding') && entry.bottom.was === 'absent' && model.listing(identity).every((other) => other === set);
}


/** What existed before the first stack of this name. */
export const firstBottom = ({ bottom }: Entry): Bottom => (bottom.was === 'retained' ? firstBottom(bottom.before) : bottom);
