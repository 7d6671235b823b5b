import { createHash, randomUUID } from 'node:crypto';
import { SetApplier } from './apply-set';
import { SetEnder } from './end-set';
import type { Wish } from './judgement';
import { ExistingObjects } from '../../contract/existing-objects';
import { identity } from '../../contract/identity';
import type { ApiServer } from '../client/api-server';
import { KubernetesApi, KubernetesObject } from '../client/kubernetes-api';
import type { Limits } from '../limits';
import { forEach, Patience } from '../patience';
import type { Lease } from '../records/lease';
import { Owners } from '../records/owners';
import { Answer, asRetained, Entries, Entry, SetRecord, SetState } from '../records/record';
import type { RecordStore } from '../records/record-store';

export interface SetContextOptions {
  /** The set: `account/region/stack/logical id`. */
  readonly owner: string;
  readonly stackId: string;
  readonly server: ApiServer;
  readonly store: RecordStore;
  readonly lease: Lease;
  readonly limits: Limits;
  /** For what the event asks for. */
  readonly patience: Patience;
  /** For undoing what failed, which includes knowing whose objects are. */
  readonly undoing: Patience;
  /** What the event wants. */
  readonly wanted: readonly KubernetesObject[];
}

interface ApplyOptions {
  readonly objects: readonly KubernetesObject[];
  /** What the set knew of them. */
  readonly entries: Entries;
  readonly existing: ExistingObjects;
  readonly isUndo?: boolean;
}

/** What a record says, apart from the event that has it. */
export type State = Pick<SetRecord, 'current' | 'previous' | 'dropped' | 'retained'>;

export const NOTHING: SetState = { ids: [], hash: '', existing: ExistingObjects.REFUSE, objects: {} };

/** One event at work on one set: the state of its record, and what works on it. */
export class SetContext {
  /** What the record says at the next `save`. */
  public state: State;
  public readonly owners: Owners;
  private readonly api: KubernetesApi;
  private readonly seed = randomUUID();
  /** What is being applied. */
  private applier?: SetApplier;
  /** The same once the record tells of it. */
  private announced?: SetApplier;

  constructor(public readonly options: SetContextOptions) {
    const { owner, server, store, lease, limits, undoing, wanted } = options;
    this.api = new KubernetesApi(server, lease);
    const { current = NOTHING, previous, dropped = {}, retained = {} } = lease.found ?? {};
    this.state = { current, previous, dropped, retained };
    const known = [current.objects, dropped, retained, previous?.objects ?? {}].flatMap((entries) => Object.keys(entries));
    const identities = [...new Set([...known, ...wanted.map(identity)])];
    this.owners = new Owners({ store, patience: undoing, limits, owner, identities, own: () => this.own, before: () => this.before });
  }

  /**
   * Applies objects: judges all of them, announces in the record what is about to be done, and does it.
   *
   * @param announced what the record says before the first change. From then on, the state has the objects as they are.
   */
  public async apply({ objects, entries, existing, isUndo = false }: ApplyOptions, announced: (applier: SetApplier) => State): Promise<void> {
    const { owner, patience, limits } = this.options;
    const wishes = objects.map((object): Wish => {
      const id = identity(object);
      return { object, owner, existing, isUndo, entry: entries[id], token: createHash('sha256').update(`${this.seed} ${id}`).digest('hex').slice(0, 32) };
    });
    const applier = new SetApplier({ api: this.api, patience, limits, owners: this.owners, wishes, save: () => this.save() });
    this.applier = applier;
    await applier.plan();
    this.state = announced(applier);
    this.announced = applier;
    await this.save();
    await applier.carryOut();
    this.settle();
  }

  /** Whether anything may have been changed. */
  public get hasBegun(): boolean {
    return this.announced !== undefined;
  }

  /** Ends what the set has in some of the objects that it lists or has dropped, and takes their entries out of the state. */
  public async end(entries: readonly Entry[], patience = this.options.patience): Promise<void> {
    const { owner, limits } = this.options;
    const isSame = (one: Entry, two: Entry) => one.uid !== undefined && one.uid === two.uid;
    const ender = new SetEnder({
      api: this.api,
      patience,
      limits,
      owners: this.owners,
      owner,
      stillListed: ({ object }) => [this.state.current.objects, this.state.retained].map((listed) => listed[identity(object)])
        .find((entry) => entry && !entries.includes(entry)),
      ended: (entry, isGone) => this.forget((other) => other === entry || (isSame(other, entry) && (isGone || entries.includes(other)))),
      save: () => this.save(),
    });
    // of two entries for one object, such as that of before and that of now, the later one says what was before it
    await ender.end(entries.filter((entry) => !entries.some((other) => isSame(other, entry) && other.epoch > entry.epoch)));
  }

  /** Writes the state. */
  public async save(answer?: Answer): Promise<void> {
    const { lease, stackId } = this.options;
    const { current } = this.state;
    await lease.save({ ...this.state, stackId, current: { ...current, objects: { ...current.objects, ...this.announced?.entries } } }, answer);
  }

  /** Takes what was announced into the state, as far as it came. */
  public settle(): void {
    const { current } = this.state;
    this.state = { ...this.state, current: { ...current, objects: { ...current.objects, ...this.announced?.entries } } };
    this.applier = this.announced = undefined;
  }

  /** Takes what is gone out of what was retained. */
  public async checkRetained(): Promise<void> {
    const { patience } = this.options;
    await forEach(Object.values(this.state.retained), async (entry) => {
      const found = await patience.insist(() => this.api.get(entry.object));
      if (found?.metadata.uid !== entry.uid) {
        this.forget((other) => other === entry);
      }
    });
  }

  private forget(isMeant: (entry: Entry) => boolean): void {
    const rest = (entries: Entries) => Object.fromEntries(Object.entries(entries).filter(([, entry]) => !isMeant(entry)));
    const { current, dropped, retained } = this.state;
    this.state = { ...this.state, current: { ...current, objects: rest(current.objects) }, dropped: rest(dropped), retained: rest(retained) };
  }

  /** What the set had before an update that has only announced to create it anew. */
  private get before(): Entry[] {
    const { previous, current } = this.state;
    const isAnnounced = (entry?: Entry) => entry !== undefined && !entry.landed && entry.uid === undefined;
    return Object.entries(previous?.objects ?? {}).filter(([id]) => isAnnounced(current.objects[id])).map(([, entry]) => entry);
  }

  private get own(): Entry[] {
    const { current, dropped, retained } = this.state;
    return [this.applier?.entries ?? {}, current.objects, dropped, asRetained(retained)].flatMap((entries) => Object.values(entries));
  }
}
