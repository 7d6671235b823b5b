import type { Content } from './kinds';
import { isForeign, Model } from './model';
import { managerOf, markOf } from './names';
import { Entry, isHeld, SetName, SetRecord, stackOf } from './record';
import { FIRST_APPLY, Thing } from './thing';

/** Whether the object shows that the set has applied it. Someone can clear the managed fields, and someone can write the annotation. */
const isProven = (thing: Thing, set: SetName) => thing.has(managerOf(set)) || thing.values.get('owner') === markOf(set);

/** Ends the entries of a set, according to the second table in decisions/0003-object-ownership.md. */
export class Ending {
  constructor(private readonly model: Model, private readonly set: SetName, private readonly record: SetRecord) {}

  /** Ends entries that were dropped or released. */
  public cleanUp(): void {
    for (const [identity, entry] of [...this.record.entries].filter(([, { ending }]) => ending)) {
      this.end(identity, entry);
      if (entry.bottom.was === 'retained' && this.record.entries.get(identity) === entry.bottom.before) {
        this.record.entries.set(identity, { ...entry.bottom.before, bottom: entry.bottom }); // retained again
      }
    }
    this.record.before = undefined;
  }

  /** Ends the set. Only retained entries stay in its record. */
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
    const before = entry.bottom.was === 'retained' ? entry.bottom.before : undefined;
    if (before && before.holding !== 'left' && this.model.things.get(identity)?.uid === before.uid) {
      this.record.entries.set(identity, before);
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
    const { existing, objects } = this.record.wanted;
    const isWanted = identity in objects && existing !== 'KEEP';
    const isUntouched = entry.bottom.was === 'retained' && !isWanted && entry.ending !== 'dropped';
    if (entry.holding !== 'held' || thing?.uid !== entry.uid || isUntouched) {
      return;
    }
    if (!isProven(thing, set)) {
      return;
    }
    if (model.owner(identity) !== set) {
      model.giveBack(identity, set, entry);
      thing.apply(manager, {});
      return;
    }
    const others = model.listing(identity).filter((other) => other !== set);
    if (others.length > 0) {
      const still = entry.after ?? (entry.bottom.was === 'retained' ? entry.bottom.before : undefined);
      const before = isHeld(still) && still.uid === thing.uid ? still : undefined;
      const above = others.filter((other, i) => (before ? model.entryOf(other, identity).epoch > before.epoch : i === 0)).reverse();
      const theirs = Object.assign({}, ...above.map((other) => model.entryOf(other, identity).content));
      if (before) {
        this.giveBackTaken(thing, entry, before, theirs);
      }
      model.giveBack(identity, set, entry, { ...before?.content, ...theirs });
      thing.apply(manager, before ? model.marked(set, model.unclaimed(identity, before.content)) : {});
      above.forEach((other) => thing.apply(managerOf(other), model.marked(other, model.entryOf(other, identity).content)));
    } else if (isHeld(entry.after) && entry.after.uid === thing.uid) {
      model.apply(set, identity, entry.after, entry.after.content);
    } else if (entry.bottom.was === 'foreign') {
      this.giveBack(identity, thing, entry);
      thing.apply(manager, {});
    } else if (entry.bottom.was === 'retained' && entry.bottom.before.holding === 'kept') {
      model.keep(set, identity, entry, entry.bottom.before.content);
    } else if (entry.bottom.was === 'retained') {
      model.apply(set, identity, entry.bottom.before, entry.bottom.before.content);
    } else if (entry.ending === 'released' || entry.after || this.isWanted(identity) || model.isKind(identity, 'Namespace', 'CustomResourceDefinition')) {
      model.giveBack(identity, set, entry);
      thing.disown(manager, 'owner');
    } else {
      model.things.delete(identity);
    }
  }

  /** Gives back fields that were taken from outside after the earlier state, even if the earlier state sets them. */
  private giveBackTaken(thing: Thing, entry: Entry, before: Entry, theirs: Content): void {
    const ours = `Apply ${managerOf(this.set)}`;
    for (const [field, remembered] of entry.remembered) {
      const managers = [...thing.managers.get(field) ?? []].filter((manager) => manager !== FIRST_APPLY);
      const isOurs = managers.length === 1 && managers[0] === ours;
      if (isOurs && !(field in theirs) && before.remembered.get(field)?.value !== remembered.value) {
        thing.restore(field, remembered);
      }
    }
  }

  /** Whether another set of the stack lists the object under KEEP. */
  private isWanted(identity: string): boolean {
    return [...this.model.records].some(([set, { entries, wanted }]) => stackOf(set) === stackOf(this.set) && set !== this.set
      && wanted.existing === 'KEEP' && entries.has(identity) && !isHeld(entries.get(identity)));
  }

  /** Removes fields that only this set has set, even if the managed fields were cleared. */
  private giveBack(identity: string, thing: Thing, entry: Entry): void {
    if (entry.bottom.was !== 'foreign') {
      return;
    }
    const known = new Set(entry.remembered.keys());
    this.model.giveBack(identity, this.set, entry);
    for (const [field, value] of Object.entries(entry.content)) {
      const others = [...thing.managers.get(field) ?? []].filter((manager) => isForeign(manager) && manager !== FIRST_APPLY);
      const isRequired = this.model.identities.get(identity)!.fields.some(({ name, required }) => name === field && required);
      if (thing.everWiped && !isRequired && !known.has(field) && thing.values.get(field) === value && others.length === 0) {
        thing.remove(field);
      }
    }
  }
}
