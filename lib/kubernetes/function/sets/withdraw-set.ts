import { isDeepStrictEqual } from 'node:util';
import { describe } from '../errors';
import { nameOfOwner } from '../event';
import type { Ending } from './judgement';
import { withOwnerAnnotations, contentOf, managerOf } from './write-object';
import { nameOf } from '../../contract/identity';
import { MARKS } from '../../contract/marks';
import { KubernetesApi, PatchOperation } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { bareOf, managedFieldsOf } from '../fields/managed-fields';
import { ifUnchanged, Content, fieldsToReturn, giveBackFields, removeAddedFields } from '../fields/returned-fields';
import type { TakenField } from '../fields/taken-fields';
import { unclaimed } from '../fields/unclaimed-content';
import { applyKeepingUnmanaged } from '../fields/unmanaged-fields';
import { isRefused } from '../nature';
import { Holder, isAppliedBy, manages } from '../records/owners';
import { Entry, NOBODY } from '../records/record';

interface SetWithdrawalOptions {
  readonly api: KubernetesApi;
  /** The set: `account/region/stack/logical id`. */
  readonly owner: string;
  /** Another entry of the set with the same identity that stays, if any. */
  readonly stillListed: (entry: Entry) => Entry | undefined;
}

/**
 * Withdraws the fields and annotations of a set from objects that stay. If the API server rejects such a change, the object stays as it is, so
 * that the deletion of the set does not fail.
 */
export class SetWithdrawal {
  private readonly manager: string;

  constructor(private readonly options: SetWithdrawalOptions) {
    this.manager = managerOf(options);
  }

  public async withdrawFrom(entry: Entry, found: KubernetesObject, ending: Ending): Promise<void> {
    switch (ending.verdict) {
      case 'leave': return this.leaveToOwner(entry, found, ending.others);
      case 'release': return this.release(entry, found);
      case 'restore': return void await this.withdrawAll(entry, await this.returned(entry, found));
      case 'retain': return void await this.applyAgain(ending.as, this.options.owner, await this.returned(entry, found, [ending.as]));
      case 'give back': return this.giveBack(entry, found, ending.others);
    }
  }

  /** The record is no proof: if the object itself does not show that this set has applied it, it has no fields of this set. */
  private async leaveToOwner(entry: Entry, found: KubernetesObject, others: readonly Holder[]): Promise<void> {
    if (isAppliedBy(found, this.options.owner)) {
      await this.withdraw(await this.returned(entry, found, others.map(contentOf)));
    }
  }

  /** Applies the content of the next owner before the fields of this set are withdrawn, so that no field is missing in between. */
  private async giveBack(entry: Entry, found: KubernetesObject, others: readonly Holder[]): Promise<void> {
    const still = this.options.stillListed(entry);
    if (still && still.epoch > 0 && still.uid === entry.uid) {
      return this.returnToEarlierState(entry, found, still, others);
    }
    const [{ owner, entry: theirs }, ...more] = others;
    const returned = await this.returned(entry, found, [theirs, ...more.map(contentOf)]);
    await this.withdrawAll(entry, await this.applyAgain(theirs, owner, returned));
  }

  /** Restores the previous state, in which this set lists the object and other sets have taken it over. */
  private async returnToEarlierState(entry: Entry, found: KubernetesObject, before: Entry, others: readonly Holder[]): Promise<void> {
    const [above, below] = [others.filter((other) => other.entry.epoch > before.epoch), others.filter((other) => other.entry.epoch <= before.epoch)];
    const contents = [...above.map((other) => other.entry), before, ...below.map(contentOf)];
    const isNew = ({ path, value }: TakenField) => !before.fields.some((field) => isDeepStrictEqual([field.path, field.value], [path, value]));
    const taken = { ...entry, fields: entry.fields.filter(isNew) };
    let current = await this.returned(taken, found, above.map((other) => other.entry));
    current = await this.returned(entry, current, contents);
    const object = await unclaimed(this.options.api, same(before.object, current), current, this.manager);
    current = await this.applyAgain({ ...before, object }, this.options.owner, current);
    for (const { owner, entry: theirs } of [...above].reverse()) {
      current = await this.applyAgain(theirs, owner, current);
    }
  }

  /** The values stay without a manager, but fields that were taken over from others get their previous values. */
  private async release(entry: Entry, found: KubernetesObject): Promise<void> {
    const { api, stillListed } = this.options;
    const kept = stillListed(entry);
    const restored = await this.returned(entry, found);
    if (kept?.epoch === 0 && kept.uid === entry.uid) { // this set created it while it kept existing objects
      const content = await unclaimed(api, same(kept.object, restored), restored, NOBODY);
      await this.withdrawAll(entry, await applyKeepingUnmanaged(api, content, restored, NOBODY).catch(unlessRefused(restored)));
    } else {
      await this.withoutUs(restored);
    }
  }

  /** Gives back the fields that the set stops setting. */
  private async returned(entry: Entry, found: KubernetesObject, contents: readonly Content[] = []): Promise<KubernetesObject> {
    const { manager } = this;
    const fields = fieldsToReturn({ found, manager, fields: entry.fields, contents });
    return giveBackFields(this.options.api, found, fields, manager).catch(unlessRefused(found));
  }

  private async applyAgain(entry: Entry, owner: string, found: KubernetesObject): Promise<KubernetesObject> {
    return applyKeepingUnmanaged(this.options.api, withOwnerAnnotations(same(entry.object, found), owner, entry), found, managerOf({ owner }))
      .catch(unlessRefused(found, `cannot be restored to its previous state for ${nameOfOwner(owner)}`));
  }

  private async withdrawAll(entry: Entry, found: KubernetesObject): Promise<void> {
    const left = await this.withdraw(found);
    await removeAddedFields(this.options.api, left, entry.fields, this.manager).catch(unlessRefused(left));
  }

  /** Removes the fields that only this set manages. */
  private async withdraw(found: KubernetesObject): Promise<KubernetesObject> {
    const { api, owner } = this.options;
    if (!manages(found, owner)) {
      return this.unmarked(found);
    }
    const left = await applyKeepingUnmanaged(api, bareOf(found), found, this.manager).catch(unlessRefused(found, 'keeps the fields that were set here'));
    return left === found ? this.withoutUs(found) : this.unmarked(left);
  }

  private async withoutUs(found: KubernetesObject): Promise<KubernetesObject> {
    const all = managedFieldsOf(found);
    const others = all.filter(({ manager }) => manager !== this.manager);
    // an empty entry clears them: https://kubernetes.io/docs/reference/using-api/server-side-apply/#clearing-managedfields
    const value = others.length > 0 ? others : [{}];
    const fields: PatchOperation[] = others.length < all.length ? [{ op: 'replace', path: '/metadata/managedFields', value }] : [];
    return this.unmarked(found, fields);
  }

  /** Removes our annotations, which remain if someone has cleared the managed fields. */
  private async unmarked(found: KubernetesObject, more: PatchOperation[] = []): Promise<KubernetesObject> {
    const operations = [...this.marksOf(found), ...more];
    return operations.length > 0 ? this.options.api.patchJson(found, [...ifUnchanged(found), ...operations], this.manager) : found;
  }

  private marksOf(found: KubernetesObject): PatchOperation[] {
    const annotations = (found.metadata.annotations ?? {}) as { [name: string]: string };
    const isOurs = annotations[MARKS.owner] === this.options.owner;
    return isOurs ? Object.values(MARKS).filter((mark) => mark in annotations).map((mark) => ({ op: 'remove', path: `/metadata/annotations/${mark.replace('/', '~1')}` })) : [];
  }
}

/** Content that applies only to the object that was found. */
const same = (object: KubernetesObject, { metadata: { uid, resourceVersion } }: KubernetesObject): KubernetesObject =>
  ({ ...object, metadata: { ...object.metadata, uid, resourceVersion } });

/** Continues with the unchanged object if the API server will never accept the change. */
const unlessRefused = (found: KubernetesObject, what = 'cannot be restored to its previous state') => (error: Error): KubernetesObject => {
  if (!isRefused(error)) {
    throw error;
  }
  console.log(`${nameOf(found)} ${what}: ${describe(found, error).message}`);
  return found;
};
