import type { Identity } from './identities';
import type { Content } from './kinds';
import { managerOf, markOf } from './names';
import { Entry, isHeld, sameContent, SetName, SetRecord, stackOf } from './record';
import { Manager, Thing } from './thing';

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
    this.things.set(identity, thing);
    thing.kept = holding === 'kept';
    thing.apply(managerOf(set), this.marked(set, content));
    return { content, uid: thing.uid, epoch: 1, chain: [], bottom: { was: 'absent' }, holding };
  }

  /** Applies the content of a set that owns the object, or takes it by this. */
  public apply(set: SetName, identity: string, entry: Entry, content: Content): void {
    const thing = this.things.get(identity)!;
    const { bottom } = entry;
    if (bottom.was === 'foreign') {
      this.giveBackFields(thing, set, entry, (field) => !(field in content));
      for (const [field, value] of Object.entries(content)) {
        const others = [...thing.managers.get(field) ?? []].filter(isForeign);
        const current = thing.values.get(field);
        const isOurs = thing.managers.get(field)?.has(`Apply ${managerOf(set)}`) && current === entry.content[field];
        if (current !== undefined && current !== value && (others.length > 0 || !isOurs && !this.isOfASet(thing, field))) {
          bottom.remembered.set(field, { value: current, managers: others });
        }
      }
    }
    thing.apply(managerOf(set), this.marked(set, content));
    entry.content = content;
    entry.ending = undefined;
    entry.after = undefined;
  }

  /** Gives others their values back where nobody has changed ours. */
  public giveBackFields(thing: Thing, set: SetName, entry: Entry, which: (field: string) => boolean = () => true): void {
    if (entry.bottom.was !== 'foreign') {
      return;
    }
    for (const [field, remembered] of [...entry.bottom.remembered].filter(([name]) => which(name))) {
      if (thing.values.get(field) === entry.content[field] && thing.managers.get(field)?.has(`Apply ${managerOf(set)}`)) {
        thing.restore(field, remembered);
      }
      entry.bottom.remembered.delete(field);
    }
  }

  public marked(set: SetName, content: Content): Content {
    return { ...content, owner: markOf(set) };
  }

  /** A person or a program other than the function takes the object away. */
  public vanish(identity: string): void {
    this.things.delete(identity);
  }

  private isOfASet(thing: Thing, field: string): boolean {
    return [...thing.managers.get(field) ?? []].some((manager) => !isForeign(manager));
  }
}

export const isForeign = (manager: Manager) => !manager.startsWith('Apply cdk-irsa-');
