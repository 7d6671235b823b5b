import type { Counts } from './counts';
import type { EventInput } from './events';
import type { Framework, Response } from './framework';
import type { Random } from './random';
import type { SetName } from './record';
import { Violation } from './story';

/** An event that has ended, and its outcome. */
export interface Ended {
  readonly event: EventInput;
  readonly response: Response;
}

/** Delivers events again that have ended, as Lambda can do. Nothing may change. */
export class Redeliveries {
  private readonly ended = new Map<SetName, Ended[]>();

  constructor(private readonly framework: Framework, private readonly counts: Counts) {}

  public note(set: SetName, ended: Ended): void {
    this.ended.set(set, [...this.ended.get(set) ?? [], ended]);
  }

  /** Delivers an event again after it has ended. */
  public async again({ event, response }: Ended, how: string): Promise<void> {
    this.counts.add('second deliveries');
    const { outcome } = await this.framework.invoke(event, undefined, how);
    const isSame = response.is === 'SUCCESS' ? outcome.is === 'answered' && outcome.id === response.id
      : response.is === 'FAILED' && outcome.is === 'failed' && lines(outcome.message) === lines(response.reason);
    if (!isSame) {
      throw new Violation('a second delivery of an event that has ended has another answer', [JSON.stringify(response), JSON.stringify(outcome)]);
    }
  }

  /** Delivers an older or failed event of one of some sets again. */
  public async late(isWanted: (set: SetName) => boolean, random: Random): Promise<void> {
    const candidates = [...this.ended].filter(([set]) => isWanted(set))
      .flatMap(([, events]) => events.filter(({ response }, i) => i < events.length - 1 || response.is === 'FAILED'));
    if (candidates.length === 0) {
      return;
    }
    const { event } = random.pick(candidates);
    this.counts.add('late deliveries');
    const { outcome } = await this.framework.invoke(event, undefined, 'late');
    if (outcome.is === 'answered' && event.type !== 'Delete') {
      throw new Violation('a late delivery of an old event is answered as if it were a new one', [JSON.stringify(event), JSON.stringify(outcome)]);
    }
  }
}

/** Errors about several objects can be in any order. */
const lines = (message: string) => message.split('\n').sort().join('\n');
