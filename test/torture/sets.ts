import { Applying, firstBottom, isRemade } from './applying';
import { Ending } from './ending';
import type { Content } from './kinds';
import type { Model } from './model';
import { copyOf, Entry, isHeld, sameContent, sameWanted, Saved, SetName, SetRecord, stackOf, Wanted } from './record';

/** The outcome of an Update. */
export interface UpdateResult {
  readonly error?: string;
  /** Whether the physical ID must change or stay the same; undefined if both are allowed. */
  readonly id?: 'new' | 'same';
}

/** The effects of events on sets in the model. */
export class Sets {
  constructor(private readonly model: Model) {}

  public create(set: SetName, wanted: Wanted): string | undefined {
    const { model } = this;
    const earlier = model.records.get(set);
    const retained = [...earlier?.entries ?? []]
      .map(([identity, entry]): [string, Entry] => [identity, entry.holding === 'left' ? entry : { ...entry, bottom: { was: 'retained', before: entry } }]);
    const record: SetRecord = { wanted: { ...wanted, objects: {} }, entries: new Map(retained) };
    model.records.set(set, record);
    const error = new Applying(model, set, record).forward(wanted);
    if (error) {
      model.records.delete(set);
      if (earlier) {
        model.records.set(set, earlier);
      }
    }
    return error;
  }

  public update(set: SetName, wanted: Wanted): UpdateResult {
    const record = this.model.records.get(set)!;
    if (this.isUndo(record, wanted)) {
      const { idChanged, isUndone } = record.before ?? {};
      const isRepeated = sameWanted(record.wanted, wanted);
      const undone = this.saved(set, record);
      this.undo(set, record, wanted);
      const isNewId = (idChanged && !isUndone) || this.isPending(set);
      const isKept = isNewId && (isRepeated ? isUndone : !idChanged);
      record.before = isKept ? { ...undone, idChanged: true, isUndone: true } : undefined;
      return { id: isNewId ? 'new' : undefined };
    }
    settle(record);
    const before = this.saved(set, record);
    const there = Object.keys(wanted.objects).filter((identity) => this.model.things.has(identity));
    const others = there.filter((identity) => this.model.owner(identity) !== set);
    const error = new Applying(this.model, set, record).forward(wanted);
    if (error) {
      return { error };
    }
    const { existing } = before.wanted;
    const givesUp = existing !== wanted.existing && (existing === 'TAKE_OVER' || [existing, wanted.existing].includes('KEEP'));
    const takes = others.some((identity) => this.model.owner(identity) === set);
    const id = givesUp || takes || this.isPending(set) ? 'new' : before.wanted.existing === 'KEEP' ? undefined : 'same';
    record.before = { ...before, idChanged: id === 'new' };
    return { id };
  }

  public isUndo(record: SetRecord, wanted: Wanted): boolean {
    return sameWanted(record.wanted, wanted) || record.before !== undefined && !record.before.isUndone && sameWanted(record.before.wanted, wanted);
  }

  public cleanUp(set: SetName): void {
    const record = this.model.records.get(set);
    if (record) {
      new Ending(this.model, set, record).cleanUp();
    }
  }

  /** A Delete for the current ID of the set. */
  public remove(set: SetName): void {
    const record = this.model.records.get(set);
    if (record) {
      new Ending(this.model, set, record).all();
    }
  }

  /** A rollback of an Update with a new ID, by a Delete of that ID alone. */
  public rollBackAlone(set: SetName): void {
    const record = this.model.records.get(set)!;
    this.undo(set, record, record.before!.wanted);
    this.cleanUp(set);
  }

  /** Whether a Delete of the current ID alone can roll back the last Update. */
  public canRollBackAlone(set: SetName): boolean {
    return this.model.records.get(set)?.before?.idChanged ?? false;
  }

  /** Whether any entry waits for the clean-up. */
  public isPending(set: SetName): boolean {
    return [...this.model.records.get(set)!.entries.values()].some(({ ending }) => ending);
  }

  private saved(set: SetName, { wanted, entries }: SetRecord): Saved {
    const copy = new Map([...entries].map(([identity, entry]) => [identity, copyOf(entry)]));
    return { wanted, entries: copy, owners: new Map([...copy.keys()].map((identity) => [identity, this.ownerOf(set, identity)])) };
  }

  /** An object that no longer exists still belongs to the set. */
  private ownerOf(set: SetName, identity: string): SetName | undefined {
    return this.model.things.has(identity) ? this.model.owner(identity) : set;
  }

  /** Restores the state before the last Update. */
  private undo(set: SetName, record: SetRecord, wanted: Wanted): void {
    const before = record.before && sameWanted(record.before.wanted, wanted) ? record.before : this.saved(set, record);
    const applying = new Applying(this.model, set, record);
    const isKept = wanted.existing === 'KEEP' && record.wanted.existing === 'KEEP';
    applying.drop(wanted);
    record.wanted = wanted;
    record.before = undefined;
    for (const [identity, content] of Object.entries(wanted.objects)) {
      const was = before.entries.get(identity);
      if (was) {
        const then = this.wantedAgain(identity, was, content, wanted);
        record.entries.set(identity, isKept && isHeld(then) ? then : this.undone(set, record, identity, then, before));
      }
    }
  }

  /** Under KEEP, a set holds only what an earlier stack has retained, with the content of that time, and what waits for the clean-up. */
  private wantedAgain(identity: string, was: Entry, content: Content, { existing }: Wanted): Entry {
    const isGone = was.bottom.was === 'retained' && !was.ending && !this.model.things.has(identity);
    if (!isHeld(was) || existing === 'KEEP' && !isGone) {
      return { ...was };
    }
    return { ...was, content, ...(existing === 'KEEP' && { holding: 'kept' }) };
  }

  private undone(set: SetName, record: SetRecord, identity: string, was: Entry, { owners }: Saved): Entry {
    const { model } = this;
    const applying = new Applying(model, set, record);
    const now = record.entries.get(identity);
    const thing = model.things.get(identity);
    const owner = model.owner(identity);
    const asBefore: Entry = { ...was };
    if (was.ending) { // it was already waiting for the clean-up
      return asBefore;
    }
    const before = owners.get(identity);
    const wasOther = was.holding === 'kept' ? was.uid !== thing?.uid || before !== undefined && before !== set : now !== undefined && isTaken(now, was);
    const isTakenSince = wasOther && isHeld(was); // a sibling that owned it before has taken it back by now, or will
    if (was.holding === 'left' && thing || wasOther && thing && owner === set || isTakenSince && thing) {
      return owner === set || isTakenSince ? { ...now!, ending: 'dropped', after: asBefore } : asBefore;
    }
    if (!thing) {
      const hasRun = model.isKind(identity, 'Job') && sameContent(now?.content ?? was.content, was.content);
      return hasRun && was.holding !== 'left' ? asBefore : model.make(set, identity, was.content, was.holding === 'held' ? 'held' : 'kept');
    }
    if (was.holding === 'kept') {
      if (owner === set) {
        model.keep(set, identity, now!, was.content);
      }
      return asBefore;
    }
    if (owner === set) {
      const entry: Entry = { ...now!, ending: undefined, after: undefined };
      const isStuck = model.isImmutable(identity, was.content) && !isRemade(model, set, identity, entry);
      return isStuck ? entry : applying.change(identity, entry, was.content);
    }
    if (now?.holding === 'kept' && now.uid === thing.uid) {
      return applying.own(identity, now, was.content);
    }
    return isHeld(was) && this.isToRestore(set, identity, was) ? applying.take(identity, was.content) : asBefore;
  }

  /** Whether a sibling owns an object that belonged to the set before, and not to another stack or to nobody. */
  private isToRestore(set: SetName, identity: string, was: Entry): boolean {
    const { model } = this;
    const [owner, ...others] = model.listing(identity);
    if (!owner || stackOf(owner) !== stackOf(set)) {
      return false;
    }
    const strangers = others.filter((other) => stackOf(other) !== stackOf(set));
    return was.uid === model.things.get(identity)!.uid
      ? strangers.every((other) => model.entryOf(other, identity).epoch < was.epoch)
      : strangers.length === 0 && firstBottom(model.entryOf(owner, identity)).was === 'absent';
  }
}

/** Whether a set has taken an object that it did not have before. */
function isTaken(now: Entry, was: Entry): boolean {
  return now.uid === was.uid ? now.epoch > was.epoch : now.epoch > 1 || firstBottom(now).was !== 'absent';
}

/** Retained objects belong to the stack from its first Update on, except under KEEP. */
function settle({ entries, wanted: { existing, objects } }: SetRecord): void {
  for (const identity of existing === 'KEEP' ? [] : Object.keys(objects)) {
    const entry = entries.get(identity);
    if (entry) {
      entry.bottom = firstBottom(entry);
    }
  }
}
