import { isAbandonedCreate, undoCreate } from './create-set';
import { hashOf, millisecondsOf, OnEventRequest, timeOf } from '../event';
import { hasFailed } from '../records/record';
import { timeOfId } from '../resource-id';
import { NOTHING, SetContext } from './set-context';
import { isSettled, restore } from './update-set';

/** Deletes a set, or the part of it that CloudFormation requests to clean up. */
export async function deleteSet(context: SetContext, event: OnEventRequest): Promise<void> {
  const { lease, owner } = context.options;
  const answer = { id: event.PhysicalResourceId! };
  if (!lease.found) {
    console.log(`there is no record of ${owner}${lease.isUnwritten ? ', only a Secret that the function has not written, such as a copy' : ''}: nothing is deleted`);
    await context.save(answer);
    return;
  }
  const meaning = meaningOf(context, event);
  switch (meaning) {
    case 'clean up':
      context.state = { ...context.state, previous: undefined };
      await endDropped(context);
      break;
    case 'roll back': {
      const { previous, current } = context.state;
      await context.owners.refresh();
      await restore(context, Object.values(previous!.objects).map(({ object }) => object), previous!, current);
      await endDropped(context);
      const { objects } = context.state.current;
      context.state = { ...context.state, previous: undefined, current: { ...previous!, objects, isUndone: undefined } };
      break;
    }
    case 'repeated': break;
    case 'none':
      if (isAbandonedCreate(lease.found)) { // of an earlier stack, which nothing would undo after this event
        await undoCreate(context);
        break;
      }
      console.log(`${event.PhysicalResourceId} was never created: the record of ${owner} lists objects of an earlier resource, which stay`);
      break;
    case 'end':
      await context.save();
      await context.owners.refresh();
      await context.end([...Object.values(context.state.current.objects), ...Object.values(context.state.dropped)]);
      await context.checkRetained();
      context.state = { ...context.state, current: NOTHING, previous: undefined };
  }
  await context.save(answer);
}

async function endDropped(context: SetContext): Promise<void> {
  if (Object.keys(context.state.dropped).length > 0) {
    await context.save();
    await context.owners.refresh();
    await context.end(Object.values(context.state.dropped));
  }
}

/**
 * The meaning of a Delete. CloudFormation does not document whether the rollback of an update that has changed the id can be only a Delete. An id
 * in another format was generated for a Create that was cancelled, perhaps before it started. An id that is newer than the record means that
 * the cluster was restored from a backup. If its answer was lost, a Delete can be sent again, as a new event.
 */
function meaningOf(context: SetContext, event: OnEventRequest): 'clean up' | 'roll back' | 'end' | 'none' | 'repeated' {
  const { current: { ids }, previous } = context.state;
  const id = event.PhysicalResourceId!;
  const { type, id: last, answer } = context.options.lease.found!.event;
  if (type === 'Delete' && last === id && answer && answer.error === undefined) {
    return 'repeated';
  }
  if (ids.includes(id)) {
    return previous && !previous.ids.includes(id) && !isSettled(context, event) ? 'roll back' : 'end';
  }
  const given = timeOfId(id, context.options.owner);
  if (given === undefined && !isOfCancelledCreate(context, event)) {
    return 'none'; // the Create did not get far enough to write the record
  }
  const newest = ids.map((known) => timeOfId(known, context.options.owner) ?? '').sort().pop() ?? '';
  return given !== undefined && given <= newest ? 'clean up' : 'end';
}

/**
 * Whether the record belongs to the Create that CloudFormation has cancelled. Otherwise, it belongs to an earlier resource that was retained: a
 * resource of another stack, or one whose Create succeeded so long ago that CloudFormation has received the response.
 */
function isOfCancelledCreate({ options: { lease, limits }, state }: SetContext, event: OnEventRequest): boolean {
  const { stackId, event: last } = lease.found!;
  if (stackId !== event.StackId || last.type === 'Update') {
    return false;
  }
  if (hasFailed(lease.found!)) {
    return last.type === 'Create' || last.id === event.PhysicalResourceId; // a Delete that is continued
  }
  const age = millisecondsOf(timeOf(event)) - millisecondsOf(last.time);
  return last.type === 'Create' && age < limits.service && state.current.hash === hashOf(event.ResourceProperties);
}
