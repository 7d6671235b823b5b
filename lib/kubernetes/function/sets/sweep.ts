import { isAbandonedCreate, undoCreate } from './create-set';
import { SetContext, SetContextOptions } from './set-context';
import { millisecondsOf } from '../event';
import { Lease } from '../records/lease';
import { RecordSummary } from '../records/record-store';

/** The maximum number of records that one event cleans up, and the time limit in milliseconds. Later events clean up the rest. */
const MOST = 10;
const MOST_TIME = 5_000;

type SweepOptions = Omit<SetContextOptions, 'lease' | 'stackId' | 'owner' | 'wanted'>;

/**
 * Cleans up after other sets when CloudFormation no longer waits for their responses: tombstones, and Creates that were killed and for which
 * the provider framework has answered the Delete itself. Errors here do not fail the event.
 */
export async function sweep(summaries: readonly RecordSummary[], options: SweepOptions): Promise<void> {
  const due = summaries.filter(({ annotations }) => isDue(annotations, options.limits.service));
  const first = Math.floor(Math.random() * due.length); // a random start, so that records that cannot be cleaned up do not block others forever
  const some = [...due.slice(first), ...due.slice(0, first)].slice(0, MOST);
  const deadline = options.deadline.within(MOST_TIME);
  for (const summary of some) {
    await sweepRecord(summary, { ...options, deadline, undoing: deadline })
      .catch((error: Error) => console.log(`record ${summary.name} could not be cleaned up: ${error.message}`));
  }
}

/** Others can write the annotations of a Secret that is not a record. Nobody waits for an event without a time. */
function isDue(annotations: RecordSummary['annotations'], service: number): boolean {
  const [type, time = ''] = annotations['cdk-irsa/event']?.split(' ') ?? [];
  const state = annotations['cdk-irsa/state'];
  const isLeft = state === 'Deleted' || (type === 'Create' && (state === 'Creating' || state === 'Failed'));
  const isAwaited = Date.now() - millisecondsOf(time) <= service;
  return isLeft && !isAwaited;
}

async function sweepRecord({ name, annotations, uid, resourceVersion, isWritten }: RecordSummary, options: SweepOptions): Promise<void> {
  const { store, deadline } = options;
  if (annotations['cdk-irsa/state'] === 'Deleted' || !isWritten) {
    return store.remove({ name, uid, resourceVersion });
  }
  const owner = annotations['cdk-irsa/owner'];
  const stored = await store.read(name);
  if (!stored?.record || !isAbandonedCreate(stored.record)) {
    return;
  }
  const { event, stackId } = stored.record;
  const lease = await Lease.open({ ...options, deadline, owner, claim: event, isAbandoned: true });
  const context = new SetContext({ ...options, owner, stackId, lease, wanted: [] });
  await undoCreate(context);
  await context.save({ error: 'this Create was killed and has been undone' });
}
