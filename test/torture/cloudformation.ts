import type { Counts } from './counts';
import { CREATE_FAILED } from './framework';
import type { Random } from './random';
import { sameWanted, Wanted } from './record';
import type { Request } from './request';
import { ResourceEvents } from './resource-events';
import type { Physical, Stack, Template } from './stack';
import type { Story } from './story';

export interface Deployment {
  readonly stack: Stack;
  readonly target: Template;
  /** The number of events after which another resource of the stack fails. */
  readonly failsAfter?: number;
  readonly rollsBack: boolean;
  /** Whether events that do not depend on each other run at the same time. */
  readonly atOnce: boolean;
}

/** The outcome for one resource in a deployment. */
interface Done {
  readonly request: Request;
  readonly before?: Physical;
  /** Its ID; undefined if it failed. */
  readonly id?: string;
  /** Whether CloudFormation has received no answer at all. */
  readonly isSilent?: boolean;
  /** Whether the function had ended when it was killed. */
  readonly hasEnded?: boolean;
}

/** CloudFormation, as far as it is relevant for custom resources. */
export class CloudFormation {
  constructor(private readonly events: ResourceEvents, private readonly counts: Counts, private readonly story: Story) {}

  /** Creates or updates a stack, and rolls back if that fails. */
  public async deploy({ stack, target, failsAfter = Infinity, rollsBack, atOnce }: Deployment, random: Random): Promise<void> {
    const isNew = stack.id === undefined;
    if (isNew) {
      stack.id = `00000000-0000-4000-8000-${String(random.whole(0, 999_999_999_999)).padStart(12, '0')}`;
    }
    const ways = [...(failsAfter === Infinity ? [] : [`, which fails after ${failsAfter} events`]), ...(rollsBack ? [] : [', rollback disabled'])];
    this.story.tell(`-- ${isNew ? 'create' : 'update'} of stack ${stack.name}${ways.join('')}`);
    this.counts.add(`deployments: ${isNew ? 'create' : 'update'}`);
    const requests = random.shuffle(this.requests(stack, target));
    const done: Done[] = [];
    const some = requests.slice(0, failsAfter);
    const steps = atOnce && !isRace(some) ? [some] : some.map((request) => [request]);
    let hasFailed = requests.length >= failsAfter;
    for (const step of steps) {
      const results = await Promise.all(step.map((request) => this.forward(stack, request, random.fork())));
      done.push(...results);
      if (results.some(({ id }) => id === undefined)) {
        hasFailed = true;
        break;
      }
    }
    if (!hasFailed) {
      this.adopt(stack, target, done);
      await this.finish(stack, target, done, random);
    } else if (!rollsBack && !this.isCracked(done)) {
      this.counts.add('deployments that failed without a rollback');
      this.keepFailed(stack, done);
    } else {
      this.counts.add('rollbacks');
      const cancelled = requests[failsAfter];
      if (cancelled && random.chance(0.5)) {
        await this.cancel(stack, cancelled, random);
      }
      await this.rollBack(stack, done, isNew, random);
    }
  }

  public async destroy(stack: Stack, random: Random): Promise<void> {
    this.story.tell(`-- deletion of stack ${stack.name}`);
    this.counts.add('deployments: delete');
    const deleted = [...stack.resources].filter(([, { retained }]) => !retained);
    const ids = [...stack.superseded, ...deleted.map(([logicalId, { id, wanted }]) => ({ logicalId, id, wanted }))];
    for (const each of random.shuffle(ids)) {
      await this.remove(stack, each, random);
    }
    this.forget(stack);
  }

  private requests(stack: Stack, target: Template): Request[] {
    return Object.entries(target).flatMap(([logicalId, { wanted }]): Request[] => {
      const there = stack.resources.get(logicalId);
      if (!there) {
        return [{ type: 'Create', stack, logicalId, wanted }];
      }
      const old = there.failed ?? there.wanted;
      return there.failed === undefined && sameWanted(old, wanted) ? [] : [{ type: 'Update', stack, logicalId, id: there.id, wanted, old }];
    });
  }

  private async forward(stack: Stack, request: Request, random: Random): Promise<Done> {
    const response = await this.events.send(request, random);
    return {
      request,
      before: stack.resources.get(request.logicalId),
      id: response.is === 'SUCCESS' ? response.id : undefined,
      isSilent: response.is === 'KILLED' && random.chance(0.4),
      hasEnded: response.is === 'KILLED' && response.hasEnded,
    };
  }

  /** Whether an Update was killed after its last write, so that a deletion without a rollback would encounter a crack. */
  private isCracked(done: Done[]): boolean {
    const isCracked = done.some(({ hasEnded, request: { type } }) => hasEnded && type === 'Update');
    if (isCracked) {
      this.counts.crack('lostUpdate');
    }
    return isCracked;
  }

  /** Makes these the resources of the stack. */
  private adopt(stack: Stack, target: Template, done: Done[]): void {
    for (const { request: { logicalId }, id } of done) {
      stack.resources.set(logicalId, { ...target[logicalId], id: id! });
    }
    for (const [logicalId, resource] of stack.resources) {
      if (target[logicalId]) {
        stack.resources.set(logicalId, { ...resource, retained: target[logicalId].retained });
      }
    }
    stack.failed = false;
  }

  /** Deletes what a successful deployment has superseded. */
  private async finish(stack: Stack, target: Template, done: Done[], random: Random): Promise<void> {
    const superseded = done.filter(({ before, id }) => before && before.id !== id)
      .map(({ before, request: { logicalId, old } }) => ({ logicalId, id: before!.id, wanted: old! }));
    const gone = [...stack.resources].filter(([logicalId]) => !target[logicalId]);
    const removed = gone.filter(([, { retained }]) => !retained).map(([logicalId, { id, wanted }]) => ({ logicalId, id, wanted }));
    for (const each of random.shuffle([...stack.superseded.splice(0), ...superseded, ...removed])) {
      await this.remove(stack, each, random);
    }
    gone.forEach(([logicalId]) => stack.resources.delete(logicalId));
  }

  private keepFailed(stack: Stack, done: Done[]): void {
    stack.failed = true;
    for (const { request: { logicalId, wanted, type }, before, id } of done) {
      if (id !== undefined) {
        stack.resources.set(logicalId, { wanted, id, retained: before?.retained ?? false });
        if (before && before.id !== id) {
          stack.superseded.push({ logicalId, id: before.id, wanted: before.wanted });
        }
      } else if (type === 'Update') {
        stack.resources.set(logicalId, { ...before!, failed: wanted });
      }
    }
  }

  private async rollBack(stack: Stack, done: Done[], isNew: boolean, random: Random): Promise<void> {
    const deletions: { logicalId: string; id: string; wanted: Wanted }[] = [];
    for (const { request, before, id, isSilent } of random.shuffle(done)) {
      const { logicalId, wanted, type } = request;
      if (type === 'Create') {
        deletions.push({ logicalId, id: id ?? (isSilent ? madeUp(stack, logicalId) : CREATE_FAILED), wanted });
      } else if (id !== undefined && id !== before!.id && random.chance(0.4) && this.events.canRollBackAlone(request)) {
        deletions.push({ logicalId, id, wanted });
      } else {
        const restored = await this.restore({ ...request, id: id ?? before!.id, wanted: before!.wanted, old: wanted, isRollBack: true }, random);
        if (restored !== (id ?? before!.id)) {
          deletions.push({ logicalId, id: id ?? before!.id, wanted });
        }
        stack.resources.set(logicalId, { ...before!, id: restored });
      }
    }
    for (const each of random.shuffle(deletions)) {
      await this.remove(stack, each, random);
    }
    if (isNew) {
      this.forget(stack);
    }
  }

  /** Rolls back an event that is in progress when another resource fails. */
  private async cancel(stack: Stack, request: Request, random: Random): Promise<void> {
    const { logicalId, wanted, type } = request;
    if (type === 'Create') {
      const id = madeUp(stack, logicalId);
      const deletion: Request = { type: 'Delete', stack, logicalId, id, wanted };
      if ((await this.events.overlap(request, deletion, random)).is !== 'SUCCESS') {
        await this.remove(stack, { logicalId, id, wanted }, random);
      }
      return;
    }
    const before = stack.resources.get(logicalId)!;
    const back: Request = { ...request, id: before.id, wanted: before.wanted, old: wanted, isRollBack: true };
    const response = await this.events.overlap(request, back, random);
    const restored = response.is === 'SUCCESS' ? response.id : await this.restore(back, random);
    stack.resources.set(logicalId, { ...before, id: restored });
    if (restored !== before.id) {
      await this.remove(stack, { logicalId, id: before.id, wanted }, random);
    }
  }

  /** Sends the rollback of an Update, and repeats it if it was killed. */
  private async restore(request: Request, random: Random): Promise<string> {
    for (;;) {
      const response = await this.events.send(request, random);
      if (response.is === 'SUCCESS') {
        return response.id;
      }
    }
  }

  /** Sends a Delete, and repeats it if it was killed. */
  private async remove(stack: Stack, { logicalId, id, wanted }: { logicalId: string; id: string; wanted: Wanted }, random: Random): Promise<void> {
    for (;;) {
      if ((await this.events.send({ type: 'Delete', stack, logicalId, id, wanted }, random)).is === 'SUCCESS') {
        return;
      }
    }
  }

  private forget(stack: Stack): void {
    stack.id = undefined;
    stack.resources.clear();
    stack.superseded = [];
    stack.failed = false;
  }
}

/**
 * Whether a Job moves from a set with KEEP to another set. The first forgets it at once, because it does not own it. If the Job no longer exists, it
 * therefore runs again or not, depending on which set is first, and the order of the answers does not show that.
 */
const isRace = (requests: Request[]) => requests.some(({ wanted, old }, i) => old?.existing === 'KEEP' && Object.keys(old.objects)
  .some((identity) => identity.startsWith('Job ') && !(identity in wanted.objects) && requests.some((other, j) => i !== j && identity in other.wanted.objects)));

/** The ID that CloudFormation generates for a Create without an answer. */
const madeUp = ({ name }: Stack, logicalId: string) => `${name}-${logicalId}-1A2B3C4D5E6F7`;
