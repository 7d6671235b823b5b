import type { Content } from './kinds';
import { KEEPER, Model } from './model';
import { managerOf } from './names';
import { Bottom, copyOf, Entry, isHeld, SetName, SetRecord, stackOf, Wanted } from './record';

/** What becomes of one object on the way forward; an error where that is one. */
type Decision = { readonly error: string } | { readonly entry: () => Entry | undefined };

/** Create and Update on the way forward: the table of decisions/0003. */
export class Applying {
  constructor(private readonly model: Model, private readonly set: SetName, private readonly record: SetRecord) {}

  /** @returns why it fails, with nothing changed. */
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

  /** What is no longer wanted stays until the clean-up Delete. */
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

  /** Applies what differs, where need be to a new object. */
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

  /** What the set has made only to keep it becomes its own. */
  public own(identity: string, entry: Entry, content: Content): Entry {
    const owned = this.change(identity, { ...entry, holding: 'held' }, content);
    const thing = this.model.things.get(identity)!;
    thing.apply(KEEPER, {});
    thing.kept = false;
    return owned;
  }

  /** A set that only keeps what is there gives up what it managed. */
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

  /** No Delete came for a set that has handed on what it still lists: its manager goes with the next Update. */
  private clearEarlier(identity: string, before: Entry, content: Content): void {
    for (const earlier of before.chain.filter((other) => stackOf(other) === stackOf(this.set) && this.model.listing(identity).includes(other))) {
      this.model.giveBack(identity, earlier, before, content, true);
      this.model.things.get(identity)!.apply(managerOf(earlier), {});
    }
  }
}

/** Whether an object that cannot be changed is deleted and made anew. */
export function isRemade(model: Model, set: SetName, identity: string, entry: Entry): boolean {
  return model.isKind(identity, 'Job', 'RoleBinding') && isMadeByUs(entry) && model.listing(identity).every((other) => other === set);
}

const isMadeByUs = (entry: Entry) => firstBottom(entry).was === 'absent';

/** What was there before the first stack of the name. */
export const firstBottom = ({ bottom }: Entry): Bottom => (bottom.was === 'retained' ? firstBottom(bottom.before) : bottom);
