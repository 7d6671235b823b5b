import { isSameStack } from './event';
import type { KubernetesObject } from './kubernetes-api';
import { managerOf, nameOfRecord, entriesOf, Entry, labelOf, SetRecord } from './record';
import type { RecordStore, RecordSummary } from './record-store';
import { managedFieldsOf } from './managed-fields';
import { forEach, Patience } from './patience';
import { MARKS } from '../contract/marks';

/** A set that lists an object. */
export interface Holder {
  /** `account/region/stack/logical id`. */
  readonly owner: string;
  readonly entry: Entry;
  /** Whether it is about to give up objects. */
  readonly isEnding: boolean;
}

/** Tells from the records of all sets whose an object is. Nothing on the object itself has a say in that. */
export class Owners {
  /** What there is of records, as of the last look at them. */
  public summaries: RecordSummary[] = [];
  private others = new Map<string, SetRecord>();

  /**
   * @param owner the set that asks.
   * @param own what its record lists at this moment.
   */
  constructor(
    private readonly store: RecordStore,
    private readonly patience: Patience,
    private readonly owner: string,
    private readonly identities: readonly string[],
    private readonly own: () => readonly Entry[],
  ) {}

  /** Reads the records that list any of the objects. */
  public async refresh(): Promise<void> {
    const labels = this.identities.map(labelOf);
    this.summaries = await this.patience.insist(() => this.store.list());
    const relevant = this.summaries.filter(({ name, labels: listed }) => name !== nameOfRecord(this.owner) && labels.some((label) => label in listed));
    const others = new Map<string, SetRecord>();
    await forEach(relevant, async ({ name, annotations }) => {
      const stored = await this.patience.insist(() => this.store.read(name));
      if (stored?.record) {
        others.set(annotations['cdk-irsa/owner'], stored.record);
      }
    });
    this.others = others;
  }

  /** All sets that list the object and manage it, the owner first. */
  public holdersOf(found: KubernetesObject): Holder[] {
    const own = this.own().map((entry): Holder => ({ owner: this.owner, entry, isEnding: false }));
    const others = [...this.others].flatMap(([owner, record]) => entriesOf(record)
      .map(([, entry]): Holder => ({ owner, entry, isEnding: record.event.type === 'Delete' && !record.event.answer })));
    return [...own, ...others].filter(({ entry }) => entry.epoch > 0 && recognises(entry, found)).sort((one, two) => {
      const applied = (holder: Holder) => Number(holder.entry.landed) * 2 + Number(manages(found, holder.owner));
      return two.entry.epoch - one.entry.epoch || applied(two) - applied(one) || one.owner.localeCompare(two.owner);
    });
  }

  /** The entry of this set, or of another one of its stack, for an object that has been there with this very content. */
  public entryFor(object: KubernetesObject): Entry | undefined {
    const others = [...this.others].filter(([owner]) => isSameStack(owner, this.owner)).flatMap(([, record]) => entriesOf(record).map(([, entry]) => entry));
    return [...this.own(), ...others].find((entry) => entry.uid !== undefined && JSON.stringify(entry.object) === JSON.stringify(object));
  }
}

/** Whether an entry tells of the object that was found. Until its uid is known, the one that we create is recognised by its token. */
export const recognises = ({ uid, token, landed }: Entry, { metadata }: KubernetesObject) =>
  uid === metadata.uid || (!landed && token !== undefined && (metadata.annotations as { [name: string]: string } | undefined)?.[MARKS.token] === token);

export const manages = (found: KubernetesObject, owner: string) => managedFieldsOf(found).some(({ manager }) => manager === managerOf(nameOfRecord(owner)));
