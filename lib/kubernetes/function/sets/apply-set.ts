import { KubernetesError } from '../client/api-server';
import { describe } from '../errors';
import { judge, listedEntry, DesiredObject } from './judgement';
import { remember } from './remember-fields';
import { managerOf, ObjectWriter, Step } from './write-object';
import { identity, nameOf } from '../../contract/identity';
import { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import type { WrittenObject } from '../credentials/wait-for-credentials';
import { forEach, TimeLimitReached, Deadline, Stopped } from '../deadline';
import { managedFieldsOf } from '../fields/managed-fields';
import { isOfSet, withValuesOf } from '../fields/taken-fields';
import { unmanagedOf } from '../fields/unmanaged-fields';
import { ranked } from '../input/objects';
import type { Limits } from '../limits';
import { isUnreachable, natureOf } from '../nature';
import { Owners } from '../records/owners';
import { Entries, Entry } from '../records/record';

/** Kinds that are deleted and created again if an immutable field changes, because only the status of the old object is lost. */
const REPLACEABLE = ['Job', 'RoleBinding', 'ClusterRoleBinding'];
/** The same in a rollback, which has to succeed: these kinds are created again if they are marked as immutable. */
const REPLACEABLE_IN_UNDO = [...REPLACEABLE, 'ConfigMap', 'Secret'];
/** Kinds that other objects of the set can depend on, so that these objects fail until they exist. */
const KINDS_TO_DEPEND_ON = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'PriorityClass'];

interface SetApplierOptions {
  readonly api: KubernetesApi;
  readonly deadline: Deadline;
  readonly limits: Limits;
  readonly owners: Owners;
  readonly desiredObjects: readonly DesiredObject[];
  /** Writes the record with the current entries. */
  readonly save: () => Promise<void>;
  /** Called with objects that were written, before objects that can depend on them are. */
  readonly written: (objects: WrittenObject[]) => Promise<void>;
}

/**
 * Applies a set: judges all objects and tries them in a dry run, announces them in the record, and applies them in the order of
 * dependencies.
 */
export class SetApplier {
  private readonly steps = new Map<string, Step>();
  private readonly writer: ObjectWriter;
  /** Whether the set defines objects of these kinds, so that its other objects may depend on them. */
  private readonly mayDependOnSet: boolean;

  constructor(private readonly options: SetApplierOptions) {
    this.writer = new ObjectWriter(options.api, options.deadline);
    this.mayDependOnSet = options.desiredObjects.some(({ object }) => KINDS_TO_DEPEND_ON.includes(object.kind));
  }

  /** The entries for the record of all objects that were judged. */
  public get entries(): Entries {
    return Object.fromEntries([...this.steps].map(([id, { judgement }]) => [id, judgement.entry]));
  }

  /** Whether any object or field is about to be taken over. */
  public get isTaking(): boolean {
    const isCreated = ({ epoch, origin, token }: Entry) => epoch === 1 && origin === 'absent' && token !== undefined;
    return [...this.steps.values()].some(({ judgement: { verdict, entry }, old }) => verdict === 'apply' && !entry.landed && !isCreated(entry) && !old);
  }

  /** The Jobs that an earlier event applied and that no longer exist, by identity. */
  public get finished(): ReadonlySet<string> {
    return new Set([...this.steps].filter(([, { found, judgement }]) => !found && judgement.verdict === 'leave').map(([id]) => id));
  }

  /** Throws errors that can be foreseen, before anything changes. */
  public async plan(): Promise<void> {
    await forEach([...this.options.desiredObjects], (desired) => this.tryOne(desired).catch((error) => { throw describe(desired.object, error); }));
  }

  /** Makes the planned changes after they were announced. */
  public async carryOut(): Promise<void> {
    for (const rank of ranked([...this.steps.values()], ({ desired }) => desired.object)) {
      await forEach(rank, (step) => this.write(step).catch((error) => this.failed(step, error)));
      await this.options.written(rank.flatMap(({ desired: { object }, judgement: { verdict }, resourceVersion }) =>
        (resourceVersion === undefined ? [] : [{ object, resourceVersion, isNew: verdict === 'create' }])));
    }
  }

  private failed({ desired: { object, isUndo } }: Step, error: Error): void {
    const described = describe(object, error);
    if (!isUndo || isFatal(error)) {
      throw described;
    }
    console.log(`${nameOf(object)} cannot be restored: ${described.message}`);
  }

  /** A rollback continues without an object that it cannot judge, such as one whose deletion never completes. */
  private leftInRollback(desired: DesiredObject, error: Error): Pick<Step, 'judgement'> {
    if (!desired.isUndo || isFatal(error)) {
      throw error;
    }
    const why = `${nameOf(desired.object)} cannot be restored: ${describe(desired.object, error).message}`;
    return { judgement: { verdict: 'leave', entry: listedEntry(desired, desired.entry), why } };
  }

  private async tryOne(desired: DesiredObject): Promise<void> {
    const step: Step = { desired, ...await this.judged(desired).catch((error) => this.leftInRollback(desired, error)) };
    this.steps.set(identity(desired.object), step);
    if (!this.needsDryRun(step)) {
      return;
    }
    try {
      await this.dryRun(step);
    } catch (error) {
      if (natureOf(error) === 'stale') {
        await this.options.deadline.pauseAfterConflict(nameOf(desired.object));
        await this.options.owners.refresh();
        return this.tryOne(desired);
      }
      if (!desired.isUndo) { // the actual attempt will show what cannot be restored
        throw error;
      }
    }
  }

  /** A single object is applied without a dry run, unless it takes over fields whose values have to be recorded first. */
  private needsDryRun({ found, desired, judgement: { entry, verdict } }: Step): boolean {
    const isShared = found !== undefined
      && (managedFieldsOf(found).some(({ manager, subresource }) => !isOfSet(manager) && subresource === undefined) || unmanagedOf(found).length > 0);
    const takesOver = verdict === 'apply' && (!entry.landed || entry.epoch > 1 || entry.origin !== 'absent' || isShared);
    return takesOver || (this.options.desiredObjects.length > 1 && !desired.isUndo);
  }

  /** Errors because of kinds and namespaces that the set itself defines are left to the actual attempt. */
  private async dryRun(step: Step): Promise<void> {
    try {
      remember(step, await this.options.deadline.retry(() => this.writer.send(step, true), { hasLaterAttempt: this.mayDependOnSet }));
    } catch (error) {
      const nature = natureOf(error);
      if (nature === 'stale') {
        throw error;
      }
      if (nature === 'final' && this.writer.toReturn(step).length > 0) {
        step.isUntried = true; // the apply might only succeed after others have got their fields back
        return;
      }
      if (!(this.mayDependOnSet && (nature === 'access' || nature === 'arrival'))) {
        await this.replace(step, error);
      }
    }
  }

  private async write(step: Step): Promise<void> {
    const { deadline, owners, save } = this.options;
    for (;;) {
      try {
        if (step.isUntried && !step.old) {
          await this.tryLater(step);
        }
        this.markWritten(step, await deadline.retry(() => this.writer.write(step), { mayDependOnSet: this.mayDependOnSet }));
        return;
      } catch (error) {
        if (natureOf(error) !== 'stale') {
          await this.replace(step, error);
          await save();
          continue;
        }
        await deadline.pauseAfterConflict(nameOf(step.desired.object));
        await owners.refresh();
        await this.judgeAgain(step);
      }
    }
  }

  /** Others get their fields back first. What the apply takes over is recorded then. */
  private async tryLater(step: Step): Promise<void> {
    const { deadline, save } = this.options;
    await deadline.retry(() => this.writer.giveBack(step));
    const { returned } = step;
    remember(step, await deadline.retry(() => this.writer.send(step, true)));
    const { judgement } = step;
    // these are back: the write gives back again, and then finds nothing to return
    step.judgement = { ...judgement, entry: { ...judgement.entry, fields: judgement.entry.fields.filter((field) => !returned!.includes(field)) } };
    step.isUntried = false;
    await save();
  }

  /** Judges the object again after a conflict, and announces the result if it has changed. */
  private async judgeAgain(step: Step): Promise<void> {
    const { entry: { uid, epoch, token } } = step.judgement;
    Object.assign(step, { old: undefined, ...await this.judged(step.desired) });
    const { entry, verdict } = step.judgement;
    if (entry.uid !== uid || entry.epoch !== epoch || entry.token !== token) {
      if (verdict === 'apply' && this.needsDryRun(step)) {
        await this.dryRun(step);
      }
      await this.options.save();
    }
  }

  private async judged(desired: DesiredObject): Promise<Pick<Step, 'found' | 'judgement'>> {
    const { api, deadline, owners, limits } = this.options;
    const waiting = desired.isUndo ? deadline.within(limits.arrival) : deadline;
    for (;;) {
      const found = await deadline.retry(() => api.get(desired.object));
      const judgement = judge(found, desired, owners);
      switch (judgement.verdict) {
        case 'refuse': throw new Error(judgement.why);
        case 'wait':
          await waiting.pause(judgement.why);
          await owners.refresh();
          break;
        default: return { found, judgement };
      }
    }
  }

  private markWritten(step: Step, written: KubernetesObject | undefined): void {
    const { entry } = step.judgement;
    const fields = entry.fields.filter((field) => !step.returned?.includes(field));
    const uid = written?.metadata.uid ?? entry.uid;
    step.resourceVersion = written?.metadata.resourceVersion;
    step.judgement = { ...step.judgement, entry: { ...entry, uid, fields: written ? withValuesOf(written, fields) : entry.fields, landed: true } };
  }

  /**
   * Plans to create an object again if its change is rejected. Throws if the rejected request is not a change, or if a new object would not
   * help.
   */
  private async replace(step: Step, error: unknown): Promise<void> {
    const { api, deadline } = this.options;
    const { desired, judgement, found } = step;
    const refused = error instanceof KubernetesError && error.statusCode === 422 && judgement.verdict === 'apply';
    if (!refused || !await deadline.retry(() => api.isValidAsNew(desired.object, managerOf(desired)))) {
      throw error;
    }
    if (!(desired.isUndo ? REPLACEABLE_IN_UNDO : REPLACEABLE).includes(desired.object.kind) || !judgement.mayBeReplaced) {
      throw new Error(`${describe(desired.object, error).message}: this cannot be changed in place, so give the object another name`);
    }
    step.old = found;
    step.judgement = { ...judgement, entry: { ...judgement.entry, token: desired.token, landed: false, hasFailed: undefined, fields: [] } };
  }
}

/** Errors that affect more than one object. */
const isFatal = (error: Error) => error instanceof Stopped || error instanceof TimeLimitReached || isUnreachable(error) || isUnreachable(error.cause);
