import { ApiServer } from './client/api-server';
import { clusterTokens } from './client/cluster-token';
import { ClusterAddress, ClusterWatch } from './client/cluster-watch';
import { Deadline, Stopped } from './deadline';
import { describeRecords, presentable } from './errors';
import { hashOf, OnEventRequest, OnEventResponse, ownerOf, timeOf } from './event';
import { NOTHING_WANTED, Wanted, wantedBy } from './input/wanted';
import type { Limits } from './limits';
import { Lease, Overtaken, Superseded } from './records/lease';
import { Answer, nameOfRecord } from './records/record';
import { RecordStore } from './records/record-store';
import { createSet } from './sets/create-set';
import { deleteSet } from './sets/delete-set';
import { SetContext } from './sets/set-context';
import { sweep } from './sets/sweep';
import { updateSet } from './sets/update-set';
import type { ClusterComparison, FunctionEnvironment } from '../contract/environment';

/** The handler of the function with the given time limits. */
export function handlerWithin(limits: Limits): (event: OnEventRequest) => Promise<OnEventResponse> {
  return async (event) => {
    const server = new ApiServer({
      ...clusterAddress(),
      token: clusterTokens(environment('CLUSTER_NAME'), environment('STS_HOST')),
    });
    try {
      return { PhysicalResourceId: await new EventHandler(event, server, limits).respond() };
    } catch (error) {
      throw presentable(error);
    } finally {
      server.close(); // an open connection would not survive until the next event
    }
  };
}

/** One delivery of one event. */
class EventHandler {
  private readonly start = Date.now();
  private readonly owner: string;
  private readonly store: RecordStore;
  private readonly watch: ClusterWatch;
  private readonly deadline: Deadline;
  private readonly undoing: Deadline;
  /** Whether this delivery has taken the record back from another one of the same event. */
  private hasContinued = false;

  constructor(private readonly event: OnEventRequest, private readonly server: ApiServer, private readonly limits: Limits) {
    const { StackId, LogicalResourceId, RequestType } = event;
    this.owner = ownerOf(event);
    this.store = new RecordStore(server, limits.write);
    const deletes = RequestType === 'Delete';
    this.watch = new ClusterWatch({
      name: environment('CLUSTER_NAME'), eksEndpoint: environment('EKS_ENDPOINT'), stack: StackId.split('/')[1], logicalId: LogicalResourceId, deletes,
    });
    const beforeRetry = deletes ? (error: unknown) => this.watch.check(error) : undefined;
    this.deadline = new Deadline(this.start + (deletes ? limits.all : limits.work), limits, { beforeRetry });
    this.undoing = new Deadline(this.start + limits.all, limits, { beforeRetry });
  }

  /** Handles the event, and returns the physical id of the resource. */
  public async respond(): Promise<string> {
    try {
      return await this.answer();
    } catch (error) {
      if (this.event.RequestType !== 'Delete' || !this.watch.whyGone) {
        throw this.watch.deletionProblem ? new Error(`${this.watch.deletionProblem}\n${(error as Error).message}`, { cause: error }) : error;
      }
      console.log(`${this.watch.whyGone}: there is nothing left to delete`);
      return this.event.PhysicalResourceId!;
    }
  }

  private async answer(): Promise<string> {
    const wanted = this.event.RequestType === 'Delete' ? NOTHING_WANTED : wantedBy(this.event.ResourceProperties); // before anything changes
    const comparison = process.env.CLUSTER_COMPARISON as ClusterComparison | undefined;
    if (comparison) {
      await this.watch.confirm(clusterAddress(), comparison, this.deadline.within(this.limits.access));
    }
    for (;;) {
      try {
        return await this.attempt(wanted);
      } catch (error) {
        if (error instanceof Superseded) {
          const answer = await this.answerOfSuccessor(error);
          if (answer) {
            return answered(answer);
          }
          continue;
        }
        if (!(error instanceof Overtaken)) {
          throw error;
        }
        await this.deadline.pauseAfterConflict(`the record of ${this.owner}`);
      }
    }
  }

  private async attempt(wanted: Wanted): Promise<string> {
    const { event, owner, server, store, limits, deadline, undoing } = this;
    const claim = { request: event.RequestId, type: event.RequestType, id: event.PhysicalResourceId, time: timeOf(event) };
    const hash = event.RequestType === 'Update' ? hashOf(event.ResourceProperties) : undefined;
    const lease = await Lease.open({ store, deadline: undoing, limits, owner, claim, hash }).catch((error) => { throw describeRecords(error); });
    const last = lease.found?.event;
    if (last?.request === event.RequestId && last.answer) {
      return answered(last.answer);
    }
    const context = new SetContext({ owner, stackId: event.StackId, server, store, lease, limits, deadline, undoing, wanted: wanted.objects });
    const id = await this.workOn(context, wanted).catch(async (error) => {
      if (!(error instanceof Stopped)) {
        await this.recordFailure(context, error);
      }
      throw error;
    });
    const others = context.owners.summaries.filter(({ name }) => name !== nameOfRecord(owner));
    await sweep(others, { server, store, limits, deadline: undoing, undoing });
    return id;
  }

  /**
   * Stores the error, so that a second delivery of the event gets the same answer, even if nothing was changed. If another event has taken
   * over the set in the meantime, the error is based on an outdated state, and the event has to be handled again.
   */
  private async recordFailure(context: SetContext, error: Error): Promise<void> {
    await context.save({ error: presentable(error).message }).catch((failure) => {
      if (failure instanceof Stopped) {
        throw failure;
      } // the original error is more useful
    });
  }

  private async workOn(context: SetContext, wanted: Wanted): Promise<string> {
    switch (this.event.RequestType) {
      case 'Create': return createSet(context, this.event, wanted);
      case 'Update': return updateSet(context, this.event, wanted);
      case 'Delete':
        await deleteSet(context, this.event);
        return this.event.PhysicalResourceId!;
    }
  }

  /**
   * If a second delivery of this event continues where this one had to stop, its answer applies to both. Undefined if it has none in half of
   * the time that is left: if it was killed, this delivery has the other half to continue itself. It does that once: a delivery that
   * takes over the record a second time has not been killed.
   */
  private async answerOfSuccessor(error: Superseded): Promise<Answer | undefined> {
    const { look, write, margin } = this.limits;
    const half = this.deadline.left / 2;
    const mayContinue = !this.hasContinued && half > 2 * (look + write + margin);
    const waiting = mayContinue ? this.deadline.within(half) : this.undoing;
    while (waiting.left > 0) {
      const stored = await this.undoing.retry(() => this.store.read(nameOfRecord(this.owner)));
      const { request, answer } = stored?.record?.event ?? { request: undefined, answer: undefined };
      if (request !== this.event.RequestId) {
        throw error;
      }
      if (answer) {
        return answer;
      }
      await waiting.sleep(1_000);
    }
    if (!mayContinue) {
      throw error;
    }
    this.hasContinued = true;
    return undefined;
  }
}

function answered({ id, error }: Answer): string {
  if (error !== undefined) {
    throw new Error(error);
  }
  return id!;
}

const clusterAddress = (): ClusterAddress =>
  ({ endpoint: environment('CLUSTER_ENDPOINT'), certificateAuthority: environment('CLUSTER_CERTIFICATE_AUTHORITY') });

function environment(name: keyof FunctionEnvironment): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
