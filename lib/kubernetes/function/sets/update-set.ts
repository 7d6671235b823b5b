import type { KubernetesObject } from '../client/kubernetes-object';
import type { CredentialsProperties } from '../credentials/expected-variable';
import { hashOf, millisecondsOf, OnEventRequest, timeOf } from '../event';
import { SetContext, State } from './set-context';
import { ExistingObjects } from '../../contract/existing-objects';
import { identity } from '../../contract/identity';
import type { Wanted } from '../input/wanted';
import { Entries, Entry, isTombstone, SetState, UNDER_WAY } from '../records/record';
import { newId } from '../resource-id';

/** The time in milliseconds after which an Update can no longer be rolled back, because no deployment takes that long. */
const SETTLED = 24 * 60 * 60 * 1000;

/** Changes a set, or rolls back the previous change. @returns the PhysicalResourceId. */
export async function updateSet(context: SetContext, event: OnEventRequest, wanted: Wanted): Promise<string> {
  await context.owners.refresh();
  const target = stateToRestore(context, event);
  return target ? undo(context, event, wanted.objects, target) : goForward(context, event, wanted);
}

/** The state of the set to which an update with these properties rolls back. An event does not show that it is a rollback. */
function stateToRestore(context: SetContext, event: OnEventRequest): SetState | undefined {
  const { previous, current } = context.state;
  const { found } = context.options.lease;
  const hash = hashOf(event.ResourceProperties);
  if (previous?.hash === hash && !previous.isUndone && !isSettled(context, event)) {
    return previous;
  }
  return found && current.hash === hash ? current : undefined;
}

/** Whether the last event is too old for a rollback. */
export function isSettled({ options: { lease } }: SetContext, event: OnEventRequest): boolean {
  return lease.found !== undefined && millisecondsOf(timeOf(event)) - millisecondsOf(lease.found.event.time) > SETTLED;
}

async function goForward(context: SetContext, event: OnEventRequest, wanted: Wanted): Promise<string> {
  const { lease: { found: last } } = context.options;
  const found = last && !isTombstone(last) ? last : undefined;
  const { Existing: existing, Issuer: issuer } = event.ResourceProperties;
  commitCreate(context);
  const before = context.state;
  const { current, previous } = before;
  // after an update that was killed, the record already has the new flag
  const { existing: flag } = current.hash === UNDER_WAY ? previous ?? current : current;
  let isNewId = !found || givesUpFlag(flag, existing);
  try {
    await context.checkIssuer(issuer);
    const applied = { objects: wanted.objects, entries: latest(before), existing, credentials: event.ResourceProperties };
    await context.apply(applied, ({ entries, isTaking }) => {
      const dropped = droppedBy(entries, latest(before));
      isNewId ||= isTaking || Object.keys(dropped).length > 0;
      return {
        ...before,
        // if the last Update failed, a rollback returns to the state before it
        previous: found && (current.hash === UNDER_WAY ? previous ?? current : current),
        current: { ids: possibleIds(current, event), hash: UNDER_WAY, existing, objects: {} },
        dropped,
      };
    });
    await context.waitFor(wanted);
  } catch (error) {
    if (!found && !context.hasBegun) {
      rememberRefusal(context, event);
    }
    throw error;
  }
  const id = isNewId ? newId(event) : event.PhysicalResourceId!;
  context.state = { ...context.state, current: { ...context.state.current, ids: [id], hash: hashOf(event.ResourceProperties) } };
  await context.save({ id });
  return id;
}

async function undo(context: SetContext, event: OnEventRequest, wanted: readonly KubernetesObject[], target: SetState): Promise<string> {
  const { current } = context.state;
  const isRepeated = target === current;
  const isComplete = current.hash !== UNDER_WAY;
  const hadNewId = !current.ids.some((id) => target.ids.includes(id));
  const meanwhile = { ...current, ids: possibleIds(current, event), hash: isRepeated ? current.hash : UNDER_WAY };
  await restore(context, wanted, target, meanwhile, event.ResourceProperties);
  const isNewId = hadNewId || Object.keys(context.state.dropped).length > 0;
  const id = isNewId ? newId(event) : event.PhysicalResourceId!;
  const { objects } = context.state.current;
  const { previous } = context.state;
  // someone may have returned to earlier properties, which CloudFormation rolls back in its turn; what had a new ID itself is being rolled back
  const undone: SetState | undefined = isNewId && !hadNewId && isComplete ? { ...current, isUndone: true } : undefined;
  context.state = { ...context.state, previous: isRepeated && !previous?.isUndone ? previous : undone, current: { ...target, ids: [id], objects } };
  await context.save({ id });
  return id;
}

/**
 * Restores a previous state of the set. Objects that the failed update has added or taken over are dropped.
 *
 * @param meanwhile the state in the record until that is done.
 * @param credentials what to wait for after service accounts were written; nothing if it is undefined.
 */
export async function restore(
  context: SetContext, wanted: readonly KubernetesObject[], target: SetState, meanwhile: SetState, credentials?: CredentialsProperties,
): Promise<void> {
  const before = context.state;
  const now = latest(before);
  const taken = Object.fromEntries(Object.entries(target.objects).filter(([id, then]) => now[id] && wasTaken(now[id], then)));
  const objects = wanted.filter((object) => !(identity(object) in taken));
  const made = Object.fromEntries(Object.entries(before.current.objects).filter(([, { epoch, uid }]) => epoch === 0 && uid !== undefined));
  // objects that the failed update has created while it kept existing objects are ours as well
  await context.apply({ objects, entries: { ...target.objects, ...made }, existing: target.existing, isUndo: true, credentials }, ({ entries }) => ({
    ...before,
    previous: before.previous === target ? { ...target, objects: { ...target.objects, ...takenBack(entries, target.objects) } } : before.previous,
    current: { ...meanwhile, objects: taken },
    dropped: droppedBy(entries, now),
  }));
}

/**
 * The objects that the rollback itself takes over. If it is killed, the next one must not treat them as taken over by the failed update.
 */
function takenBack(entries: Entries, before: Entries): Entries {
  const isTakenBack = (id: string, { uid, epoch, token }: Entry) => id in before
    && (uid === before[id].uid ? epoch > before[id].epoch : uid !== undefined && token === undefined); // with a token, the rollback creates it
  return Object.fromEntries(Object.entries(entries).filter(([id, entry]) => isTakenBack(id, entry)));
}

/** Whether the failed update has taken over an object that the set did not own before. */
function wasTaken(now: Entry, then: Entry): boolean {
  if (now.uid === then.uid) {
    return now.epoch > then.epoch;
  }
  // to replace an object that no longer existed, or that could not be changed, whatever its epoch was
  const wasCreated = now.origin === 'absent' && now.token !== undefined && now.token !== then.token;
  return now.epoch > 0 && !wasCreated;
}

/** The current entries. The entry of a dropped object takes precedence, because the other one only applies after the cleanup. */
const latest = ({ current, dropped }: State): Entries => ({ ...current.objects, ...dropped });

/** The objects that the set owns now, but not after the cleanup that CloudFormation requests. */
function droppedBy(objects: Entries, before: Entries): Entries {
  return Object.fromEntries(Object.entries(before).filter(([id, { epoch }]) => epoch > 0 && (objects[id]?.epoch ?? 0) === 0));
}

/** An update proves that the previous Create was kept, so objects that were retained until then belong to the set again. */
function commitCreate(context: SetContext): void {
  const { current, retained } = context.state;
  const isBack = (id: string) => (current.objects[id]?.epoch ?? 0) > 0 && retained[id] !== undefined;
  const objects = Object.entries(current.objects).map(([id, entry]) => [id, isBack(id) ? { ...entry, origin: retained[id].origin } : entry]);
  context.state = {
    ...context.state,
    current: { ...current, objects: Object.fromEntries(objects) },
    retained: Object.fromEntries(Object.entries(retained).filter(([id]) => !isBack(id))),
  };
}

/** Without a record, the rollback could not be distinguished from an update that is allowed to fail. */
function rememberRefusal(context: SetContext, event: OnEventRequest): void {
  const { PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const [current, previous] = [ResourceProperties, OldResourceProperties!].map((properties): SetState =>
    ({ ids: [PhysicalResourceId!], hash: hashOf(properties), existing: properties.Existing, objects: {} }));
  context.state = { current, previous, dropped: {}, retained: {} };
}

/** The physical ids that CloudFormation can have for the set until it gets the response. */
const possibleIds = ({ ids }: SetState, { PhysicalResourceId }: OnEventRequest) => [...new Set([...ids, PhysicalResourceId!])];

const givesUpFlag = (before: ExistingObjects, now: ExistingObjects) => before !== now && before !== ExistingObjects.REFUSE;
