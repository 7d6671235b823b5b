import type { KubernetesObject } from '../client/kubernetes-api';
import { OnEventRequest, hashOf } from '../event';
import { Patience, Stopped } from '../patience';
import { Entries, hasFailed, isOver, SetRecord } from '../records/record';
import { newId } from '../resource-id';
import { NOTHING, SetContext } from './set-context';

/** Creates a set, or undoes what it has done of it. @returns the PhysicalResourceId. */
export async function createSet(context: SetContext, event: OnEventRequest, wanted: readonly KubernetesObject[], undoing: Patience): Promise<string> {
  const { found } = context.options.lease;
  const { Existing: existing } = event.ResourceProperties;
  await context.owners.refresh();
  if (found?.event.request !== event.RequestId) {
    if (found && isAbandonedCreate(found)) {
      await undoCreate(context, undoing);
    }
    retainAll(context);
  }
  const { current, retained } = context.state;
  const id = newId(event);
  try {
    const applier = context.applying(wanted, { ...retained, ...current.objects }, existing);
    await applier.plan();
    context.state = {
      ...context.state,
      current: { ids: [id], hash: hashOf(event.ResourceProperties), existing, objects: {} },
      retained: stillThere(retained, applier.entries),
    };
    await context.announce();
    await applier.carryOut();
  } catch (error) {
    if (!(error instanceof Stopped)) {
      // the framework answers the Delete after it by itself
      await undoCreate(context, undoing).catch((failure: Error) => {
        throw new Error(`what was done could not be undone: ${failure.message}\nwhat had failed: ${(error as Error).message}`, { cause: error });
      });
    }
    throw error;
  }
  context.settle();
  await context.save({ id });
  return id;
}

/** Whether a Create has left something behind that nobody asked to delete: it was killed, or could not be undone. */
export const isAbandonedCreate = (record: SetRecord) => record.event.type === 'Create' && hasFailed(record) && !isOver(record);

/** Ends all that a Create has begun. What was retained before it stays listed. */
export async function undoCreate(context: SetContext, patience: Patience): Promise<void> {
  context.settle();
  const { current, dropped } = context.state;
  await context.end([...Object.values(current.objects), ...Object.values(dropped)], patience);
  context.state = { ...context.state, current: NOTHING };
}

/** What a deleted stack of this name, or a resource with a retention policy, has left is there again if the stack fails. */
function retainAll(context: SetContext): void {
  const { current, dropped, retained } = context.state;
  context.state = { current: NOTHING, previous: undefined, dropped: {}, retained: { ...retained, ...dropped, ...current.objects } };
}

/** Without what is not in the cluster any more. */
function stillThere(retained: Entries, now: Entries): Entries {
  return Object.fromEntries(Object.entries(retained).filter(([id, { uid }]) => now[id] === undefined || now[id].epoch === 0 || now[id].uid === uid));
}
