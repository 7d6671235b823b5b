import { createHash, randomUUID } from 'node:crypto';
import { SetApplier } from './apply-set';
import { SetTeardown } from './end-set';
import type { DesiredObject } from './judgement';
import { ExistingObjects } from '../../contract/existing-objects';
import { identity } from '../../contract/identity';
import type { ApiServer } from '../client/api-server';
import { checkIssuer } from '../client/issuer';
import { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import type { CredentialsProperties } from '../credentials/expected-variable';
import { waitForCredentials, WrittenObject } from '../credentials/wait-for-credentials';
import { forEach, Deadline } from '../deadline';
import type { Wanted } from '../input/wanted';
import type { Limits } from '../limits';
import type { Lease } from '../records/lease';
import { Owners } from '../records/owners';
import { Answer, asRetained, Entries, Entry, SetRecord, SetState } from '../records/record';
import type { RecordStore } from '../records/record-store';
import { AwaitedFailure, waitForConditions } from '../waiting/wait-for-conditions';

export interface SetContextOptions {
  /** The set: `account/region/stack/logical id`. */
  readonly owner: string;
  readonly stackId: string;
  readonly server: ApiServer;
  readonly store: RecordStore;
  readonly lease: Lease;
  readonly limits: Limits;
  /** For everything that the event requests. */
  readonly deadline: Deadline;
  /** For undoing a failed event, which includes determining the owners of objects. */
  readonly undoing: Deadline;
  /** The objects that the event requests. */
  readonly wanted: readonly KubernetesObject[];
}

interface ApplyOptions {
  readonly objects: readonly KubernetesObject[];
  /** The previous entries of the set for them. */
  readonly entries: Entries;
  readonly existing: ExistingObjects;
  readonly isUndo?: boolean;
  /** What to wait for after service accounts were written. @default - nothing */
  readonly credentials?: CredentialsProperties;
}

/** The content of a record, without the event that holds it. */
export type State = Pick<SetRecord, 'current' | 'previous' | 'dropped' | 'retained'>;

export const NOTHING: SetState = { ids: [], hash: '', existing: ExistingObjects.REFUSE, objects: {} };

/** One event that changes one set: the state of the record and the operations on it. */
export class SetContext {
  /** The state that the next `save` writes to the record. */
  public state: State;
  public readonly owners: Owners;
  private readonly api: KubernetesApi;
  private readonly seed = randomUUID();
  /** Jobs that an earlier event applied and that no longer exist, by identity. */
  private finished: ReadonlySet<string> = new Set();
  /** The objects that are being applied. */
  private applier?: SetApplier;
  /** The same after the record has announced them. */
  private announced?: SetApplier;
  /** Whether a record that announces changes was stored. Nothing is changed before that. */
  public hasAnnounced = false;

  constructor(public readonly options: SetContextOptions) {
    const { owner, server, store, lease, limits, undoing, wanted } = options;
    this.api = new KubernetesApi(server, lease);
    const { current = NOTHING, previous, dropped = {}, retained = {} } = lease.found ?? {};
    this.state = { current, previous, dropped, retained };
    const known = [current.objects, dropped, retained, previous?.objects ?? {}].flatMap((entries) => Object.keys(entries));
    const identities = [...new Set([...known, ...wanted.map(identity)])];
    this.owners = new Owners({ store, deadline: undoing, limits, owner, identities, own: () => this.own, before: () => this.before });
  }

  /**
   * Refuses a cluster with another OIDC issuer than the app states. A rollback does not check it, because it must not fail. The record has
   * been read before, so a new access entry is effective: a function that cannot read the issuer now is not allowed to.
   */
  public async checkIssuer(expected: string | undefined): Promise<void> {
    const { server, deadline } = this.options;
    if (expected !== undefined) {
      await deadline.retry(() => checkIssuer(server, expected));
    }
  }

  /**
   * Applies objects: judges all of them, announces the changes in the record, and makes them.
   *
   * @param announced the state of the record before the first change. After that, the state follows the objects.
   */
  public async apply(applied: ApplyOptions, announced: (applier: SetApplier) => State): Promise<void> {
    const { objects, entries, existing, isUndo = false, credentials } = applied;
    const { api, options: { owner, deadline, limits } } = this;
    const desiredObjects = objects.map((object): DesiredObject => {
      const id = identity(object);
      return { object, owner, existing, isUndo, entry: entries[id], token: createHash('sha256').update(`${this.seed} ${id}`).digest('hex').slice(0, 32) };
    });
    const written = async (some: WrittenObject[]) => credentials && waitForCredentials(some, credentials, { api, deadline, limits });
    const applier = new SetApplier({ api, deadline, limits, owners: this.owners, desiredObjects, save: () => this.save(), written });
    this.applier = applier;
    await applier.plan();
    this.state = announced(applier);
    this.announced = applier;
    await this.save();
    this.hasAnnounced = true;
    await applier.carryOut();
    this.finished = applier.finished;
    this.settle();
  }

  /** Waits for what an event awaits. The record lists first what was applied, because an invocation can be killed in all that time. */
  public async waitFor(wanted: Wanted): Promise<void> {
    const { api, finished, options: { deadline, limits } } = this;
    if (wanted.awaited.length > 0) {
      await this.save();
      await waitForConditions(wanted, { api, deadline, limits, finished }).catch((error) => {
        if (error instanceof AwaitedFailure) {
          error.identities.forEach((id) => this.markFailed(id));
        }
        throw error;
      });
    }
  }

  /** Whether anything might have been changed. */
  public get hasBegun(): boolean {
    return this.announced !== undefined;
  }

  /** Gives up some of the objects that the set lists or has dropped, and removes their entries from the state. */
  public async end(entries: readonly Entry[], deadline = this.options.deadline): Promise<void> {
    const { owner, limits } = this.options;
    const isSame = (one: Entry, two: Entry) => one.uid !== undefined && one.uid === two.uid;
    const teardown = new SetTeardown({
      api: this.api,
      deadline,
      limits,
      owners: this.owners,
      owner,
      stillListed: ({ object, uid }) => {
        const listed = [this.state.current.objects, this.state.retained].map((all) => all[identity(object)])
          .filter((entry) => entry && !entries.includes(entry));
        // a set that keeps existing objects also lists what it has retained
        return listed.find((entry) => entry.epoch > 0 && entry.uid === uid) ?? listed[0];
      },
      ended: (entry, isGone) => this.forget((other) => other === entry || (isSame(other, entry) && (isGone || entries.includes(other)))),
      save: () => this.save(),
    });
    // of two entries for one object, such as the previous and the current one, the later one contains the state before it
    await teardown.end(entries.filter((entry) => !entries.some((other) => isSame(other, entry) && other.epoch > entry.epoch)));
  }

  /** Writes the state. */
  public async save(answer?: Answer): Promise<void> {
    const { lease, stackId } = this.options;
    const { current } = this.state;
    await lease.save({ ...this.state, stackId, current: { ...current, objects: { ...current.objects, ...this.announced?.entries } } }, answer);
  }

  /** Adds the announced objects to the state, with the progress so far. */
  public settle(): void {
    const { current } = this.state;
    this.state = { ...this.state, current: { ...current, objects: { ...current.objects, ...this.announced?.entries } } };
    this.applier = this.announced = undefined;
  }

  /** Removes objects that no longer exist from the retained objects, and those that an earlier stack left alone, of which it recorded no uid. */
  public async checkRetained(): Promise<void> {
    const { deadline } = this.options;
    await forEach(Object.values(this.state.retained), async (entry) => {
      const found = await deadline.retry(() => this.api.get(entry.object));
      if (!found || found.metadata.uid !== entry.uid) {
        this.forget((other) => other === entry);
      }
    });
  }

  /** Remembers that an object has failed: if a person deletes the Job, it runs again. */
  private markFailed(id: string): void {
    const { current } = this.state;
    const { [id]: entry } = current.objects;
    this.state = { ...this.state, current: { ...current, objects: { ...current.objects, [id]: { ...entry, hasFailed: true } } } };
  }

  private forget(isMeant: (entry: Entry) => boolean): void {
    const rest = (entries: Entries) => Object.fromEntries(Object.entries(entries).filter(([, entry]) => !isMeant(entry)));
    const { current, dropped, retained } = this.state;
    this.state = { ...this.state, current: { ...current, objects: rest(current.objects) }, dropped: rest(dropped), retained: rest(retained) };
  }

  /** The previous entries of objects that an update has announced to create again but has not created yet. */
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
