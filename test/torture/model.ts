import type { Identity } from './identities';
import type { Content } from './kinds';
import { managerOf, markOf } from './names';
import { Entry, isHeld, sameContent, SetName, SetRecord, stackOf } from './record';
import { FIRST_APPLY, Manager, Thing } from './thing';

/** The objects in the cluster and the entries of each set, according to decisions/0003-object-ownership.md alone. */
export class Model {
  public readonly things = new Map<string, Thing>();
  public readonly records = new Map<SetName, SetRecord>();

  constructor(public readonly identities: Map<string, Identity>) {}

  /** The set that owns the object, if any. */
  public owner(identity: string): SetName | undefined {
    return this.listing(identity)[0];
  }

  /** The sets that list the object and manage it, the owner first. */
  public listing(identity: string): SetName[] {
    const uid = this.things.get(identity)?.uid;
    return [...this.records].map(([set, { entries }]) => ({ set, entry: entries.get(identity) }))
      .filter(({ entry }) => uid !== undefined && isHeld(entry) && entry.uid === uid)
      .sort((one, other) => other.entry!.epoch - one.entry!.epoch)
      .map(({ set }) => set);
  }

  /** Whether this Job has run for this set or for a sibling. */
  public hasRun(set: SetName, identity: string, content: Content): boolean {
    return this.isKind(identity, 'Job') && [...this.records].some(([other, { entries }]) => {
      const entry = entries.get(identity);
      return stackOf(other) === stackOf(set) && entry !== undefined && entry.holding !== 'left' && sameContent(entry.content, content);
    });
  }

  public isKind(identity: string, ...kinds: string[]): boolean {
    return kinds.includes(this.identities.get(identity)!.kind.kind);
  }

  /** Whether the API server would reject the content because of an immutable field. */
  public isImmutable(identity: string, content: Content): boolean {
    const { values } = this.things.get(identity)!;
    return this.identities.get(identity)!.fields.some(({ name, immutable }) => immutable && values.get(name) !== content[name]);
  }

  public make(set: SetName, identity: string, content: Content, holding: Entry['holding'] = 'held'): Entry {
    const thing = new Thing();
    thing.isMade = true;
    this.add(identity, thing);
    if (holding === 'kept') {
      thing.kept = true;
      thing.apply(KEEPER, content);
    } else {
      thing.apply(managerOf(set), this.marked(set, content));
    }
    return { content, uid: thing.uid, epoch: 1, chain: [], bottom: { was: 'absent' }, remembered: new Map(), holding };
  }

  /** Applies the content of the owner. Gives back fields that it no longer sets, or that it sets to the value that others had. */
  public apply(set: SetName, identity: string, entry: Entry, content: Content, isForGood = false): void {
    this.giveBack(identity, set, entry, content, isForGood);
    this.take(set, identity, entry, content);
  }

  /** Applies the content of a set. */
  public take(set: SetName, identity: string, entry: Entry, content: Content): void {
    const thing = this.things.get(identity)!;
    for (const [field, value] of Object.entries(content)) {
      this.remember(thing, entry, field, value);
    }
    thing.apply(managerOf(set), this.marked(set, content));
    entry.content = content;
    entry.ending = undefined;
    entry.after = undefined;
  }

  /**
   * Gives a field that the set stops setting to the next set that sets it, or to its former manager outside, unless someone else claims it now.
   *
   * @param content what the set sets from now on.
   * @param isForGood whether siblings get nothing.
   */
  public giveBack(identity: string, set: SetName, entry: Entry, content: Content = {}, isForGood = false): void {
    const thing = this.things.get(identity)!;
    const ours = `Apply ${managerOf(set)}`;
    for (const field of new Set([...thing.values.keys(), ...entry.remembered.keys()])) {
      const value = thing.values.get(field);
      const remembered = entry.remembered.get(field);
      const managers = [...thing.managers.get(field) ?? []].filter((manager) => manager !== FIRST_APPLY);
      const isOurs = managers.includes(ours) || thing.everWiped && value === entry.content[field];
      const isClaimed = managers.some((manager) => manager !== ours);
      const others = this.listing(identity).filter((other) => other !== set && !(isForGood && stackOf(other) === stackOf(set)));
      const lender = others.find((other) => field in this.entryOf(other, identity).content);
      const isAgreed = remembered !== undefined && remembered.managers.length > 0 && remembered.value === content[field] && !isClaimed;
      if (field === 'owner' || field in content && !isAgreed) {
        continue;
      }
      if (lender && !isAgreed) {
        const lent = this.entryOf(lender, identity).content[field];
        const isShared = remembered !== undefined && remembered.managers.length > 0 && remembered.value === lent && !isClaimed;
        if (isOurs && !isClaimed) {
          thing.restore(field, { value: lent, managers: [`Apply ${managerOf(lender)}`, ...(isShared ? remembered.managers : [])] });
        }
        if (isShared) {
          entry.remembered.delete(field);
        }
        continue;
      }
      if (remembered && isOurs && !isClaimed) {
        thing.restore(field, remembered);
      }
      entry.remembered.delete(field);
    }
  }

  /** The part of a content that nobody outside manages by now. */
  public unclaimed(identity: string, content: Content): Content {
    const { managers } = this.things.get(identity)!;
    const isOutside = (manager: Manager) => isForeign(manager) && ![`Apply ${KEEPER}`, FIRST_APPLY].includes(manager);
    const isClaimed = (field: string) => [...managers.get(field) ?? []].some(isOutside);
    return Object.fromEntries(Object.entries(content).filter(([field]) => !isClaimed(field)));
  }

  /** Restores an object that the set created under KEEP, except for what others have changed. */
  public keep(set: SetName, identity: string, entry: Entry, content: Content): void {
    const thing = this.things.get(identity)!;
    this.giveBack(identity, set, entry);
    thing.apply(KEEPER, this.unclaimed(identity, content));
    thing.apply(managerOf(set), {});
    thing.kept = true;
  }

  /** The former managers outside of the value that a field has now. */
  public sharing(identity: string, field: string): Manager[] {
    const value = this.things.get(identity)?.values.get(field);
    const memories = this.listing(identity).map((set) => this.records.get(set)!.entries.get(identity)!.remembered.get(field));
    return memories.flatMap((memory) => (memory && memory.value === value ? memory.managers : []));
  }

  public marked(set: SetName, content: Content): Content {
    return { ...content, owner: markOf(set) };
  }

  public add(identity: string, thing: Thing): void {
    this.things.set(identity, thing);
    if (this.isKind(identity, 'Job', 'CustomResourceDefinition')) {
      thing.haveStatus();
    }
  }

  /** Remembers the value and the managers of a field that the set is about to apply. */
  private remember(thing: Thing, entry: Entry, field: string, wanted: string): void {
    const { content, remembered, epoch, bottom } = entry;
    const value = thing.values.get(field);
    if (value === undefined && (epoch > 1 || bottom.was === 'foreign')) { // someone has taken and removed it since: then that is the state before
      remembered.delete(field);
    }
    const managers = [...thing.managers.get(field) ?? []].filter((manager) => manager !== FIRST_APPLY);
    const others = managers.filter(isForeign);
    const isUnmanaged = managers.length === 0 && value !== content[field];
    if (value !== undefined && (isUnmanaged || others.length > 0 && value !== wanted)) {
      remembered.set(field, { value, managers: others });
    }
  }

  /** Whether someone outside has taken a field that a set sets. */
  public hasLostField(set: SetName, identity: string): boolean {
    const { managers } = this.things.get(identity)!;
    return Object.keys(this.entryOf(set, identity).content).some((field) => {
      const all = [...managers.get(field) ?? []];
      return !all.includes(`Apply ${managerOf(set)}`) && all.some((manager) => isForeign(manager) && manager !== FIRST_APPLY);
    });
  }

  public entryOf(set: SetName, identity: string): Entry {
    return this.records.get(set)!.entries.get(identity)!;
  }
}

/** The field manager of objects that sets create under KEEP. */
export const KEEPER = 'cdk-irsa';

/** Whether the manager is not a set. */
export const isForeign = (manager: Manager) => !manager.startsWith('Apply cdk-irsa-');
