import type { KubernetesObject } from '../client/kubernetes-api';
import { hashOf, millisecondsOf, OnEventRequest, timeOf } from '../event';
import { SetContext, State } from './set-context';
import { ExistingObjects } from '../../contract/existing-objects';
import { identity } from '../../contract/identity';
import { Entries, Entry, isTombstone, SetState, UNDER_WAY } from '../records/record';
import { newId } from '../resource-id';

/** After this, in milliseconds, an Update is not rolled back any more: no deployment takes so long. */
const SETTLED = 24 * 60 * 60 * 1000;

/** Changes a set, or undoes the change before. @returns the PhysicalResourceId. */
export async function updateSet(context: SetContext, event: OnEventRequest, wanted: readonly KubernetesObject[]): Promise<string> {
  await context.owners.refresh();
  const target = stateToRestore(context, event);
  return target ? undo(context, event, wanted, target) : goForward(context, event, wanted);
}

/** The state of the set that an update to these properties goes back to; nothing in an event says that it is a roll-back. */
function stateToRestore(context: SetContext, event: OnEventRequest): SetState | undefined {
  const { previous, current } = context.state;
  const { found } = context.options.lease;
  const hash = hashOf(event.ResourceProperties);
  if (previous?.hash === hash && !isSettled(context, event)) {
    return previous;
  }
  return found && current.hash === hash ? current : undefined;
}

/** Whether the last event is too long ago for a roll-back of it. */
export function isSettled({ options: { lease } }: SetContext, event: OnEventRequest): boolean {
  return lease.found !== undefined && millisecondsOf(timeOf(event)) - millisecondsOf(lease.found.event.time) > SETTLED;
}

async function goForward(context: SetContext, event: OnEventRequest, wanted: readonly KubernetesObject[]): Promise<string> {
  const { lease: { found: last } } = context.options;
  const found = last && !isTombstone(last) ? last : undefined;
  const { Existing: existing } = event.ResourceProperties;
  commitCreate(context);
  const before = context.state;
  const { current, previous } = before;
  // of an update that was killed, the record has the flag already
  const { existing: flag } = current.hash === UNDER_WAY ? previous ?? current : current;
  let isNewId = !found || givesUpFlag(flag, existing);
  try {
    await context.apply({ objects: wanted, entries: latest(before), existing }, ({ entries, isTaking }) => {
      const dropped = droppedBy(entries, latest(before));
      isNewId ||= isTaking || Object.keys(dropped).length > 0;
      return {
        ...before,
        // where the last Update has failed, a roll-back goes to what was before that
        previous: found && (current.hash === UNDER_WAY ? previous ?? current : current),
        current: { ids: known(current, event), hash: UNDER_WAY, existing, objects: {} },
        dropped,
      };
    });
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
  const hadNewId = !current.ids.some((id) => target.ids.includes(id));
  await restore(context, wanted, target, { ...current, ids: known(current, event), hash: isRepeated ? current.hash : UNDER_WAY });
  const isNewId = hadNewId || Object.keys(context.state.dropped).length > 0;
  const id = isNewId ? newId(event) : event.PhysicalResourceId!;
  const { objects } = context.state.current;
  context.state = { ...context.state, previous: isRepeated ? context.state.previous : undefined, current: { ...target, ids: [id], objects } };
  await context.save({ id });
  return id;
}

/**
 * Makes the set what it was. What the failed update has added or taken is dropped.
 *
 * @param meanwhile what the record says until that is done.
 */
export async function restore(context: SetContext, wanted: readonly KubernetesObject[], target: SetState, meanwhile: SetState): Promise<void> {
  const before = context.state;
  const now = latest(before);
  const taken = Object.fromEntries(Object.entries(target.objects).filter(([id, then]) => now[id] && wasTaken(now[id], then)));
  const objects = wanted.filter((object) => !(identity(object) in taken));
  const made = Object.fromEntries(Object.entries(before.current.objects).filter(([, { epoch, uid }]) => epoch === 0 && uid !== undefined));
  // what the failed update has made when it kept what exists is ours as well
  await context.apply({ objects, entries: { ...target.objects, ...made }, existing: target.existing, isUndo: true }, ({ entries }) => ({
    ...before,
    previous: before.previous === target ? { ...target, objects: { ...target.objects, ...takenBack(entries, target.objects) } } : before.previous,
    current: { ...meanwhile, objects: taken },
    dropped: droppedBy(entries, now),
  }));
}

/** What the roll-back itself takes: should it be killed, the next one must not count it as taken by the failed update. */
function takenBack(entries: Entries, before: Entries): Entries {
  const isTakenBack = (id: string, { uid, epoch }: Entry) => id in before && before[id].uid === uid && epoch > before[id].epoch;
  return Object.fromEntries(Object.entries(entries).filter(([id, entry]) => isTakenBack(id, entry)));
}

/** Whether the failed update has got an object from someone, that the set did not have before. */
function wasTaken(now: Entry, then: Entry): boolean {
  if (now.uid === then.uid) {
    return now.epoch > then.epoch;
  }
  const wasCreated = now.epoch === 1 && now.origin === 'absent'; // in place of one that was gone
  return now.epoch > 0 && !wasCreated;
}

/** The entries as they are now. One that is dropped takes precedence: the other one holds after the clean-up. */
const latest = ({ current, dropped }: State): Entries => ({ ...current.objects, ...dropped });

/** What the set owns, and will not own when CloudFormation asks to clean up. */
function droppedBy(objects: Entries, before: Entries): Entries {
  return Object.fromEntries(Object.entries(before).filter(([id, { epoch }]) => epoch > 0 && (objects[id]?.epoch ?? 0) === 0));
}

/** An update proves that the Create before it was kept: what was retained until then is ours as before. */
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

/** Without a record, nothing else would tell the roll-back from an update that may fail. */
function rememberRefusal(context: SetContext, event: OnEventRequest): void {
  const { PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const [current, previous] = [ResourceProperties, OldResourceProperties!].map((properties): SetState =>
    ({ ids: [PhysicalResourceId!], hash: hashOf(properties), existing: properties.Existing, objects: {} }));
  context.state = { current, previous, dropped: {}, retained: {} };
}

/** The ids by which CloudFormation may know the set until it has the answer. */
const known = ({ ids }: SetState, { PhysicalResourceId }: OnEventRequest) => [...new Set([...ids, PhysicalResourceId!])];

const givesUpFlag = (before: ExistingObjects, now: ExistingObjects) => before !== now && before !== ExistingObjects.REFUSE;
