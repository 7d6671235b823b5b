import type { KubernetesObject } from './kubernetes-api';
import { annotationsOf, holdersOf, Marks, marksOf, replacedBy } from './marks';
import { nameOfOwner, sameResource, sameStack } from './resource-id';
import { ExistingObjects } from '../contract/existing-objects';
import { nameOf } from '../contract/identity';
import { ROLE_ARN_ANNOTATION } from '../contract/marks';

/** What becomes of an object that is wanted. */
export type Judgement =
  /** It is absent. */
  | { readonly verdict: 'create' }
  /** It is ours, or becomes ours; `mine` where nobody else has a say in whether it may be replaced. */
  | { readonly verdict: 'apply'; readonly marks: Marks; readonly mine: boolean }
  | { readonly verdict: 'leave'; readonly why?: string }
  /** It is on its way out. */
  | { readonly verdict: 'wait'; readonly why: string }
  | { readonly verdict: 'refuse'; readonly why: string };

export interface Wish {
  readonly object: KubernetesObject;
  /** The id of the set that wants it. */
  readonly id: string;
  readonly existing: ExistingObjects;
  /** The object as this resource had it before the event; undefined if it had not. */
  readonly before?: KubernetesObject;
}

export function judge(found: KubernetesObject | undefined, wish: Wish): Judgement {
  const { object, id, existing, before } = wish;
  if (!found) {
    const finished = object.kind === 'Job' && before !== undefined && JSON.stringify(before) === JSON.stringify(object);
    return finished ? { verdict: 'leave', why: `${nameOf(object)} is gone and has not changed: it is not run again` } : { verdict: 'create' };
  }
  if (found.metadata.deletionTimestamp) {
    return { verdict: 'wait', why: `${nameOf(object)} is being deleted${because(found)}` };
  }
  if (existing === ExistingObjects.KEEP) {
    return { verdict: 'leave' };
  }
  const takesOver = existing === ExistingObjects.TAKE_OVER;
  const marks = marksOf(found);
  if (!marks.owner) {
    if (before && !takesOver) {
      // an error would come again in the rollback
      return { verdict: 'leave', why: `${nameOf(object)} is left alone: it is not ours any more, ${managed(found)}` };
    }
    return takesOver ? adopt(found, wish) : { verdict: 'refuse', why: foreign(found, object) };
  }
  const holders = holdersOf(marks);
  if (!sameResource(marks.owner, id)) {
    if (before || holders.some((holder) => sameResource(holder.id, id))) {
      return { verdict: 'leave', why: `${nameOf(object)} is left alone: ${nameOfOwner(marks.owner)} has taken it over` };
    }
    if (!sameStack(marks.owner, id) && !takesOver) {
      return { verdict: 'refuse', why: `${nameOf(object)} belongs to ${nameOfOwner(marks.owner)}: remove it there, or take it over with existing: ExistingObjects.TAKE_OVER` };
    }
  }
  const copied = marks.uid !== undefined && marks.uid !== found.metadata.uid;
  return {
    verdict: 'apply',
    mine: sameStack(marks.owner, id) && !marks.adopted && !copied,
    marks: {
      ...marks,
      owner: id,
      uid: found.metadata.uid,
      ...(marks.owner !== id && replacedBy([
        { id: marks.owner, roleArn: roleFound(found, object) }, ...holders.filter((holder) => holder.id !== id),
      ])),
      ...(copied && { adopted: 'true' }),
    },
  };
}

function adopt(found: KubernetesObject, { object, id }: Wish): Judgement {
  if (object.kind === 'Secret') {
    return { verdict: 'refuse', why: `${nameOf(object)} is there already and not ours: a Secret is not taken over, not even with existing: ExistingObjects.TAKE_OVER` };
  }
  return { verdict: 'apply', mine: false, marks: { owner: id, uid: found.metadata.uid, adopted: 'true', adoptedRoleArn: roleFound(found, object) } };
}

/** The role that an object named before ours; of no interest where ours names none. */
function roleFound(found: KubernetesObject, object: KubernetesObject): string | undefined {
  return ROLE_ARN_ANNOTATION in annotationsOf(object) ? annotationsOf(found)[ROLE_ARN_ANNOTATION] : undefined;
}

function foreign(found: KubernetesObject, object: KubernetesObject): string {
  return `${nameOf(object)} is there already, ${managed(found)}: take it over with existing: ExistingObjects.TAKE_OVER, delete it, or give this one another name`;
}

function managed(found: KubernetesObject): string {
  const fields = (found.metadata.managedFields ?? []) as { manager?: string }[];
  const managers = [...new Set(fields.map(({ manager }) => manager))].join(', ');
  return `managed by ${managers || 'someone who left no name'}`;
}

export function because({ metadata, status }: KubernetesObject): string {
  const conditions = ((status as { conditions?: { type: string; status: string; message?: string }[] } | undefined)?.conditions ?? [])
    .filter((condition) => condition.status === 'True' && /Remaining/.test(condition.type)).map(({ message }) => message);
  const finalizers = (metadata.finalizers as string[] | undefined) ?? [];
  const reasons = [...conditions, ...finalizers.length > 0 ? [`waiting for the finalizers ${finalizers.join(', ')}`] : []];
  return reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
}

/** What becomes of an object whose set is deleted, for a set with this id. */
export type Removal = 'delete' | 'release' | 'give back' | 'let go' | 'leave';

export function judgeRemoval(found: KubernetesObject | undefined, id: string, existing: ExistingObjects): Removal {
  if (!found || found.metadata.deletionTimestamp) {
    return 'leave';
  }
  const marks = marksOf(found);
  const holders = holdersOf(marks);
  if (marks.owner !== id) {
    return holders.some((holder) => holder.id === id) ? 'let go' : 'leave';
  }
  if (holders.length > 0) {
    return 'give back';
  }
  const kept = existing === ExistingObjects.KEEP || found.kind === 'Namespace' || found.kind === 'CustomResourceDefinition';
  return !marks.adopted && marks.uid === found.metadata.uid && !kept ? 'delete' : 'release';
}
