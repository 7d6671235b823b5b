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
      return stackOf(other) === stackOf(set) && entry !== undefined && sameContent(entry.content, content);
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
    return { content, uid: thing.uid, epoch: 1, chain: [], bottom: { was: 'absent' }, remembered: new Map(), holding };
  }

  /** Applies the content of a set that owns the object, and gives back what it does not say any more. */
  public apply(set: SetName, identity: string, entry: Entry, content: Content): void {
    this.giveBack(this.things.get(identity)!, set, entry, (field) => !(field in content));
    this.take(set, identity, entry, content);
  }

  /** Applies the content of a set. */
  public take(set: SetName, identity: string, entry: Entry, content: Content): void {
    const thing = this.things.get(identity)!;
    for (const field of Object.keys(content)) {
      this.remember(thing, entry, field);
    }
    thing.apply(managerOf(set), this.marked(set, content));
    entry.content = content;
    entry.ending = undefined;
    entry.after = undefined;
  }

  /** Gives others the values back that they had, where nobody has changed ours. */
  public giveBack(thing: Thing, set: SetName, entry: Entry, which: (field: string) => boolean = () => true): void {
    for (const [field, remembered] of [...entry.remembered].filter(([name]) => which(name))) {
      const isOurs = thing.everWiped || thing.managers.get(field)?.has(`Apply ${managerOf(set)}`);
      const isShared = [...thing.managers.get(field) ?? []].some((manager) => isForeign(manager) && manager !== FIRST_APPLY);
      if (isOurs && !isShared && thing.values.get(field) === entry.content[field]) {
        thing.restore(field, remembered);
      }
      entry.remembered.delete(field);
    }
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
  private remember(thing: Thing, { content, remembered }: Entry, field: string): void {
    const value = thing.values.get(field);
    const managers = [...thing.managers.get(field) ?? []];
    const others = managers.filter(isForeign);
    const isUnmanaged = managers.length === 0 && value !== content[field];
    if (value !== undefined && (others.length > 0 || isUnmanaged)) {
      remembered.set(field, { value, managers: others });
    }
  }
}

/** The manager of what sets have made only to keep it. */
export const KEEPER = 'cdk-irsa';

/** Whether it is not a set's. */
export const isForeign = (manager: Manager) => !manager.startsWith('Apply cdk-irsa-');
