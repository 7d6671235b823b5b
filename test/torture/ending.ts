import { isForeign, KEEPER, Model } from './model';
import { managerOf } from './names';
import { Entry, isHeld, SetName, SetRecord, stackOf } from './record';
import { FIRST_APPLY, Thing } from './thing';

/** What happens to what a set says of its objects when that ends: the END rule of decisions/0003. */
export class Ending {
  constructor(private readonly model: Model, private readonly set: SetName, private readonly record: SetRecord) {}

  /** Ends what was dropped or given up. */
  public cleanUp(): void {
    for (const [identity, entry] of [...this.record.entries].filter(([, { ending }]) => ending)) {
      this.end(identity, entry);
    }
    this.record.before = undefined;
  }

  /** Ends the set. What is left of its record is what was retained. */
  public all(): void {
    for (const [identity, entry] of [...this.record.entries]) {
      this.end(identity, entry);
      const left = this.record.entries.get(identity);
      if (left && left !== (entry.bottom.was === 'retained' ? entry.bottom.before : undefined)) {
        this.record.entries.delete(identity);
      }
    }
    this.record.before = undefined;
    this.record.wanted = { ...this.record.wanted, objects: {} };
    if (this.record.entries.size === 0) {
      this.model.records.delete(this.set);
    }
  }

  private end(identity: string, entry: Entry): void {
    this.restore(identity, entry);
    if (entry.holding === 'held' && entry.bottom.was === 'retained' && this.model.things.get(identity)?.uid === entry.bottom.before.uid) {
      this.record.entries.set(identity, entry.bottom.before);
    } else if (entry.after) {
      this.record.entries.set(identity, entry.after);
    } else {
      this.record.entries.delete(identity);
    }
  }

  private restore(identity: string, entry: Entry): void {
    const { model, set } = this;
    const thing = model.things.get(identity);
    const manager = managerOf(set);
    const isUntouched = entry.bottom.was === 'retained' && !entry.ending && !(identity in this.record.wanted.objects);
    if (entry.holding !== 'held' || thing?.uid !== entry.uid || isUntouched) {
      return;
    }
    if (model.owner(identity) !== set) {
      model.giveBack(identity, set, entry);
      thing.apply(manager, {});
      return;
    }
    const next = entry.chain.find((other) => model.listing(identity).includes(other));
    if (next) {
      const theirs = model.records.get(next)!.entries.get(identity)!;
      model.giveBack(identity, set, entry, theirs.content);
      thing.apply(manager, {});
      thing.apply(managerOf(next), model.marked(next, theirs.content));
      this.share(thing, entry.after);
    } else if (entry.bottom.was === 'foreign') {
      this.giveBack(identity, thing, entry);
      thing.apply(manager, {});
    } else if (entry.bottom.was === 'retained' && entry.bottom.before.holding === 'kept') {
      thing.apply(KEEPER, entry.bottom.before.content);
      thing.apply(manager, {});
      thing.kept = true;
    } else if (entry.bottom.was === 'retained') {
      model.apply(set, identity, entry.bottom.before, entry.bottom.before.content);
    } else if (entry.ending === 'released' || this.isWanted(identity) || model.isKind(identity, 'Namespace', 'CustomResourceDefinition')) {
      model.giveBack(identity, set, entry);
      thing.disown(manager, 'owner');
    } else {
      model.things.delete(identity);
    }
  }

  /** The set says the same as before of what it did not own then. */
  private share(thing: Thing, before: Entry | undefined): void {
    if (!isHeld(before) || before.uid !== thing.uid) {
      return;
    }
    for (const [field, value] of Object.entries(before.content)) {
      if (!thing.values.has(field)) {
        thing.values.set(field, value);
      }
      if (thing.values.get(field) === value) {
        thing.managersOf(field).add(`Apply ${managerOf(this.set)}`);
      }
    }
  }

  /** Whether a set of the stack that only keeps what it finds lists the object. */
  private isWanted(identity: string): boolean {
    return [...this.model.records].some(([set, { entries, wanted }]) => stackOf(set) === stackOf(this.set) && set !== this.set
      && wanted.existing === 'KEEP' && entries.has(identity) && !isHeld(entries.get(identity)));
  }

  /** What only the set has said goes, also where the API server does not know any more that nobody else has. */
  private giveBack(identity: string, thing: Thing, entry: Entry): void {
    if (entry.bottom.was !== 'foreign') {
      return;
    }
    const known = new Set(entry.remembered.keys());
    this.model.giveBack(identity, this.set, entry);
    for (const [field, value] of Object.entries(entry.content)) {
      const others = [...thing.managers.get(field) ?? []].filter((manager) => isForeign(manager) && manager !== FIRST_APPLY);
      if (thing.everWiped && !known.has(field) && thing.values.get(field) === value && others.length === 0) {
        thing.remove(field);
      }
    }
  }
}
