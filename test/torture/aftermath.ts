import { Applying, firstBottom } from './applying';
import type { Counts } from './counts';
import type { Response } from './framework';
import type { Judge } from './judge';
import type { Model } from './model';
import type { Open } from './open-event';
import type { Entry, SetName } from './record';
import { Request, setOf } from './request';
import type { StoredRecords } from './stored-records';

/** Looks into the cluster for what the model cannot know after events that were killed, and after responses that were lost. */
export class Aftermath {
  /** @param losesAnswers whether the function does not get the responses to some requests. */
  constructor(
    private readonly model: Model, private readonly judge: Judge, private readonly stored: StoredRecords, private readonly counts: Counts,
    private readonly losesAnswers: boolean,
  ) {}

  /** @param wasOpen an earlier event of the set that did not end. */
  public async find(request: Request, { isSecond }: Response & { is: 'SUCCESS' }, wasOpen: Open | undefined): Promise<void> {
    if (wasOpen?.type === 'Update') {
      await (request.type === 'Update' ? this.findRun(request) : this.judge.accept(wasOpen.identities));
      await this.findMade(request, wasOpen);
      await this.findSettled(setOf(request));
    }
    if (request.wanted.existing === 'KEEP' && (wasOpen || isSecond || this.losesAnswers)) {
      await this.findKept(request);
    }
  }

  /** From the announcement of an Update on, what an earlier stack has retained belongs to the set, also if the Update did not end. */
  private async findSettled(set: SetName): Promise<void> {
    for (const [identity, entry] of this.model.records.get(set)?.entries ?? []) {
      if (entry.bottom.was === 'retained' && !await this.stored.isRetained(set, identity)) {
        entry.bottom = firstBottom(entry);
      }
    }
  }

  /** An Update that did not end may have run a Job that no longer existed. */
  private async findRun(request: Request): Promise<void> {
    const set = setOf(request);
    const jobs = Object.entries(request.wanted.objects).filter(([identity]) => this.model.isKind(identity, 'Job') && !this.model.things.has(identity));
    for (const [identity, content] of jobs) {
      if (await this.judge.isThere(identity)) {
        this.model.records.get(set)!.entries.set(identity, this.model.make(set, identity, content));
      }
    }
  }

  /** An Update to KEEP that did not end may have created objects and recorded their uids. The Update that rolls it back owns them. */
  private async findMade(request: Request, { lasting }: Open): Promise<void> {
    const { model } = this;
    const set = setOf(request);
    const record = model.records.get(set);
    const { existing, objects } = request.wanted;
    for (const identity of existing === 'KEEP' || !record ? [] : lasting.filter((each) => each in objects && model.owner(each) === undefined)) {
      const thing = model.things.get(identity);
      if (thing?.kept && await this.stored.isRecorded(set, identity)) {
        const made: Entry = { content: objects[identity], uid: thing.uid, epoch: 1, chain: [], bottom: { was: 'absent' }, remembered: new Map(), holding: 'kept' };
        record!.entries.set(identity, new Applying(model, set, record!).own(identity, made, objects[identity]));
      }
    }
  }

  /** An object that a set created under KEEP counts as foreign if the function did not record the uid. */
  private async findKept(request: Request): Promise<void> {
    const set = setOf(request);
    const entries = [...this.model.records.get(set)?.entries ?? []].filter(([identity, { holding }]) => holding === 'kept' && this.model.things.has(identity));
    for (const [identity, entry] of entries) {
      if (!await this.stored.isRecorded(set, identity)) {
        this.counts.crack('lostCreation');
        entry.holding = 'left';
        entry.epoch = 0;
      }
    }
  }
}
