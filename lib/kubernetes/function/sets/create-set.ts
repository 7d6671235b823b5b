import { NOTHING, SetContext } from './set-context';
import { Stopped } from '../deadline';
import { OnEventRequest, hashOf } from '../event';
import type { Wanted } from '../input/wanted';
import { asRetained, Entries, hasFailed, isOver, SetRecord } from '../records/record';
import { newId } from '../resource-id';

/** Creates a set, or undoes its changes if that fails. @returns the PhysicalResourceId. */
export async function createSet(context: SetContext, event: OnEventRequest, wanted: Wanted): Promise<string> {
  const { found } = context.options.lease;
  const { Existing: existing, Issuer: issuer } = event.ResourceProperties;
  const id = newId(event);
  const isContinued = found?.current.ids.includes(id); // an earlier delivery of this event has started it
  if (!isContinued) {
    if (found && isAbandonedCreate(found)) {
      await undoCreate(context);
    }
    retainAll(context); // before anything can fail: in a failed Create, what the record lists as current is undone
  }
  await context.owners.refresh();
  const { current, retained } = context.state;
  try {
    await context.checkIssuer(issuer);
    const entries = { ...asRetained(retained), ...current.objects };
    await context.apply({ objects: wanted.objects, entries, existing, credentials: event.ResourceProperties }, (applier) => ({
      ...context.state,
      current: { ids: [id], hash: hashOf(event.ResourceProperties), existing, objects: {} },
      retained: stillThere(retained, applier.entries),
    }));
    await context.waitFor(wanted);
  } catch (error) {
    if (!(error instanceof Stopped)) {
      // the framework answers the following Delete itself
      await undoCreate(context).catch((failure: Error) => {
        if (!context.hasAnnounced && !isContinued) {
          throw error;
        }
        throw new Error(`the changes of the failed Create could not be undone: ${failure.message}\nthe Create failed because of: ${(error as Error).message}`, { cause: error });
      });
    }
    throw error;
  }
  await context.save({ id });
  return id;
}

/** Whether a Create has left objects behind that no event deletes, because it was killed or could not be undone. */
export const isAbandonedCreate = (record: SetRecord) => record.event.type === 'Create' && hasFailed(record) && !isOver(record);

/** Undoes everything that a Create has started. Objects that were retained before it stay listed. */
export async function undoCreate(context: SetContext): Promise<void> {
  context.settle();
  const { current, dropped } = context.state;
  const entries = [...Object.values(current.objects), ...Object.values(dropped)];
  if (entries.length > 0) {
    await context.save();
    await context.owners.refresh(); // others might have taken over some of the objects since then
    await context.end(entries, context.options.undoing);
  }
  context.state = { ...context.state, current: NOTHING };
}

/**
 * Keeps the objects that a deleted stack with this name, or a resource with a retention policy, has left behind, also if the new stack
 * fails.
 */
function retainAll(context: SetContext): void {
  const { current, dropped, retained } = context.state;
  context.state = { current: NOTHING, previous: undefined, dropped: {}, retained: { ...retained, ...dropped, ...current.objects } };
}

/** The retained objects that still exist in the cluster. Neither an object that the set creates nor one that an earlier stack left alone has a uid in its entry. */
function stillThere(retained: Entries, now: Entries): Entries {
  const isThere = (id: string, uid?: string) => now[id] === undefined || now[id].epoch === 0 || now[id].uid !== undefined && now[id].uid === uid;
  return Object.fromEntries(Object.entries(retained).filter(([id, { uid }]) => isThere(id, uid)));
}
