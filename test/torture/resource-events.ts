import { Aftermath } from './aftermath';
import type { Clock } from './clock';
import type { Counts } from './counts';
import { EventInput, stackIdOf } from './events';
import { CREATE_FAILED, Framework, Response } from './framework';
import type { Judge } from './judge';
import type { Model } from './model';
import type { Open } from './open-event';
import { PhysicalIds } from './physical-ids';
import type { Kill } from './proxy';
import type { Random } from './random';
import { sameContent, SetName, Wanted } from './record';
import { Redeliveries } from './redeliveries';
import { identitiesOf, Request, setOf } from './request';
import type { Sets, UpdateResult } from './sets';
import type { Stack } from './stack';
import type { StoredRecords } from './stored-records';
import { Violation } from './story';

/** Sends the events of one sequence to the function, and compares the outcomes with the model. */
export class ResourceEvents {
  private readonly open = new Map<SetName, Open>();
  private readonly ids = new PhysicalIds();
  private readonly aftermath: Aftermath;
  private readonly redeliveries: Redeliveries;
  private count = 0;

  constructor(
    private readonly framework: Framework, private readonly model: Model, private readonly sets: Sets, private readonly judge: Judge,
    stored: StoredRecords, private readonly clock: Clock, private readonly counts: Counts, private readonly seed: number,
    private readonly killOf: (random: Random, type: EventInput['type'], wanted: Wanted) => Kill | undefined,
  ) {
    this.aftermath = new Aftermath(model, judge, stored, counts, framework.losesAnswers);
    this.redeliveries = new Redeliveries(framework, counts);
  }

  /** Whether CloudFormation can roll back the last Update of the set by a Delete of its new ID alone. */
  public canRollBackAlone(request: Request): boolean {
    const canRollBack = this.sets.canRollBackAlone(setOf(request));
    this.counts.crack('reversal', Number(!canRollBack));
    return canRollBack;
  }

  /** The objects whose state the model does not know, because an event did not end. Events of one set can be excluded. */
  public unsure(but?: SetName): Set<string> {
    return new Set([...this.open].filter(([set]) => set !== but).flatMap(([, { identities }]) => identities));
  }

  /** After the service timeout, an event of another set has undone each Create that did not end. */
  public settle(): void {
    for (const [set, { type, lasting }] of [...this.open]) {
      if (type === 'Create') {
        this.judge.adopt(lasting);
        this.open.delete(set);
      }
    }
  }

  /** Sends one event. Returns what CloudFormation learns about it. */
  public async send(request: Request, random: Random): Promise<Response> {
    const event = this.event(request);
    const kill = this.killOf(random, request.type, request.wanted);
    const mayBeKilled = !this.isReversal(request) && !this.hasTakenField(request);
    const response = await this.framework.deliver({ event, kill: mayBeKilled ? kill : undefined, random });
    if (request.id !== CREATE_FAILED) {
      const wasOpen = this.open.get(setOf(request));
      this.reflect(request, response);
      if (response.is === 'SUCCESS') {
        await this.aftermath.find(request, response, wasOpen);
      }
      if (response.is === 'KILLED' && request.type !== 'Delete') {
        await this.judge.adoptNow(this.lasting(request));
      }
      this.redeliveries.note(setOf(request), { event, response });
      if (response.is !== 'KILLED' && random.chance(0.1)) {
        await this.redeliveries.again({ event, response }, 'once more');
      }
    }
    return response;
  }

  /** Sends an event, and while it is in progress, the event that undoes it. */
  public async overlap(first: Request, second: Request, random: Random): Promise<Response> {
    if (this.isReversal(first) || this.hasTakenField(first)) {
      return this.send(second, random);
    }
    this.counts.add(`overlaps: ${first.type} and ${second.type}`);
    const event = this.event(first);
    const at = random.whole(1, 12);
    let atWork: Promise<unknown> | undefined;
    await new Promise<void>((resolve) => {
      atWork = this.framework.invoke(event, undefined, 'without an end', (number) => number === at && resolve()).then(() => resolve());
    });
    this.leaveOpen(first);
    const response = await this.send(second, random);
    await atWork;
    await this.judge.adoptNow(this.lasting(first));
    return response;
  }

  /** Delivers an older or failed event of a stack again. */
  public late(stack: Stack, random: Random): Promise<void> {
    return this.redeliveries.late((set) => set.startsWith(`${stack.name}/`) && !this.open.has(set), random);
  }

  private event(request: Request): EventInput {
    const { type, stack, logicalId, id, wanted, old } = request;
    return { type, requestId: `request-${this.seed}-${++this.count}`, time: this.clock.tick(), stackId: stackIdOf(stack.name, stack.id!), logicalId, id, wanted, old };
  }

  /** Updates the model after an event. */
  private reflect(request: Request, response: Response): void {
    const { type, id, wanted, old, isRollBack } = request;
    const set = setOf(request);
    if (response.is === 'KILLED' && !(type === 'Create' && response.hasEnded)) {
      this.leaveOpen(request);
      return;
    }
    const wasOpen = this.open.get(set);
    if (type === 'Delete' && !this.ids.isKnown(id!) && wasOpen?.stacks.some((stack) => stack !== request.stack.id)) {
      return; // a Delete for a Create that may never have begun does not undo events of an earlier stack
    }
    this.open.delete(set);
    this.judge.adopt(wasOpen?.lasting ?? []);
    const isUnsure = [...Object.keys(wanted.objects), ...Object.keys(old?.objects ?? {})].some((identity) => this.unsure(set).has(identity))
      || Object.keys(wanted.objects).some((identity) => wasOpen?.lasting.includes(identity));
    if (response.is === 'FAILED' && (type === 'Delete' || isRollBack)) {
      throw new Violation(`${type} of ${set} fails${isRollBack ? ' in a rollback' : ''}`, [response.reason]);
    }
    if (response.is === 'FAILED' && isUnsure) {
      return;
    }
    const { error, id: change } = this.expected(request, wasOpen);
    if (response.is === 'KILLED') {
      this.counts.crack('lostAnswer');
    } else if (response.is === 'FAILED') {
      if (!error) {
        throw new Violation(`${type} of ${set} fails`, [response.reason]);
      }
    } else if (error) {
      throw new Violation(`${type} of ${set} succeeds`, [`which should fail because of ${error}`]);
    } else if (type !== 'Delete') {
      // an Update that was killed may have got objects that this one drops, and a rollback that was killed may already have got its new ID
      const dropsOthers = !isRollBack && wasOpen?.type === 'Update' && wasOpen.identities.some((identity) => !(identity in wanted.objects));
      const isRepeated = isRollBack && wasOpen !== undefined && !this.sets.isPending(set);
      this.checkId(set, id, response.id, isRepeated || dropsOthers ? undefined : change);
    }
  }

  private expected(request: Request, wasOpen?: Open): UpdateResult {
    const { type, id, wanted } = request;
    const set = setOf(request);
    switch (type) {
      case 'Create': return { error: this.sets.create(set, wanted) };
      case 'Update': return this.sets.update(set, wanted);
      case 'Delete':
        if (wasOpen?.type !== 'Create') { // a Create that did not end is undone
          this.removal(set, id!);
        }
        return {};
    }
  }

  private checkId(set: SetName, before: string | undefined, now: string, change: UpdateResult['id']): void {
    this.ids.answer(set, before, now, change);
    const record = this.model.records.get(set);
    if (record?.before) {
      record.before.idChanged = now !== before;
      record.before.id = before;
    }
  }

  private leaveOpen(request: Request): void {
    const { type, wanted, old } = request;
    this.counts.add('events that did not end');
    const identities = identitiesOf(request);
    const earlier = this.open.get(setOf(request));
    this.open.set(setOf(request), {
      type,
      identities: [...identities, ...earlier?.identities ?? []],
      lasting: [...this.lasting(request), ...earlier?.lasting ?? []],
      stacks: [request.stack.id, ...earlier?.stacks ?? []],
    });
    this.judge.doubt(identities);
    for (const identity of Object.keys(wanted.objects)) {
      const before = old?.objects[identity];
      if (type === 'Update' && before && this.model.isKind(identity, 'Job', 'RoleBinding') && !sameContent(before, wanted.objects[identity])) {
        this.judge.forget(identity);
      }
    }
  }

  /** Whether an Update returns to the properties before the last Update. If it does not end, nobody can tell which of the two was rolled back. */
  private isReversal(request: Request): boolean {
    const record = this.model.records.get(setOf(request));
    const isReversal = request.type === 'Update' && !request.isRollBack && record !== undefined && this.sets.isUndo(record, request.wanted);
    this.counts.crack('reversal', Number(isReversal));
    return isReversal;
  }

  /** Whether someone outside has taken a field from a set that lists the object. If the event does not end, nobody knows whether it has given the field back. */
  private hasTakenField(request: Request): boolean {
    const isTaken = identitiesOf(request).some((identity) => this.model.listing(identity).some((set) => this.model.hasLostField(set, identity)));
    this.counts.crack('takenField', Number(isTaken));
    return isTaken;
  }

  /** The objects that stay when the event is undone, if it created them. This includes objects that a sibling lists under KEEP. */
  private lasting(request: Request): string[] {
    const all = [...request.stack.resources.values()].map(({ wanted }) => wanted).concat(request.wanted, request.old ?? []);
    const isKept = (identity: string) => all.some(({ existing, objects }) => existing === 'KEEP' && identity in objects);
    return identitiesOf(request).filter((identity) => isKept(identity) || this.model.isKind(identity, 'Namespace', 'CustomResourceDefinition'));
  }

  private removal(set: SetName, id: string): void {
    const current = this.ids.of(set);
    if (id !== current && this.ids.isKnown(id) && current !== undefined) {
      this.sets.cleanUp(set);
    } else if (id === current && this.sets.canRollBackAlone(set)) {
      this.counts.add('rollbacks by Delete alone');
      const { id: previous } = this.model.records.get(set)!.before!;
      this.sets.rollBackAlone(set);
      this.ids.goBack(set, previous!);
    } else {
      this.sets.remove(set);
    }
  }
}
