import { describe } from '../errors';
import { whatDeletionAwaits, Ending, judgeEnding } from './judgement';
import { SetWithdrawal } from './withdraw-set';
import { nameOf } from '../../contract/identity';
import { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { forEach, Deadline, SeveralErrors, Stopped } from '../deadline';
import { ranked } from '../input/objects';
import type { Limits } from '../limits';
import { natureOf } from '../nature';
import { Owners } from '../records/owners';
import { Entry } from '../records/record';

interface SetTeardownOptions {
  readonly api: KubernetesApi;
  readonly deadline: Deadline;
  readonly limits: Limits;
  readonly owners: Owners;
  readonly owner: string;
  /** Another entry of the set with the same identity that stays, if any. */
  readonly stillListed: (entry: Entry) => Entry | undefined;
  /** Removes an entry that has ended from the record. */
  readonly ended: (entry: Entry, isGone: boolean) => void;
  /** Writes the current record. */
  readonly save: () => Promise<void>;
}

/** Gives up objects of a set: each returns to its state before the set owned it, unless someone else owns it now. */
export class SetTeardown {
  private readonly withdrawal: SetWithdrawal;
  /** Objects that wait until their owner gives them up. */
  private readonly waiting: Entry[] = [];
  /** Whether any object was left to another owner, who might be about to give it back to this set. */
  private hasLeft = false;
  /** Objects whose deletion has started but not completed. */
  private going: { readonly entry: Entry; readonly object: KubernetesObject }[] = [];

  constructor(private readonly options: SetTeardownOptions) {
    this.withdrawal = new SetWithdrawal(options);
  }

  public async end(entries: readonly Entry[]): Promise<void> {
    const failed: Error[] = [];
    const attempt = (items: Entry[], waitsForOwner: boolean) => forEach(items, async (entry) => {
      await this.endOne(entry, waitsForOwner).catch((error) => { throw describe(entry.object, error); });
    }).catch((error) => {
      if (error instanceof Stopped) {
        throw error;
      }
      failed.push(error);
    });
    for (const rank of ranked([...entries], ({ object }) => object).reverse()) {
      // an object that fails must not block the others
      await attempt(rank, false);
      if (this.hasLeft) {
        this.hasLeft = false;
        await this.options.save();
      }
      if (rank.length > 0) {
        await this.gone(this.options.deadline.within(this.options.limits.arrival)).catch(() => undefined);
      }
    }
    if (this.waiting.length > 0) {
      await this.options.save(); // other sets that wait for this set can continue
      await attempt(this.waiting, true);
    }
    await this.gone(this.options.deadline).catch((error) => failed.push(error));
    if (failed.length > 0) {
      throw new SeveralErrors(failed);
    }
  }

  private async endOne(entry: Entry, waitsForOwner: boolean): Promise<void> {
    const { api, deadline, owner, owners, limits } = this.options;
    const waiting = deadline.within(limits.arrival);
    for (;;) {
      const found = await deadline.retry(() => api.get(entry.object));
      const ending = judgeEnding(found, entry, owner, owners, this.options.stillListed(entry));
      if (ending.verdict === 'wait') {
        if (!waitsForOwner) {
          this.waiting.push(entry);
          return;
        }
        await waiting.pause(ending.why);
        await owners.refresh();
        continue;
      }
      try {
        await deadline.retry(() => this.carryOut(entry, found!, ending));
        this.hasLeft ||= ending.verdict === 'leave';
        if (ending.verdict !== 'delete') {
          this.options.ended(entry, false);
        }
        return;
      } catch (error) {
        if (natureOf(error) !== 'stale') {
          throw error;
        }
        await deadline.pauseAfterConflict(nameOf(entry.object));
        await owners.refresh();
      }
    }
  }

  private async carryOut(entry: Entry, found: KubernetesObject, ending: Ending): Promise<void> {
    const { api } = this.options;
    const { uid, resourceVersion, deletionTimestamp } = found?.metadata ?? {};
    if (ending.verdict === 'delete') {
      if (!deletionTimestamp) {
        await api.remove(found, { preconditions: { uid, resourceVersion } });
      }
      this.going.push({ entry, object: found });
      return;
    }
    if (deletionTimestamp) {
      return;
    }
    await this.withdrawal.withdrawFrom(entry, found, ending);
  }

  /** Waits until the deleted objects are gone, because the next objects must not be deleted before them. */
  private async gone(deadline: Deadline): Promise<void> {
    for (;;) {
      const left: KubernetesObject[] = [];
      await forEach(this.going, async ({ entry, object }) => {
        const found = await deadline.retry(() => this.options.api.get(object));
        if (found?.metadata.uid === object.metadata.uid) {
          left.push(found!);
        } else {
          this.options.ended(entry, true);
        }
      });
      this.going = this.going.filter(({ object }) => left.some(({ metadata: { uid } }) => uid === object.metadata.uid));
      if (left.length === 0) {
        return;
      }
      await deadline.pause(`${nameOf(left[0])} is being deleted${whatDeletionAwaits(left[0])}`, 200);
    }
  }
}
