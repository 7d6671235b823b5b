import type { Counts } from './counts';
import type { Response } from './framework';
import type { Judge } from './judge';
import type { Model } from './model';
import { Request, setOf } from './request';
import type { Open } from './resource-events';

/** What the model cannot tell of events that were killed, and a look at the cluster can. */
export class Aftermath {
  constructor(private readonly model: Model, private readonly judge: Judge, private readonly counts: Counts) {}

  /** @param wasOpen an event of the set that had not ended. */
  public async find(request: Request, { isSecond }: Response & { is: 'SUCCESS' }, wasOpen: Open | undefined): Promise<void> {
    if (wasOpen?.type === 'Update') {
      await (request.type === 'Update' ? this.findRun(request) : this.judge.accept(wasOpen.identities));
    }
    if (request.wanted.existing === 'KEEP' && (wasOpen || isSecond)) {
      await this.findKept(request);
    }
  }

  /** An Update that did not end may have run a Job that had gone. */
  private async findRun(request: Request): Promise<void> {
    const set = setOf(request);
    const jobs = Object.entries(request.wanted.objects).filter(([identity]) => this.model.isKind(identity, 'Job') && !this.model.things.has(identity));
    for (const [identity, content] of jobs) {
      if (await this.judge.isThere(identity)) {
        this.model.records.get(set)!.entries.set(identity, this.model.make(set, identity, content));
      }
    }
  }

  /** What a set has made to keep it is someone else's for it if it was killed before it could record that. */
  private async findKept(request: Request): Promise<void> {
    const set = setOf(request);
    const entries = [...this.model.records.get(set)?.entries ?? []].filter(([identity, { holding }]) => holding === 'kept' && this.model.things.has(identity));
    for (const [identity, entry] of entries) {
      if (!await this.judge.isRecorded(set, identity)) {
        this.counts.crack('lostCreation');
        entry.holding = 'left';
        entry.epoch = 0;
      }
    }
  }
}
