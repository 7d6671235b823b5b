import { isAbandonedCreate, undoCreate } from './create-set';
import { millisecondsOf } from '../event';
import { SetContext, SetContextOptions } from './set-context';
import { Lease } from '../records/lease';
import { RecordSummary } from '../records/record-store';

/** The most records that one event tidies up: others will come. */
const MOST = 10;

/**
 * Tidies up after others, once CloudFormation waits for no answer of theirs any more: tombstones, and Creates that were killed and whose
 * Delete the provider framework has answered by itself. What fails here fails no event.
 */
export async function sweep(summaries: readonly RecordSummary[], options: Omit<SetContextOptions, 'lease' | 'stackId' | 'owner' | 'wanted'>): Promise<void> {
  const due = summaries.filter(({ annotations }) => isDue(annotations, options.limits.service)).slice(0, MOST);
  for (const summary of due) {
    await tidy(summary, options).catch((error: Error) => console.log(`record ${summary.name} could not be tidied up: ${error.message}`));
  }
}

function isDue(annotations: RecordSummary['annotations'], service: number): boolean {
  const [type, time] = annotations['cdk-irsa/event']?.split(' ') ?? [];
  const state = annotations['cdk-irsa/state'];
  const isLeft = state === 'Deleted' || (type === 'Create' && (state === 'Creating' || state === 'Failed'));
  return isLeft && Date.now() - millisecondsOf(time) > service;
}

async function tidy({ name, annotations, uid, resourceVersion }: RecordSummary, options: Omit<SetContextOptions, 'lease' | 'stackId' | 'owner' | 'wanted'>): Promise<void> {
  const { store } = options;
  if (annotations['cdk-irsa/state'] === 'Deleted') {
    return store.remove({ name, uid, resourceVersion });
  }
  const owner = annotations['cdk-irsa/owner'];
  const stored = await store.read(name);
  if (!stored?.record || !isAbandonedCreate(stored.record)) {
    return;
  }
  const { event, stackId } = stored.record;
  const lease = await Lease.open({ ...options, owner, claim: event, isAbandoned: true });
  const context = new SetContext({ ...options, owner, stackId, lease, wanted: [] });
  await context.owners.refresh();
  await undoCreate(context, options.patience);
  await context.save({ error: 'this Create was killed, and has been undone since' });
}
