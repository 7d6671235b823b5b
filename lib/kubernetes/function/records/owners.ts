import { entriesOf, Entry, labelOf, managerOf, nameOfRecord, SetRecord, UnreadableRecord } from './record';
import type { RecordStore, RecordSummary } from './record-store';
import { ExistingObjects } from '../../contract/existing-objects';
import { identity } from '../../contract/identity';
import { MARKS } from '../../contract/marks';
import type { KubernetesObject } from '../client/kubernetes-object';
import { forEach, Deadline } from '../deadline';
import { isSameStack, millisecondsOf } from '../event';
import { isManagedBy } from '../fields/managed-fields';
import type { Limits } from '../limits';

/** A set that lists an object. */
export interface Holder {
  /** `account/region/stack/logical id`. */
  readonly owner: string;
  readonly entry: Entry;
  /** Whether the set is about to give up its objects. */
  readonly isEnding: boolean;
}

interface OwnersOptions {
  readonly store: RecordStore;
  readonly deadline: Deadline;
  readonly limits: Limits;
  /** The set that the owners are determined for. */
  readonly owner: string;
  /** The identities of the objects. */
  readonly identities: readonly string[];
  /** The entries that its record lists now. */
  readonly own: () => readonly Entry[];
  /** The entries that it listed before an update that has not changed them yet. */
  readonly before: () => readonly Entry[];
}

/** Determines the owners of objects from the records of all sets, and not from the objects themselves. */
export class Owners {
  /** All records at the time of the last `refresh`. */
  public summaries: RecordSummary[] = [];
  private others = new Map<string, SetRecord>();
  /** Records that list any of the objects, but cannot be read. */
  private unreadable: RecordSummary[] = [];

  constructor(private readonly options: OwnersOptions) {}

  /** Reads the records that list any of the objects. */
  public async refresh(): Promise<void> {
    const { store, deadline, owner, identities } = this.options;
    const labels = identities.map(labelOf);
    this.summaries = await deadline.retry(() => store.list());
    const relevant = this.summaries
      .filter((summary) => summary.isWritten && summary.name !== nameOfRecord(owner) && labels.some((label) => label in summary.labels));
    const others = new Map<string, SetRecord>();
    const unreadable: RecordSummary[] = [];
    await forEach(relevant, async (summary) => {
      const stored = await deadline.retry(() => store.read(summary.name)).catch((error) => {
        if (!(error instanceof UnreadableRecord)) {
          throw error;
        }
        console.log(error.message);
        unreadable.push(summary);
        return undefined;
      });
      if (stored?.record) {
        others.set(summary.annotations['cdk-irsa/owner'], stored.record);
      }
    });
    [this.others, this.unreadable] = [others, unreadable];
  }

  /** Whether a set whose record cannot be read lists the object. */
  public mayBeShared(object: KubernetesObject): boolean {
    return this.unreadable.some(({ labels }) => labelOf(identity(object)) in labels);
  }

  /** All sets that list and manage the object, the owner first. */
  public holdersOf(found: KubernetesObject): Holder[] {
    const { owner, own } = this.options;
    const holders = [
      ...own().map((entry): Holder => ({ owner, entry, isEnding: false })),
      ...[...this.others].flatMap(([other, record]) => entriesOf(record)
        .map(([, entry]): Holder => ({ owner: other, entry, isEnding: this.isEnding(record) }))),
    ];
    const applied = (holder: Holder) => Number(holder.entry.landed) * 2 + Number(manages(found, holder.owner));
    // two sets that announce to take over the object at the same time have the same epoch, until one gets a conflict and judges again
    const order = (one: Holder, two: Holder) =>
      two.entry.epoch - one.entry.epoch || applied(two) - applied(one) || one.owner.localeCompare(two.owner);
    const managing = holders.filter(({ entry }) => entry.epoch > 0 && recognises(entry, found)).sort(order);
    // a set that lists a retained object again has two entries for it, but sets only the fields of the latest one
    return managing.filter((holder) => managing.find((other) => other.owner === holder.owner) === holder);
  }

  /** The entry of this set, or of another set of its stack, for an object that existed with exactly this content, and did not fail. */
  public entryFor(object: KubernetesObject): Entry | undefined {
    const { owner, own, before } = this.options;
    const siblings = [...this.others].filter(([other]) => isSameStack(other, owner)).flatMap(([, record]) => entriesOf(record));
    const all = [...own(), ...before(), ...siblings.map(([, entry]) => entry)];
    const existed = all.filter(({ landed, hasFailed, uid }) => landed && !hasFailed && uid !== undefined);
    return existed.find((entry) => JSON.stringify(entry.object) === JSON.stringify(object));
  }

  /** Whether another set of this stack keeps the object as it is. No set of the stack deletes it then. */
  public isKept(object: KubernetesObject): boolean {
    return [...this.others].some(([other, { current }]) => isSameStack(other, this.options.owner) && current.objects[identity(object)]?.epoch === 0
      && current.existing === ExistingObjects.KEEP);
  }

  /** Nobody waits for a Delete that was killed some time ago. */
  private isEnding({ event: { type, time, answer } }: SetRecord): boolean {
    return type === 'Delete' && !answer && Date.now() - millisecondsOf(time) < this.options.limits.service;
  }
}

/** Whether an entry describes the object in the cluster. Until the uid is known, an object that we create is recognized by its token. */
export function recognises({ object, uid, token, landed }: Entry, found: KubernetesObject): boolean {
  const annotations = found.metadata.annotations as { readonly [name: string]: string } | undefined;
  const isAnnounced = !landed && token !== undefined && annotations?.[MARKS.token] === token;
  return uid === found.metadata.uid || (isAnnounced && identity(object) === identity(found));
}

/**
 * Whether the object itself shows that a set has applied it. Whoever can write records, but not this object, cannot make it so. Others can clear the managed
 * fields and change the annotation, but whoever does both wants the object to stay.
 */
export const isAppliedBy = (found: KubernetesObject, owner: string): boolean =>
  manages(found, owner) || (found.metadata.annotations as { readonly [name: string]: string } | undefined)?.[MARKS.owner] === owner;

/** Whether a set manages fields of an object. */
export const manages = (found: KubernetesObject, owner: string) => isManagedBy(found, managerOf(nameOfRecord(owner)));
