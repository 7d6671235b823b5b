import { describe } from '../errors';
import { nameOfOwner } from '../event';
import { because, Ending, judgeEnding } from './judgement';
import { bareOf, bearing, contentOf, managerOf } from './write-object';
import { nameOf } from '../../contract/identity';
import { MARKS } from '../../contract/marks';
import { KubernetesApi, KubernetesObject, PatchOperation } from '../client/kubernetes-api';
import { managedFieldsOf } from '../fields/managed-fields';
import { at, Content, fieldsToReturn, giveBackFields, removeAddedFields } from '../fields/returned-fields';
import { applyOnly } from '../fields/unmanaged-fields';
import { ranked } from '../input/objects';
import type { Limits } from '../limits';
import { isOvertaken, isRefused } from '../nature';
import { forEach, Patience, Several, Stopped } from '../patience';
import { Holder, manages, Owners } from '../records/owners';
import { Entry, NOBODY } from '../records/record';

interface SetEnderOptions {
  readonly api: KubernetesApi;
  readonly patience: Patience;
  readonly limits: Limits;
  readonly owners: Owners;
  readonly owner: string;
  /** What the set goes on listing under the same identity, if anything. */
  readonly stillListed: (entry: Entry) => Entry | undefined;
  /** Takes an entry that has come to its end out of what the record lists. */
  readonly ended: (entry: Entry, isGone: boolean) => void;
  /** Writes the record as it is then. */
  readonly save: () => Promise<void>;
}

/** Ends what a set has in some objects: each is as it was before the set had it, unless someone else has it now. */
export class SetEnder {
  private readonly manager: string;
  /** What waits for its owner to give it up. */
  private readonly waiting: Entry[] = [];
  /** Whether anything was left to its owner, who may be about to give it back to us. */
  private hasLeft = false;
  /** What is deleted, and not gone yet. */
  private going: { readonly entry: Entry; readonly object: KubernetesObject }[] = [];

  constructor(private readonly options: SetEnderOptions) {
    this.manager = managerOf(options);
  }

  public async end(entries: readonly Entry[]): Promise<void> {
    const failed: Error[] = [];
    const attempt = (items: Entry[], isPatient: boolean) => forEach(items, async (entry) => {
      await this.endOne(entry, isPatient).catch((error) => { throw describe(entry.object, error); });
    }).catch((error) => {
      if (error instanceof Stopped) {
        throw error;
      }
      failed.push(error);
    });
    for (const rank of ranked([...entries], ({ object }) => object).reverse()) {
      // what cannot come to its end must not keep the rest
      await attempt(rank, false);
      if (this.hasLeft) {
        this.hasLeft = false;
        await this.options.save();
      }
      if (rank.length > 0) {
        await this.gone(this.options.patience.within(this.options.limits.arrival)).catch(() => undefined);
      }
    }
    if (this.waiting.length > 0) {
      await this.options.save(); // what waits for us goes on
      await attempt(this.waiting, true);
    }
    await this.gone(this.options.patience).catch((error) => failed.push(error));
    if (failed.length > 0) {
      throw new Several(failed);
    }
  }

  private async endOne(entry: Entry, isPatient: boolean): Promise<void> {
    const { api, patience, owner, owners, limits } = this.options;
    const waiting = patience.within(limits.arrival);
    for (;;) {
      const found = await patience.insist(() => api.get(entry.object));
      const ending = judgeEnding(found, entry, owner, owners, this.options.stillListed(entry));
      if (ending.verdict === 'wait') {
        if (!isPatient) {
          this.waiting.push(entry);
          return;
        }
        await waiting.pause(ending.why);
        await owners.refresh();
        continue;
      }
      try {
        await patience.insist(() => this.carryOut(entry, found!, ending));
        this.hasLeft ||= ending.verdict === 'leave';
        if (ending.verdict !== 'delete') {
          this.options.ended(entry, false);
        }
        return;
      } catch (error) {
        if (!isOvertaken(error)) {
          throw error;
        }
        await patience.stepAside(nameOf(entry.object));
        await owners.refresh();
      }
    }
  }

  private async carryOut(entry: Entry, found: KubernetesObject, ending: Ending): Promise<void> {
    const { api, owner } = this.options;
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
    switch (ending.verdict) {
      case 'leave': return void await this.leave(await this.returned(entry, found, ending.others.map(contentOf)));
      case 'release': return this.release(entry, found);
      case 'restore': return this.restore(entry, found);
      case 'retain': return void await this.applyAgain(ending.as, owner, found);
      case 'give back': return this.giveBack(entry, found, ending.others);
    }
  }

  private async restore(entry: Entry, found: KubernetesObject): Promise<void> {
    const left = await this.leave(await this.returned(entry, found));
    await removeAddedFields(this.options.api, left, entry.fields, this.manager);
  }

  /** The next holder's content is applied before our part goes: no field is missing in between. */
  private async giveBack(entry: Entry, found: KubernetesObject, others: readonly Holder[]): Promise<void> {
    const { api } = this.options;
    const [{ owner, entry: theirs }, ...more] = others;
    const still = this.options.stillListed(entry);
    const kept = still && still.epoch > 0 && still.uid === entry.uid ? still : undefined;
    let current = await this.returned(entry, found, [theirs, ...kept ? [kept] : [], ...more.map(contentOf)]);
    if (kept) {
      current = await this.applyAgain(kept, this.options.owner, current); // as it was before: listed by us, and taken by them
    }
    current = await this.applyAgain(theirs, owner, current).catch((error) => {
      if (!isRefused(error)) {
        throw error;
      }
      console.log(`${nameOf(found)} cannot be as it was for ${nameOfOwner(owner)}: ${describe(theirs.object, error).message}`);
      return current;
    });
    if (!kept) {
      current = await this.leave(current);
      await removeAddedFields(api, current, entry.fields, this.manager);
    }
  }

  /** Others have back what the set lets go of. */
  private async returned(entry: Entry, found: KubernetesObject, contents: readonly Content[] = []): Promise<KubernetesObject> {
    const { manager } = this;
    return giveBackFields(this.options.api, found, fieldsToReturn({ found, manager, fields: entry.fields, contents }), manager);
  }

  private async applyAgain(entry: Entry, owner: string, found: KubernetesObject): Promise<KubernetesObject> {
    return this.options.api.apply(bearing(same(entry.object, found), owner, entry), { fieldManager: managerOf({ owner }), force: true });
  }

  /** Takes our part out of an object: fields that only we manage go. */
  private async leave(found: KubernetesObject): Promise<KubernetesObject> {
    const { api, owner } = this.options;
    if (!manages(found, owner)) {
      return this.unmarked(found);
    }
    try {
      return await this.unmarked(await applyOnly(api, bareOf(found), found, this.manager));
    } catch (error) {
      if (!isRefused(error)) {
        throw error;
      }
      console.log(`${nameOf(found)} keeps the fields that were set here, since it cannot do without them`);
      return this.withoutUs(found);
    }
  }

  /** The values stay, and nobody manages them; but what we have changed for others is as it was. */
  private async release(entry: Entry, found: KubernetesObject): Promise<void> {
    const { api, stillListed } = this.options;
    const kept = stillListed(entry);
    const restored = await this.returned(entry, found);
    if (kept?.epoch === 0 && kept.uid === entry.uid) { // we had created it when we kept what exists
      const before = await api.apply(same(kept.object, restored), { fieldManager: NOBODY, force: true });
      await removeAddedFields(api, await this.leave(before), entry.fields, this.manager);
    } else {
      await this.withoutUs(restored);
    }
  }

  private async withoutUs(found: KubernetesObject): Promise<KubernetesObject> {
    const all = managedFieldsOf(found);
    const others = all.filter(({ manager }) => manager !== this.manager);
    // an empty entry clears them: https://kubernetes.io/docs/reference/using-api/server-side-apply/#clearing-managedfields
    const value = others.length > 0 ? others : [{}];
    const fields: PatchOperation[] = others.length < all.length ? [{ op: 'replace', path: '/metadata/managedFields', value }] : [];
    return this.patched(found, [...this.marksOf(found), ...fields]);
  }

  /** Our annotations do not go with our part where someone has wiped the managed fields. */
  private async unmarked(found: KubernetesObject): Promise<KubernetesObject> {
    return this.patched(found, this.marksOf(found));
  }

  private async patched(found: KubernetesObject, operations: PatchOperation[]): Promise<KubernetesObject> {
    return operations.length > 0 ? this.options.api.patchJson(found, [...at(found), ...operations], this.manager) : found;
  }

  private marksOf(found: KubernetesObject): PatchOperation[] {
    const annotations = (found.metadata.annotations ?? {}) as { [name: string]: string };
    const isOurs = annotations[MARKS.owner] === this.options.owner;
    return isOurs ? Object.values(MARKS).filter((mark) => mark in annotations).map((mark) => ({ op: 'remove', path: `/metadata/annotations/${mark.replace('/', '~1')}` })) : [];
  }

  /** What depends on it must not go before it. */
  private async gone(patience: Patience): Promise<void> {
    for (;;) {
      const left: KubernetesObject[] = [];
      await forEach(this.going, async ({ entry, object }) => {
        const found = await patience.insist(() => this.options.api.get(object));
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
      await patience.pause(`${nameOf(left[0])} is being deleted${because(left[0])}`, 200);
    }
  }
}

/** Content for the very object that was found. */
const same = (object: KubernetesObject, { metadata: { uid, resourceVersion } }: KubernetesObject): KubernetesObject =>
  ({ ...object, metadata: { ...object.metadata, uid, resourceVersion } });
