import { randomUUID } from 'node:crypto';
import { ExistingObjects } from '../../lib/kubernetes/contract/existing-objects';
import { Properties } from '../../lib/kubernetes/contract/properties';
import { OnEventRequest } from '../../lib/kubernetes/function/event';
import { handlerWithin } from '../../lib/kubernetes/function/event-handler';
import { Limits } from '../../lib/kubernetes/function/limits';

/** What ends an event is long, so that it does not depend on the speed of the machine: tests let it pass with `skip`. What an event waits for is short. */
export const LIMITS: Limits = {
  work: 600_000, all: 800_000, pause: 20, credentials: 2_000, access: 1_500, arrival: 5_000, look: 500, write: 2_000, margin: 200, service: 60_000,
};

export interface Set {
  readonly objects: object[];
  readonly existing?: ExistingObjects;
  readonly cluster?: string;
  readonly more?: Partial<Properties>;
}

export interface DeployOptions {
  /** Whether another resource of the stack fails after all of these have succeeded. */
  readonly failsElsewhere?: boolean;
  /** What CloudFormation sends to roll back an Update that returned a new ID. */
  readonly undoWith?: 'update' | 'delete';
}

type Step = () => Promise<void>;

interface Deployed {
  readonly id: string;
  readonly set: Set;
}

/** A stack of object sets. Sends events to the function in the order of CloudFormation. */
export class TestStack {
  public readonly resources = new Map<string, Deployed>();

  constructor(public readonly name: string, private readonly handler = handlerWithin(LIMITS)) {}

  /** The name of a set of this stack in annotations and records. */
  public owner(logicalId: string): string {
    return `123456789012/us-west-2/${this.name}/${logicalId}`;
  }

  /** Deploys these sets, by logical ID. Rolls back everything and throws if one fails. */
  public async deploy(sets: { [logicalId: string]: Set }, { failsElsewhere, undoWith = 'update' }: DeployOptions = {}): Promise<void> {
    const undo: Step[] = [];
    const after: Step[] = []; // a rollback cleans up once everything is restored
    const cleanUp: Step[] = [];
    try {
      for (const [logicalId, set] of Object.entries(sets)) {
        const old = this.resources.get(logicalId);
        if (!old) {
          await this.create(logicalId, set, after);
        } else if (JSON.stringify(old.set) !== JSON.stringify(set)) {
          undo.push(() => this.undoUpdate(logicalId, old, set, undoWith, after));
          const id = await this.send('Update', logicalId, set, { PhysicalResourceId: old.id, OldResourceProperties: properties(old.set) });
          this.resources.set(logicalId, { id, set });
          if (id !== old.id) {
            cleanUp.push(async () => void await this.send('Delete', logicalId, old.set, { PhysicalResourceId: old.id }));
          }
        }
      }
      if (failsElsewhere) {
        throw new Error('something else failed');
      }
    } catch (error) {
      await inReverse(undo);
      await inReverse(after);
      throw error;
    }
    for (const step of cleanUp) {
      await step();
    }
    for (const [logicalId] of [...this.resources].filter(([id]) => !(id in sets)).reverse()) {
      await this.delete(logicalId);
    }
  }

  public async destroy(): Promise<void> {
    await this.deploy({});
  }

  /** Removes the resource from the stack, and leaves its objects in the cluster. */
  public retain(logicalId: string): void {
    this.resources.delete(logicalId);
  }

  public send(type: OnEventRequest['RequestType'], logicalId: string, set: Set, more: Partial<OnEventRequest> = {}): Promise<string> {
    return this.deliver(this.event(type, logicalId, set, more));
  }

  /** The next event, as CloudFormation sends it. */
  public event(type: OnEventRequest['RequestType'], logicalId: string, set: Set, more: Partial<OnEventRequest> = {}): OnEventRequest {
    return {
      RequestType: type,
      RequestId: randomUUID(),
      ResponseURL: responseUrl(),
      StackId: `arn:aws:cloudformation:us-west-2:123456789012:stack/${this.name}/11111111-2222-3333-4444-555555555555`,
      LogicalResourceId: logicalId,
      ResourceProperties: properties(set),
      ...more,
    };
  }

  public async deliver(event: OnEventRequest): Promise<string> {
    return (await this.handler(event)).PhysicalResourceId;
  }

  private async create(logicalId: string, set: Set, after: Step[]): Promise<void> {
    // if this fails, the framework itself answers the Delete
    this.resources.set(logicalId, { id: await this.send('Create', logicalId, set), set });
    after.push(() => this.delete(logicalId));
  }

  private async undoUpdate(logicalId: string, old: Deployed, failed: Set, undoWith: 'update' | 'delete', after: Step[]): Promise<void> {
    const current = this.resources.get(logicalId)!;
    let id = old.id;
    if (undoWith === 'update' || current.id === old.id) {
      id = await this.send('Update', logicalId, old.set, { PhysicalResourceId: current.id, OldResourceProperties: properties(failed) });
    }
    this.resources.set(logicalId, { id, set: old.set });
    if (id !== current.id) {
      after.push(async () => void await this.send('Delete', logicalId, failed, { PhysicalResourceId: current.id }));
    }
  }

  private async delete(logicalId: string): Promise<void> {
    const { id, set } = this.resources.get(logicalId)!;
    await this.send('Delete', logicalId, set, { PhysicalResourceId: id });
    this.resources.delete(logicalId);
  }
}

async function inReverse(steps: Step[]): Promise<void> {
  for (const step of steps.reverse()) {
    await step();
  }
}

let clock = Date.now();

/** Makes the next event this much later, in milliseconds. */
export function letPass(time: number): void {
  clock = Math.max(clock, Date.now()) + time;
}

/** Each event is at least a second later than the previous one, as in stacks that take their time. */
export function responseUrl(): string {
  clock = Math.max(clock + 1_000, Date.now());
  return `https://cloudformation-custom-resource-response.example.com/x?X-Amz-Date=${new Date(clock).toISOString().replace(/[-:]|\.\d+/g, '')}&X-Amz-Expires=7200`;
}

export function properties({ objects, existing = ExistingObjects.REFUSE, cluster = 'arn:aws:eks:us-west-2:123456789012:cluster/test', more }: Set): Properties {
  return {
    Cluster: cluster,
    Objects: objects.map((object) => JSON.stringify(object)),
    Existing: existing,
    ...more,
  };
}
