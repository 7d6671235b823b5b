import type { Identity } from './identities';
import type { Content } from './kinds';
import { managerOf, markOf } from './names';
import { Entry, isHeld, sameContent, SetName, SetRecord, stackOf } from './record';
import { FIRST_APPLY, Manager, Thing } from './thing';

/** What is in the cluster, and what each set says of it, according to decisions/0003 alone. */
export class Model {
  public readonly things = new Map<string, Thing>();
  public readonly records = new Map<SetName, SetRecord>();

  constructor(public readonly identities: Map<string, Identity>) {}

  /** The set whose the object of this name is, if any. */
  public owner(identity: string): SetName | undefined {
    return this.listing(identity)[0];
  }

  /** The sets that say that this object is theirs, the one that is right first. */
  public listing(identity: string): SetName[] {
    const uid = this.things.get(identity)?.uid;
    return [...this.records].map(([set, { entries }]) => ({ set, entry: entries.get(identity) }))
      .filter(({ entry }) => uid !== undefined && isHeld(entry) && entry.uid === uid)
      .sort((one, other) => other.entry!.epoch - one.entry!.epoch)
      .map(({ set }) => set);
  }

  /** Whether this Job has run for this set, or for another one of its stack that has handed it on. */
  public hasRun(set: SetName, identity: string, content: Content): boolean {
    return this.isKind(identity, 'Job') && [...this.records].some(([other, { entries }]) => {
      const entry = entries.get(identity);
      return stackOf(other) === stackOf(set) && entry !== undefined && entry.holding !== 'left' && sameContent(entry.content, content);
    });
  }

  public isKind(identity: string, ...kinds: string[]): boolean {
    return kinds.includes(this.identities.get(identity)!.kind.kind);
  }

  /** Whether the API server would refuse the content because of what cannot be changed. */
  public isImmutable(identity: string, content: Content): boolean {
    const { values } = this.things.get(identity)!;
    return this.identities.get(identity)!.fields.some(({ name, immutable }) => immutable && values.get(name) !== content[name]);
  }

  public make(set: SetName, identity: string, content: Content, holding: Entry['holding'] = 'held'): Entry {
    const thing = new Thing();
    this.add(identity, thing);
    if (holding === 'kept') {
      thing.kept = true;
      thing.apply(KEEPER, content);
    } else {
      thing.apply(managerOf(set), this.marked(set, content));
    }
    return { content, uid: thing.uid, epoch: 1, chain: [], bottom: { was: 'absent' }, remembered: new Map(), lent: new Map(), holding };
  }

  /** Applies the content of a set that owns the object, and gives back what it does not say any more. */
  public apply(set: SetName, identity: string, entry: Entry, content: Content): void {
    this.giveBack(identity, set, entry, (field) => !(field in content));
    this.take(set, identity, entry, content);
  }

  /** Applies the content of a set. */
  public take(set: SetName, identity: string, entry: Entry, content: Content): void {
    const thing = this.things.get(identity)!;
    for (const [field, value] of Object.entries(content)) {
      this.remember(thing, set, entry, field, value);
    }
    thing.apply(managerOf(set), this.marked(set, content));
    entry.content = content;
    entry.ending = undefined;
    entry.after = undefined;
  }

  /** Gives others the values back that they had, where nobody has changed ours: to a set that still says that the object is its, if any. */
  public giveBack(identity: string, set: SetName, entry: Entry, which: (field: string) => boolean = () => true): void {
    const thing = this.things.get(identity)!;
    for (const field of [...entry.lent.keys(), ...entry.remembered.keys()].filter(which)) {
      const { lent, remembered } = { lent: entry.lent.get(field), remembered: entry.remembered.get(field) };
      const lenders = this.listing(identity).filter((other) => this.records.get(other)!.entries.get(identity)!.content[field] === lent?.value);
      const lender = lent?.managers.filter((manager) => lenders.some((other) => manager === `Apply ${managerOf(other)}`)) ?? [];
      const others = [...thing.managers.get(field) ?? []].filter((manager) => manager !== `Apply ${managerOf(set)}` && manager !== FIRST_APPLY);
      const isOurs = thing.everWiped || thing.managers.get(field)?.has(`Apply ${managerOf(set)}`);
      if (isOurs && others.length === 0 && thing.values.get(field) === entry.content[field]) {
        if (lent && lender.length > 0) {
          thing.restore(field, { value: lent.value, managers: lender });
        } else if (remembered && !remembered.isShared) {
          thing.restore(field, remembered);
        }
      }
      entry.lent.delete(field);
      entry.remembered.delete(field);
    }
  }

  /** Who had the value before that a field has now. */
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

  /** Keeps in mind what others say of a field that the set is about to apply. */
  private remember(thing: Thing, set: SetName, { content, remembered, lent }: Entry, field: string, wanted: string): void {
    const value = thing.values.get(field);
    const managers = [...thing.managers.get(field) ?? []];
    const others = managers.filter(isForeign);
    const sets = managers.filter((manager) => !isForeign(manager) && manager !== `Apply ${managerOf(set)}`);
    const isUnmanaged = managers.length === 0 && value !== content[field];
    if (value !== undefined && (others.length > 0 || isUnmanaged)) {
      remembered.set(field, { value, managers: others, isShared: value === wanted && others.length > 0 });
    }
    if (value !== undefined && value !== wanted && sets.length > 0) {
      lent.set(field, { value, managers: sets, isShared: false });
    }
  }
}

/** The manager of what sets have made only to keep it. */
export const KEEPER = 'cdk-irsa';

/** Whether it is not a set's. */
export const isForeign = (manager: Manager) => !manager.startsWith('Apply cdk-irsa-');
