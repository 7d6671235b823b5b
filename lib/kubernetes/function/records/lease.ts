import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Fence } from '../client/kubernetes-api';
import type { Limits } from '../limits';
import { natureOf } from '../nature';
import { Patience, Stopped } from '../patience';
import { FORMAT, nameOfRecord, RecordedEvent, SetRecord } from './record';
import type { RecordStore, StoredRecord } from './record-store';

/** Another invocation has the record, or a later event has had it. */
export class Superseded extends Stopped {}

/** The record has changed since it was read, before anything was done: the event has to be looked at again. */
export class Overtaken extends Stopped {}

/** What claims a record. */
export type Claim = Pick<RecordedEvent, 'request' | 'type' | 'time'>;

interface LeaseOptions {
  readonly store: RecordStore;
  readonly patience: Patience;
  readonly limits: Limits;
  readonly owner: string;
  readonly claim: Claim;
  /** Whether whoever had the record cannot be at work any more. @default false */
  readonly isAbandoned?: boolean;
}

/**
 * The right of one invocation to change what a set has. Whoever takes the record by writing a nonce of its own ends the right of the one before,
 * who finds out at its next look. It looks before a write whenever its last look is older than `limits.look`, and no write takes longer than
 * `limits.write`, so that after both and a margin nothing of it takes effect any more.
 *
 * One crack stays: a process that is paused between its look at the clock and its request.
 */
export class Lease implements Fence {
  /** Takes over from an invocation that has not ended. */
  public static async open(options: LeaseOptions): Promise<Lease> {
    const { store, patience, owner } = options;
    const stored = await patience.insist(() => store.read(nameOfRecord(owner)));
    const lease = new Lease(options, stored);
    if (stored?.record && isOlder(options.claim, stored.record.event)) {
      throw new Superseded(`superseded by a later ${stored.record.event.type} of this resource: nothing was changed`);
    }
    await lease.takeOver();
    return lease;
  }

  public readonly timeout: number;
  /** The record as the event before has left it. */
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

  /** Whether there is a Secret that is not the one that was written, but a copy. */
  public get isCopy(): boolean {
    return this.stored !== undefined && this.stored.record === undefined;
  }

  /** Writes the record, with this event as the one that has it. */
  public async save(record: Omit<SetRecord, 'event' | 'format'>, answer?: RecordedEvent['answer']): Promise<void> {
    const saved = this.saving.then(() => this.write({ ...record, format: FORMAT, event: { ...this.event, answer } }));
    this.saving = saved.catch(() => undefined);
    return saved;
  }

  public async check(): Promise<void> {
    if (performance.now() - this.lastLook < this.options.limits.look) {
      return;
    }
    this.looking ??= this.look().finally(() => { this.looking = undefined; });
    return this.looking;
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
    // what the event before was tells what is to be done, should this one be killed as well
    await this.write({ ...this.found!, event: { ...this.event, type: this.found!.event.type } });
    if (!this.options.isAbandoned) {
      await setTimeout(look + write + margin);
      await this.look();
    }
  }

  private async look(): Promise<void> {
    const { store, patience, owner } = this.options;
    const begun = performance.now();
    const stored = await patience.insist(() => store.read(nameOfRecord(owner)));
    if (stored?.record?.event.nonce !== this.nonce) {
      throw this.lost();
    }
    this.stored = stored;
    this.lastLook = begun;
  }

  private async write(record: SetRecord): Promise<void> {
    const { store, patience, owner } = this.options;
    for (;;) {
      const begun = performance.now();
      try {
        this.stored = await patience.insist(() => store.write(owner, record, this.stored));
        this.isHeld = true;
        this.lastLook = begun;
        return;
      } catch (error) {
        if (!['stale', 'arrival'].includes(natureOf(error))) {
          throw error;
        }
        await this.look(); // an earlier try of ours may have been stored, though its answer was lost
      }
    }
  }

  private lost(): Error {
    return this.isHeld
      ? new Superseded('superseded by a later event of this resource, which goes on from here')
      : new Overtaken('another event of this resource has just begun');
  }
}

/** Of the events of one second, a Delete is the last. */
function isOlder(claim: Claim, recorded: RecordedEvent): boolean {
  if (claim.request === recorded.request) {
    return false;
  }
  return claim.time < recorded.time || recorded.earlier.includes(claim.request) || (claim.time === recorded.time && recorded.type === 'Delete' && claim.type !== 'Delete');
}
