import { randomUUID } from 'node:crypto';
import type { Fence } from '../client/kubernetes-api';
import { Deadline, Stopped } from '../deadline';
import type { Limits } from '../limits';
import { natureOf } from '../nature';
import { FORMAT, nameOfRecord, RecordedEvent, SetRecord, UNDER_WAY } from './record';
import type { RecordStore, StoredRecord } from './record-store';

/** Another invocation has taken over the record, or a later event has already used it. */
export class Superseded extends Stopped {}

/** The record has changed after it was read and before anything was done, so the event has to be handled again. */
export class Overtaken extends Stopped {}

/** The event that claims a record. */
export type Claim = Pick<RecordedEvent, 'request' | 'type' | 'id' | 'time'>;

interface LeaseOptions {
  readonly store: RecordStore;
  readonly deadline: Deadline;
  readonly limits: Limits;
  readonly owner: string;
  readonly claim: Claim;
  /** The hash of the properties that an Update requests. */
  readonly hash?: string;
  /** Whether the previous holder of the record cannot be running any more. @default false */
  readonly isAbandoned?: boolean;
}

/**
 * The right of one invocation to change the objects of a set. An invocation takes over the record by writing its own nonce. That ends the right of
 * the previous invocation, which notices when it next reads the record. Before a write, an invocation reads the record if its last read is older
 * than `limits.look`, and no write takes longer than `limits.write`. So after both times and a margin, its writes have no effect any more.
 *
 * One gap remains: a process that is paused between its check of the clock and its request.
 */
export class Lease implements Fence {
  /** Takes over the record, also from an invocation that has not ended. */
  public static async open(options: LeaseOptions): Promise<Lease> {
    const { store, deadline, owner } = options;
    const stored = await deadline.retry(() => store.read(nameOfRecord(owner)));
    const lease = new Lease(options, stored);
    if (stored?.record && isOlder(options, stored.record)) {
      throw new Superseded(`superseded by a later ${stored.record.event.type} of this resource: nothing was changed`);
    }
    await lease.takeOver();
    return lease;
  }

  public readonly timeout: number;
  /** The record as the previous event left it. */
  public readonly found?: SetRecord;
  private readonly nonce = randomUUID();
  private isHeld = false;
  private lastLook = -Infinity;
  private looking?: Promise<void>;
  private saving: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: LeaseOptions, private stored: StoredRecord | undefined) {
    this.timeout = options.limits.write;
    this.found = stored?.record;
  }

  /** Whether there is only a Secret that the function has not written: a copy, such as a restored one, or one of an event that was killed. */
  public get isUnwritten(): boolean {
    return this.stored !== undefined && this.stored.record === undefined;
  }

  /** Writes the record with this event as its holder. */
  public async save(record: Omit<SetRecord, 'event' | 'format'>, answer?: RecordedEvent['answer']): Promise<void> {
    const saved = this.saving.then(() => this.write({ ...record, format: FORMAT, event: { ...this.event, answer } }));
    this.saving = saved.catch(() => undefined);
    return saved;
  }

  public async check(): Promise<void> {
    while (performance.now() - this.lastLook >= this.options.limits.look) { // also after a look whose response took too long
      this.looking ??= this.look().finally(() => { this.looking = undefined; });
      await this.looking;
    }
  }

  private get event(): RecordedEvent {
    const { claim } = this.options;
    const { request, earlier = [] } = this.found?.event ?? {};
    const before = request === undefined || request === claim.request ? earlier : [request, ...earlier].slice(0, 5);
    return { ...claim, nonce: this.nonce, earlier: before };
  }

  private async takeOver(): Promise<void> {
    const { look, write, margin } = this.options.limits;
    const open = this.found && !this.found.event.answer;
    if (!open) {
      return;
    }
    // keeps the type of the previous event, which determines what to do if this invocation is killed as well
    await this.write({ ...this.found!, event: { ...this.event, type: this.found!.event.type, id: this.found!.event.id } });
    if (!this.options.isAbandoned) {
      await this.options.deadline.sleep(look + write + margin);
      await this.look();
    }
  }

  private async look(): Promise<void> {
    const { store, deadline, owner } = this.options;
    const begun = performance.now();
    const stored = await deadline.retry(() => store.read(nameOfRecord(owner)));
    if (stored?.record?.event.nonce !== this.nonce) {
      throw this.lost(stored);
    }
    this.stored = stored;
    this.lastLook = begun;
  }

  private async write(record: SetRecord): Promise<void> {
    const { store, deadline, owner } = this.options;
    for (;;) {
      const begun = performance.now();
      try {
        const before = this.stored ??= await deadline.retry(() => store.create(owner, record));
        this.stored = await deadline.retry(() => store.write(owner, record, before));
        this.isHeld = true;
        this.lastLook = begun;
        return;
      } catch (error) {
        if (!['stale', 'arrival'].includes(natureOf(error))) {
          throw error;
        }
        await this.look(); // an earlier attempt might have been stored although its response was lost
      }
    }
  }

  private lost(stored: StoredRecord | undefined): Error {
    if (this.isHeld && !stored?.record) {
      return new Superseded(`someone deleted the record of ${this.options.owner} during this event: the event stops, and what it has changed stays as it is`);
    }
    return this.isHeld
      ? new Superseded('superseded by a later event of this resource, which continues from here')
      : new Overtaken('another event of this resource has just started');
  }
}

/** If several events have the same time, a Delete is the last one. Of two Updates, the later one is a rollback. */
function isOlder({ claim, hash }: Pick<LeaseOptions, 'claim' | 'hash'>, record: SetRecord): boolean {
  const { event: recorded } = record;
  if (claim.request === recorded.request) {
    return false;
  }
  const isEarlierInItsSecond = recorded.type === 'Delete'
    ? claim.type !== 'Delete'
    : recorded.type === 'Update' && claim.type === 'Update' && !mayReturnTo(hash, record);
  return claim.time < recorded.time || recorded.earlier.includes(claim.request) || (claim.time === recorded.time && isEarlierInItsSecond);
}

/** Whether an Update to these properties can be a rollback. */
const mayReturnTo = (hash: string | undefined, { current, previous }: SetRecord) =>
  [current.hash, previous?.hash].includes(hash) || current.hash === UNDER_WAY;
