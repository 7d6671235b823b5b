import { isJob } from '../../contract/awaited-condition';
import { ExistingObjects } from '../../contract/existing-objects';
import { nameOf } from '../../contract/identity';
import type { KubernetesObject } from '../client/kubernetes-object';
import { nameOfOwner, isSameStack } from '../event';
import { isManagedBy, managersOf } from '../fields/managed-fields';
import { Holder, isAppliedBy, Owners, recognises } from '../records/owners';
import { Entry, managerOf, nameOfRecord, NOBODY } from '../records/record';

/** What happens to an object that a set defines, and its entry in the record afterwards. */
export type Judgement =
  /** It does not exist. */
  | { readonly verdict: 'create'; readonly entry: Entry }
  /** The set owns it, or becomes its owner. */
  | {
    readonly verdict: 'apply';
    readonly entry: Entry;
    readonly mayBeReplaced: boolean;
    /** The other sets that list it, in the order in which they would become its owner. */
    readonly others: readonly Holder[];
    /**
     * The field managers of sets of this stack that owned it and never gave it up, because no Delete came; or of an object without an
     * owner.
     */
    readonly leftBehind?: string[];
  }
  | { readonly verdict: 'leave'; readonly entry: Entry; readonly why?: string }
  /** It is being deleted, or its owner is giving it up. */
  | { readonly verdict: 'wait'; readonly why: string }
  | { readonly verdict: 'refuse'; readonly why: string };

/** An object that a set defines, and what its event says about it. */
export interface DesiredObject {
  readonly object: KubernetesObject;
  /** The set that wants it: `account/region/stack/logical id`. */
  readonly owner: string;
  readonly existing: ExistingObjects;
  /** The previous entry of the set for it. */
  readonly entry?: Entry;
  /** Whether this is a rollback. A rollback does not fail for objects that the set no longer owns. */
  readonly isUndo: boolean;
  /** The token of the object if it has to be created. */
  readonly token: string;
}

/** The table of decisions/0003, row by row. */
export function judge(found: KubernetesObject | undefined, desired: DesiredObject, owners: Owners): Judgement {
  const { object, owner, existing, entry, isUndo, token } = desired;
  const keeps = existing === ExistingObjects.KEEP;
  if (!found) {
    const finished = isJob(object) && owners.entryFor(object);
    return finished
      ? { verdict: 'leave', entry: finished, why: `${nameOf(object)} is gone and its definition has not changed: it does not run again` }
      : { verdict: 'create', entry: { object, token, epoch: keeps ? 0 : 1, landed: false, origin: 'absent', fields: [] } };
  }
  if (found.metadata.deletionTimestamp) {
    return { verdict: 'wait', why: `${nameOf(object)} is being deleted${whatDeletionAwaits(found)}` };
  }
  if (keeps) {
    return { verdict: 'leave', entry: keptEntry(desired, found) };
  }
  const holders = owners.holdersOf(found);
  const [holder] = holders;
  if (!holder) {
    return judgeUnowned(found, desired);
  }
  const others = holders.filter((other) => other.owner !== owner);
  if (holder.owner === owner) {
    return judgeOwn(found, desired, holder.entry, others, owners);
  }
  if (holder.isEnding) {
    return { verdict: 'wait', why: `${nameOfOwner(holder.owner)} is giving up ${nameOf(object)}` };
  }
  const wasOurs = entry !== undefined && entry.epoch > 0 && recognises(entry, found);
  const takes = isUndo ? isToRestore(desired, holders, wasOurs) : isSameStack(holder.owner, owner) || existing === ExistingObjects.TAKE_OVER;
  if (takes) {
    if (wasOurs) {
      console.log(`${nameOf(object)} is taken back from ${nameOfOwner(holder.owner)}`);
    }
    const again = wasOurs ? { token: entry.token, ...(entry.origin === 'retained' && { origin: entry.origin }) } : {};
    return { verdict: 'apply', entry: { ...taken(found, object, holder), ...again }, mayBeReplaced: false, others: others.filter(({ isEnding }) => !isEnding) };
  }
  if (wasOurs || isUndo) {
    return { verdict: 'leave', entry: listedEntry(desired, entry), why: `${nameOf(object)} is left alone: ${nameOfOwner(holder.owner)} has taken it over` };
  }
  return { verdict: 'refuse', why: `${nameOf(object)} belongs to ${nameOfOwner(holder.owner)}: remove it there, or take it over with existing: ExistingObjects.TAKE_OVER` };
}

/**
 * Whether a rollback takes an object from another set of the stack: if it belonged to this set before the deployment, or if the other set has created it in its
 * place. Otherwise, the other set gives it back to whom it has taken it from.
 */
function isToRestore({ owner, entry }: DesiredObject, holders: readonly Holder[], wasOurs: boolean): boolean {
  const [holder] = holders;
  const ofOtherStacks = holders.filter((other) => !isSameStack(other.owner, owner));
  return isSameStack(holder.owner, owner)
    && (wasOurs ? ofOtherStacks.every((other) => other.entry.epoch < entry!.epoch) : holder.entry.origin === 'absent' && ofOtherStacks.length === 0);
}

/** For an object that this set owns. */
function judgeOwn(
  found: KubernetesObject, { object, owner, isUndo }: DesiredObject, entry: Entry, others: readonly Holder[], owners: Owners,
): Judgement {
  const isForGood = entry.landed && !isUndo;
  const givenUp = others.filter((other) => isForGood && isSameStack(other.owner, owner));
  return {
    verdict: 'apply',
    entry: { ...entry, object, uid: found.metadata.uid },
    mayBeReplaced: entry.origin === 'absent' && others.length === 0 && !owners.mayBeShared(object),
    others: others.filter((other) => !givenUp.includes(other) && !other.isEnding),
    leftBehind: isUndo ? [] : [
      ...givenUp.map((other) => managerOf(nameOfRecord(other.owner))),
      ...(entry.origin === 'absent' ? [NOBODY] : []),
    ].filter((manager) => isManagedBy(found, manager)),
  };
}

/** For an object that no set owns. */
function judgeUnowned(found: KubernetesObject, desired: DesiredObject): Judgement {
  const { object, existing, entry, isUndo } = desired;
  const { uid } = found.metadata;
  if (entry?.epoch === 0 && recognises(entry, found)) { // this set created it while it kept existing objects
    return { verdict: 'apply', entry: { ...entry, object, uid, epoch: 1, landed: false }, mayBeReplaced: true, others: [], leftBehind: [NOBODY] };
  }
  if (isUndo) {
    return { verdict: 'leave', entry: listedEntry(desired, entry), why: `${nameOf(object)} is left alone: it no longer belongs to this stack and is ${managersOf(found)}` };
  }
  const there = `${nameOf(object)} already exists${entry?.uid ? ' (someone else has created it again)' : ''} and is ${managersOf(found)}`;
  if (object.kind === 'Secret') {
    return { verdict: 'refuse', why: `${there}: a Secret cannot be taken over, even with existing: ExistingObjects.TAKE_OVER. Delete it, or give this Secret another name` };
  }
  if (existing !== ExistingObjects.TAKE_OVER) {
    return { verdict: 'refuse', why: `${there}: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this object another name` };
  }
  return { verdict: 'apply', entry: { object, uid, epoch: 1, landed: false, origin: 'foreign', fields: [] }, mayBeReplaced: false, others: [] };
}

const taken = ({ metadata: { uid } }: KubernetesObject, object: KubernetesObject, { entry: { epoch, origin, fields } }: Holder): Entry =>
  ({ object, uid, epoch: epoch + 1, landed: false, origin, fields });

/** An entry for an object that the set lists but does not change. */
export const listedEntry = ({ object, token }: DesiredObject, entry: Entry | undefined): Entry =>
  (entry ? { ...entry, object } : { object, token, epoch: 0, landed: true, origin: 'absent', fields: [] });

/** The entry of a set that does not change existing objects. For an object that the set created itself, it keeps the created content. */
function keptEntry({ object, entry }: DesiredObject, found: KubernetesObject): Entry {
  const own = entry && entry.epoch === 0 && recognises(entry, found) ? { object: entry.object, uid: found.metadata.uid, token: entry.token } : {};
  return { object, ...own, epoch: 0, landed: true, origin: 'absent', fields: [] };
}

/** What the deletion of an object waits for, in parentheses; empty if the object does not show it. */
export function whatDeletionAwaits({ metadata, status }: KubernetesObject): string {
  const conditions = ((status as { conditions?: { type: string; status: string; message?: string }[] } | undefined)?.conditions ?? [])
    .filter((condition) => condition.status === 'True' && /Remaining/.test(condition.type)).map(({ message }) => message);
  const finalizers = (metadata.finalizers as string[] | undefined) ?? [];
  const reasons = [...conditions, ...(finalizers.length > 0 ? [`waiting for the finalizers ${finalizers.join(', ')}`] : [])];
  return reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
}

/** What happens to an object that leaves a set. */
export type Ending =
  | { readonly verdict: 'delete' }
  /** It stays with its current values. */
  | { readonly verdict: 'release' }
  /** Another set owns it: only the fields of this set are withdrawn. */
  | { readonly verdict: 'leave'; readonly others: readonly Holder[] }
  /** The first of the other sets that list it becomes its owner again. */
  | { readonly verdict: 'give back'; readonly others: readonly Holder[] }
  /** The fields that this set changed get their previous values. */
  | { readonly verdict: 'restore' }
  /** It returns to an earlier state of this set, such as that at the time when the set was created again. */
  | { readonly verdict: 'retain'; readonly as: Entry }
  | { readonly verdict: 'wait'; readonly why: string }
  | { readonly verdict: 'nothing' };

/**
 * What happens to an object whose entry leaves the record of a set.
 *
 * @param still another entry for it that stays, because the set was created again or lists the object without managing it.
 */
export function judgeEnding(found: KubernetesObject | undefined, entry: Entry, owner: string, owners: Owners, still: Entry | undefined): Ending {
  if (!found || entry.epoch === 0 || !recognises(entry, found)) {
    return { verdict: 'nothing' };
  }
  const holders = owners.holdersOf(found);
  const [first] = holders;
  const others = holders.filter((holder) => holder.owner !== owner).filter(({ isEnding }, i) => i === 0 || !isEnding);
  if (first && first.owner !== owner) {
    return first.isEnding ? { verdict: 'wait', why: `${nameOfOwner(first.owner)} is giving up ${nameOf(entry.object)}` } : { verdict: 'leave', others };
  }
  if (!isAppliedBy(found, owner)) {
    return { verdict: 'nothing' };
  }
  if (others.length > 0) {
    return { verdict: 'give back', others };
  }
  if (still && still.epoch > 0 && still.uid === entry.uid) { // others that had taken it have given it up since
    return { verdict: 'retain', as: still };
  }
  if (entry.origin === 'foreign') {
    return { verdict: 'restore' };
  }
  if (entry.origin === 'retained') {
    return still ? { verdict: 'retain', as: still } : { verdict: 'release' };
  }
  const isLasting = found.kind === 'Namespace' || found.kind === 'CustomResourceDefinition';
  const isListed = still?.epoch === 0 || owners.isKept(entry.object) || owners.mayBeShared(entry.object);
  return { verdict: isLasting || isListed ? 'release' : 'delete' };
}
