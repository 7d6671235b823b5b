import type { Counts } from './counts';
import { EventInput, eventOf } from './events';
import type { Fault, Faults } from './faults';
import type { Identity } from './identities';
import type { Invocation, Lambda } from './lambda';
import { SHORT } from './limits';
import type { Kill } from './proxy';
import type { Random } from './random';
import type { Story } from './story';
import type { Limits } from '../../lib/kubernetes/function/limits';

/** The ID that the provider framework assigns to a resource whose Create failed. */
export const CREATE_FAILED = 'AWSCDK::CustomResourceProviderFramework::CREATE_FAILED';

/** What CloudFormation learns about an event. With `isSecond`, the first delivery was killed. */
export type Response =
  | { readonly is: 'SUCCESS'; readonly id: string; readonly isSecond?: boolean }
  | { readonly is: 'FAILED'; readonly reason: string; readonly isSecond?: boolean }
  /** CloudFormation treats it as a failure. With `hasEnded`, the function was killed after its last write. */
  | { readonly is: 'KILLED'; readonly hasEnded: boolean };

export interface Delivery {
  readonly event: EventInput;
  readonly kill?: Kill;
  readonly random: Random;
}

/** The provider framework of aws-cdk-lib and Lambda, which are between CloudFormation and the function. */
export class Framework {
  constructor(
    private readonly lambda: Lambda, private readonly identities: Map<string, Identity>,
    private readonly counts: Counts, private readonly story: Story, private readonly faults?: Faults,
  ) {}

  /** Whether the function does not get the responses to some requests. */
  public get losesAnswers(): boolean {
    return this.faults !== undefined;
  }

  public async deliver({ event, kill, random }: Delivery): Promise<Response> {
    if (event.type === 'Delete' && event.id === CREATE_FAILED) {
      this.story.tell(`${nameOf(event)}: the framework answers itself`);
      return { is: 'SUCCESS', id: CREATE_FAILED };
    }
    const first = await this.invoke(event, kill);
    if (first.outcome.is !== 'killed') {
      return responseOf(first.outcome);
    }
    const requests = [...first.requests];
    if (random.chance(0.4)) { // Lambda can deliver an event twice
      const second = await this.invoke(event, random.chance(0.2) ? { request: random.whole(1, 15), reaches: random.chance(0.5) } : undefined, 'a second time');
      if (second.outcome.is !== 'killed') {
        return responseOf(second.outcome, true);
      }
      requests.push(...second.requests);
    }
    return { is: 'KILLED', hasEnded: requests.some((request) => request.includes('"cdk-irsa/state":"Ready"')) };
  }

  private fault(): Fault | undefined {
    const fault = this.faults!.next();
    if (fault) {
      this.counts.add(`faults: ${fault.status ?? 'broken off'}${fault.reaches ? ' after the request was handled' : ''}`);
    }
    return fault;
  }

  public async invoke(event: EventInput, kill?: Kill, how = '', seen?: (request: number) => void): Promise<Invocation> {
    const faults = this.faults && { limits: PATIENT, fault: () => this.fault() };
    const invocation = await this.lambda.invoke(eventOf(event, this.identities), { kill, seen, ...faults });
    const { outcome, requests, logged } = invocation;
    this.counts.add(`events: ${event.type}`);
    this.counts.add('requests', requests.length);
    if (outcome.is === 'killed') {
      this.counts.add(`kills: ${event.type}`);
    }
    const details = [...requests.map((each) => `request: ${each}`), ...logged.map((line) => `log: ${line}`)];
    this.story.tell([`${nameOf(event)} ${how}: ${endOf(invocation, kill)}`, ...details.map((each) => `      ${each}`)].join('\n'));
    return invocation;
  }
}

/** Time for requests that fail again and again. */
const PATIENT: Limits = { ...SHORT, work: 300_000, all: 400_000, arrival: 60_000 };

function endOf({ outcome, requests }: Invocation, kill?: Kill): string {
  switch (outcome.is) {
    case 'killed': return `killed ${kill!.reaches ? 'after' : 'before'} ${requests[kill!.request - 1]}`;
    case 'failed': return `failed: ${outcome.message}`;
    case 'answered': return `answered ${outcome.id}`;
  }
}

const responseOf = (outcome: Exclude<Invocation['outcome'], { is: 'killed' }>, isSecond = false): Response =>
  (outcome.is === 'answered' ? { is: 'SUCCESS', id: outcome.id, isSecond } : { is: 'FAILED', reason: outcome.message, isSecond });

export const nameOf = ({ type, logicalId, stackId, id, time, wanted }: EventInput) =>
  `${type} ${stackId.split('/')[1]}/${logicalId} at ${time.toISOString().slice(11, 19)}${id ? ` id ${id}` : ''} ${JSON.stringify(wanted)}`;
