import type { Clock } from './clock';
import type { Counts } from './counts';
import { EventInput, stackIdOf } from './events';
import { CREATE_FAILED, Delivery, Framework, Response } from './framework';
import { Judge } from './judge';
import type { Model } from './model';
import type { Kill } from './proxy';
import type { Random } from './random';
import { sameContent, SetName, Wanted } from './record';
import type { Sets } from './sets';
import type { Stack } from './stack';
import { Violation } from './story';

export interface Request {
  readonly type: EventInput['type'];
  readonly stack: Stack;
  readonly logicalId: string;
  readonly id?: string;
  readonly wanted: Wanted;
  readonly old?: Wanted;
  /** Whether it must succeed: nothing that the set asks for can be the reason that it fails. */
  readonly isRollBack?: boolean;
}

/** The events of the sets of one sequence: what the function does with each, and what the model says of that. */
export class ResourceEvents {
  /** Sets with an event that did not end, and its objects. */
  private readonly open = new Map<SetName, { readonly type: EventInput['type']; readonly identities: string[] }>();
  private readonly ids = new Map<SetName, string>();
  private readonly allIds = new Set<string>();
  private count = 0;

  constructor(
    private readonly framework: Framework, private readonly model: Model, private readonly sets: Sets, private readonly judge: Judge,
    private readonly clock: Clock, private readonly counts: Counts, private readonly seed: number,
    private readonly killOf: (random: Random, wanted: Wanted) => Kill | undefined,
  ) {}

  /** What the model does not know about objects, but for those of one set. */
  public unsure(but?: SetName): Set<string> {
    return new Set([...this.open].filter(([set]) => set !== but).flatMap(([, { identities }]) => identities));
  }

  /** The service timeout has passed, and an event of another set has undone what did not end. */
  public settle(): void {
    for (const [set] of [...this.open].filter(([, { type }]) => type === 'Create')) {
      this.open.delete(set);
    }
  }

  public event(request: Request): EventInput {
    const { type, stack, logicalId, id, wanted, old } = request;
    return { type, requestId: `request-${this.seed}-${++this.count}`, time: this.clock.tick(), stackId: stackIdOf(stack.name, stack.id!), logicalId, id, wanted, old };
  }

  /** One event, and what CloudFormation hears of it. */
  public async send(request: Request, random: Random): Promise<Response> {
    const event = this.event(request);
    const delivery: Delivery = { event, kill: this.killOf(random, request.wanted), random };
    const response = await this.framework.deliver(delivery);
    if (request.id === CREATE_FAILED) {
      return response;
    }
    this.reflect(request, response);
    if (response.is === 'SUCCESS' && response.id !== event.id && this.allIds.has(response.id) && request.type !== 'Delete') {
      throw new Violation('an id repeats', [response.id]);
    }
    if (response.is === 'SUCCESS') {
      this.allIds.add(response.id);
    }
    if ((response.is === 'SUCCESS' || !response.killed) && random.chance(0.1)) {
      await this.again(event, response);
    }
    return response;
  }

  /** The same event is delivered once more, after it has ended. */
  private async again(event: EventInput, response: Response): Promise<void> {
    this.counts.add('second deliveries');
    const { outcome } = await this.framework.invoke(event, undefined, 'once more');
    const isSame = response.is === 'SUCCESS' ? outcome.is === 'answered' && outcome.id === response.id : outcome.is === 'failed' && outcome.message === response.reason;
    if (!isSame) {
      throw new Violation('a second delivery of an event that has ended has another answer', [JSON.stringify(response), JSON.stringify(outcome)]);
    }
  }

  /** Brings the model to where the event has brought the cluster. */
  public reflect({ type, stack, logicalId, id, wanted, old, isRollBack }: Request, response: Response): void {
    const set = `${stack.name}/${logicalId}`;
    if (response.is === 'FAILED' && response.killed) {
      this.counts.add('events that were killed for good');
      this.open.set(set, { type, identities: [...Object.keys(wanted.objects), ...Object.keys(old?.objects ?? {})] });
      for (const identity of Object.keys(wanted.objects)) {
        const before = old?.objects[identity];
        if (type === 'Update' && before && this.model.isKind(identity, 'Job', 'RoleBinding') && !sameContent(before, wanted.objects[identity])) {
          this.judge.forget(identity);
        }
      }
      return;
    }
    const wasOpen = this.open.get(set);
    this.open.delete(set);
    const isUnsure = [...Object.keys(wanted.objects), ...Object.keys(old?.objects ?? {})].some((identity) => this.unsure(set).has(identity));
    let expected: { error?: string; id?: 'new' | 'same' };
    if (type === 'Create') {
      expected = { error: this.sets.create(set, wanted) };
    } else if (type === 'Update') {
      expected = this.sets.update(set, wanted);
    } else {
      expected = {};
      this.removal(set, id!, wasOpen?.type === 'Create');
    }
    if (response.is === 'FAILED') {
      if (type === 'Delete' || isRollBack || !expected.error && !isUnsure) {
        throw new Violation(`${type} of ${set} fails${isRollBack ? ' in a roll-back' : ''}`, [response.reason]);
      }
      return;
    }
    if (expected.error) {
      throw new Violation(`${type} of ${set} succeeds`, [`which should fail because of ${expected.error}`]);
    }
    if (expected.id && (response.id === id) !== (expected.id === 'same')) {
      throw new Violation(`Update of ${set} ${expected.id === 'same' ? 'changes' : 'keeps'} the id`, [`${id} -> ${response.id}`]);
    }
    const record = this.model.records.get(set);
    if (type === 'Update' && record?.before) {
      record.before.idChanged = response.id !== id;
    }
    if (type !== 'Delete') {
      this.ids.set(set, response.id);
    }
  }

  private removal(set: SetName, id: string, wasOpen: boolean): void {
    const current = this.ids.get(set);
    if (wasOpen) {
      return; // the Create is undone
    }
    if (id !== current && this.isOlder(set, id)) {
      this.sets.cleanUp(set);
    } else if (this.model.records.get(set)?.before?.idChanged && id === current) {
      this.counts.add('roll-backs by Delete alone');
      this.sets.rollBackAlone(set);
    } else {
      this.sets.remove(set);
    }
  }

  private isOlder = (set: SetName, id: string) => this.allIds.has(id) && this.ids.has(set);

  /** CloudFormation counts an id as the one of the set again. */
  public restoreId(set: SetName, id: string): void {
    this.ids.set(set, id);
  }
}
