import type { Cluster, Sighting } from './cluster';
import type { Counts } from './counts';
import { OWNER } from './kinds';
import type { Model } from './model';
import { isForeign } from './model';
import { managerOf } from './names';
import { SetName, stackOf } from './record';
import { Violation } from './story';
import { FIRST_APPLY, Thing } from './thing';

/** Compares the cluster with the model. */
export class Judge {
  private readonly uids = new Map<number, string>();
  private readonly adopted = new Set<string>();
  private readonly doubted = new Set<string>();
  /** The uids of objects that an event that did not end may have recreated. */
  private readonly former = new Map<string, string>();

  constructor(private readonly cluster: Cluster, private readonly model: Model, private readonly counts: Counts) {}

  /** @param unsure the objects whose state the model does not know. */
  public async check(when: string, unsure: Set<string>): Promise<void> {
    const wrongs = await Promise.all([...this.model.identities].filter(([text]) => !unsure.has(text)).map(async ([text, identity]) => {
      const seen = await this.cluster.see(identity);
      if (seen && this.adopted.has(text) && this.former.get(text) !== seen.uid && this.isLeft(this.model.things.get(text), seen)) {
        this.add(text, seen);
      }
      this.findManagers(text, seen);
      const wrong = this.compare(text, this.model.things.get(text), seen);
      return wrong.length === 0 || this.isGivenBack(text, seen) ? [] : wrong.map((what) => `${text} ${what}`);
    }));
    if (wrongs.flat().length > 0) {
      throw new Violation(`${when}: the cluster is not as the model says`, wrongs.flat());
    }
  }

  /** These objects may have been created by an event that was undone. They stay without an owner, because they are never deleted. */
  public adopt(identities: string[]): void {
    identities.forEach((identity) => this.adopted.add(identity));
  }

  /** An event that did not end may have taken these objects. If so, the content of their owner was applied again. */
  public doubt(identities: string[]): void {
    identities.forEach((identity) => this.doubted.add(identity));
  }

  /** Like `adopt`, but at once, because the event is no longer in progress. */
  public async adoptNow(identities: string[]): Promise<void> {
    for (const text of identities.filter((each) => !this.model.things.has(each))) {
      const seen = await this.cluster.see(this.model.identities.get(text)!);
      if (seen) {
        this.add(text, seen);
      }
    }
  }

  /** A set was deleted after an Update that did not end: objects that sets created may be deleted, unchanged or changed. */
  public async accept(identities: string[]): Promise<void> {
    for (const text of identities) {
      const thing = this.model.things.get(text);
      if (thing?.isMade && !this.model.owner(text)) {
        const seen = await this.cluster.see(this.model.identities.get(text)!);
        this.model.things.delete(text);
        if (seen) {
          this.model.add(text, Object.assign(thingOf(seen), { uid: thing.uid }));
        }
      }
    }
  }

  public async isThere(identity: string): Promise<boolean> {
    return await this.cluster.see(this.model.identities.get(identity)!) !== undefined;
  }

  /** Adds an object as it is. It can be one that the model took for deleted. */
  private add(identity: string, seen: Sighting): void {
    [...this.uids].filter(([, uid]) => uid === seen.uid).forEach(([number]) => this.uids.delete(number));
    this.model.add(identity, thingOf(seen));
  }

  /** Whether an event that was undone created the object and left it, because the set has KEEP or the kind is never deleted. */
  private isLeft(thing: Thing | undefined, seen: Sighting): boolean {
    const isNew = ![...this.uids.values()].includes(seen.uid);
    const isSeenFirst = !thing?.kept || !this.uids.has(thing.uid); // of two events at once, either can create the object
    return thing === undefined || isNew && isSeenFirst && seen.allManagers.every(isForeign) && !seen.values.has('owner');
  }

  /** Of an object whose managed fields were cleared, an event that did not end may have applied the content of its sets again. */
  private findManagers(identity: string, seen: Sighting | undefined): void {
    const thing = this.model.things.get(identity);
    for (const set of thing?.everWiped && seen && this.doubted.has(identity) ? this.model.listing(identity) : []) {
      if (!thing!.has(managerOf(set)) && seen!.allManagers.includes(`Apply ${managerOf(set)}`)) {
        thing!.apply(managerOf(set), this.model.marked(set, this.model.entryOf(set, identity).content));
      }
    }
  }

  private isGivenBack(identity: string, seen: Sighting | undefined): boolean {
    const thing = this.model.things.get(identity);
    if (!this.doubted.delete(identity) || !thing) {
      return false;
    }
    const sets = this.model.listing(identity);
    return sets.some((set) => this.isThatOf(set, identity, thing, seen)) || sets.some((set) => this.isHalfway(set, identity, thing, seen))
      || this.isGivenUp(thing, seen);
  }

  /** An Update that did not end may have owned an object that its set has created under KEEP. When the set gives it up, its values stay, and nobody manages them. */
  private isGivenUp(thing: Thing, seen: Sighting | undefined): boolean {
    const isUnowned = seen !== undefined && seen.allManagers.every(isForeign) && !seen.values.has(OWNER.name);
    return thing.kept && isUnowned && this.isAsSeen(thing, seen);
  }

  /** An Update that did not end may have changed an object that the set has released or dropped since. */
  private isHalfway(set: SetName, identity: string, thing: Thing, seen: Sighting | undefined): boolean {
    const { ending } = this.model.entryOf(set, identity);
    if (ending === 'dropped' && seen?.uid === this.uids.get(thing.uid)) { // nothing writes it before the clean-up, which must restore all of it
      this.doubt([identity]);
      return true;
    }
    return ending === 'released' && this.isAsSeen(thing, seen);
  }

  /** Whether it is still the same object, which the model then takes as it is. */
  private isAsSeen(thing: Thing, seen: Sighting | undefined): boolean {
    if (seen?.uid !== this.uids.get(thing.uid)) {
      return false;
    }
    thing.values.clear();
    thing.managers.clear();
    seen!.values.forEach((value, field) => thing.values.set(field, value));
    seen!.managers.forEach((managers, field) => thing.managers.set(field, new Set(managers)));
    return true;
  }

  /** Whether the object looks as if this set had applied its content last. */
  private isThatOf(set: SetName, identity: string, thing: Thing, seen: Sighting | undefined): boolean {
    const entry = this.model.records.get(set)!.entries.get(identity)!;
    const { epoch } = entry;
    entry.epoch = 1 + Math.max(...this.model.listing(identity).map((other) => this.model.records.get(other)!.entries.get(identity)!.epoch));
    const again = thing.copy();
    again.apply(managerOf(set), this.model.marked(set, entry.content));
    const alone = again.copy(); // an Update that was rolled back may have removed the managers of siblings
    const siblings = this.model.listing(identity).filter((other) => other !== set && stackOf(other) === stackOf(set));
    siblings.forEach((other) => alone.apply(managerOf(other), {}));
    const same = [again, alone, ...this.remade(set, identity, thing, seen)].find((each) => this.compare(identity, each, seen).length === 0);
    if (!same) {
      entry.epoch = epoch;
      return false;
    }
    this.model.things.set(identity, same);
    return true;
  }

  /** The object may have been recreated by an event that did not end. */
  public forget(identity: string): void {
    const thing = this.model.things.get(identity);
    const uid = thing && this.uids.get(thing.uid);
    if (uid !== undefined) {
      this.former.set(identity, uid);
      this.uids.delete(thing!.uid);
    }
  }

  /** The object as the set has created it, if it is another one than before. It has nothing of what others had set in the former one. */
  private remade(set: SetName, identity: string, { uid }: Thing, seen: Sighting | undefined): Thing[] {
    const former = this.former.get(identity);
    if (former === undefined || !seen || seen.uid === former) {
      return [];
    }
    const made = Object.assign(new Thing(), { uid, isMade: true });
    made.apply(managerOf(set), this.model.marked(set, this.model.entryOf(set, identity).content));
    if (this.model.isKind(identity, 'Job')) {
      made.haveStatus();
    }
    return [made];
  }

  /** Ignores which other sets share a value with the owner, and whether former managers of the same value are back. */
  private compare(identity: string, thing: Thing | undefined, seen: Sighting | undefined): string[] {
    const [owner, ...others] = this.model.listing(identity);
    const isOurs = owner !== undefined;
    const content = isOurs ? this.model.records.get(owner)!.entries.get(identity)!.content : {};
    const minor = others.map((set) => `Apply ${managerOf(set)}`);
    const sharing = (field: string) => this.model.sharing(identity, field);
    if (!thing || !seen) {
      return thing ? ['does not exist'] : seen ? [`exists: ${describe(seen)}`] : [];
    }
    const wrong: string[] = [];
    const uid = this.uids.get(thing.uid);
    const isOther = uid === undefined && [...this.uids.values()].includes(seen.uid);
    if (uid !== undefined && uid !== seen.uid || isOther) {
      wrong.push(isOther ? 'is the same object as before' : 'has been recreated');
    }
    this.uids.set(thing.uid, seen.uid);
    for (const field of new Set([...thing.values.keys(), ...seen.values.keys()])) {
      const isMark = field === 'owner';
      if (isMark && (thing.forged || thing.kept || !isOurs)) {
        continue;
      }
      if (thing.everWiped && thing.touched.has(field) && !(field in content)) {
        if (thing.values.get(field) !== seen.values.get(field)) {
          this.counts.crack('lostManagers');
        }
        continue;
      }
      if (thing.values.get(field) !== seen.values.get(field)) {
        wrong.push(`${field} is ${seen.values.get(field)} instead of ${thing.values.get(field)}`);
      }
      const expected = list(thing.managers.get(field), minor);
      const back = sharing(field).filter((manager) => !thing.managers.get(field)?.has(manager));
      const actual = list(seen.managers.get(field), [...minor, ...back]);
      if (!thing.everWiped && expected !== actual) {
        wrong.push(`${field} is managed by ${actual || 'nobody'} instead of ${expected || 'nobody'}`);
      }
    }
    if (!isOurs && !thing.kept) {
      const ours = seen.allManagers.filter((manager) => !isForeign(manager));
      wrong.push(...ours.map((manager) => `still has the manager ${manager}`));
      wrong.push(...(thing.forged ? [] : seen.annotations.map((name) => `still has the annotation ${name}`)));
    }
    return wrong;
  }
}

function thingOf({ values, managers }: Sighting): Thing {
  const thing = new Thing();
  thing.kept = true;
  values.forEach((value, field) => thing.values.set(field, value));
  managers.forEach((all, field) => thing.managers.set(field, new Set([...all].filter(isForeign))));
  thing.remove(OWNER.name);
  return thing;
}

const list = (managers: Set<string> | undefined, but: string[]) => [...managers ?? []].filter((each) => each !== FIRST_APPLY && !but.includes(each)).sort().join(', ');

function describe({ object: { metadata: { annotations, labels, deletionTimestamp }, data } }: Sighting): string {
  return JSON.stringify({ annotations, labels, deletionTimestamp, data });
}
