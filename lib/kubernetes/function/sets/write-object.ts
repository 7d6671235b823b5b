import { Judgement, DesiredObject } from './judgement';
import { ExistingObjects } from '../../contract/existing-objects';
import { nameOf } from '../../contract/identity';
import { MARKS } from '../../contract/marks';
import { KubernetesError } from '../client/api-server';
import { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { Deadline } from '../deadline';
import { bareOf } from '../fields/managed-fields';
import { Content, fieldsToReturn, giveBackFields } from '../fields/returned-fields';
import type { TakenField } from '../fields/taken-fields';
import { applyKeepingUnmanaged } from '../fields/unmanaged-fields';
import type { Holder } from '../records/owners';
import { Entry, managerOf as managerOfRecord, nameOfRecord, NOBODY } from '../records/record';

type Applying = Extract<Judgement, { readonly verdict: 'apply' }>;

/** The work for one object. */
export interface Step {
  readonly desired: DesiredObject;
  found?: KubernetesObject;
  judgement: Exclude<Judgement, { readonly verdict: 'wait' | 'refuse' }>;
  /** The old object, which has to be deleted first because it cannot be changed. */
  old?: KubernetesObject;
  /** The fields that others get back with the write. */
  returned?: TakenField[];
  /** Whether a dry run must wait until others have their fields back, because the content is not valid without these. */
  isUntried?: boolean;
  /** Of the object that was written. */
  resourceVersion?: string;
}

/** Writes objects as they were judged. Each write changes only the object that was judged, or creates an object only if none exists. */
export class ObjectWriter {
  constructor(private readonly api: KubernetesApi, private readonly deadline: Deadline) {}

  /** @returns the resulting object; undefined if there was nothing to write. */
  public async write(step: Step): Promise<KubernetesObject | undefined> {
    const { desired: { object }, judgement, old } = step;
    if (old) {
      await this.remove(old);
    } else if (judgement.verdict === 'apply') {
      await this.giveBack(step);
    }
    const written = await this.send(step);
    if (judgement.verdict === 'apply') {
      await this.removeManagers(written!, step.desired, judgement);
    }
    if (object.kind === 'CustomResourceDefinition') {
      await this.waitUntilEstablished(object);
    }
    return written;
  }

  /** Gives fields back that the set no longer sets. */
  public async giveBack(step: Step): Promise<void> {
    step.returned = this.toReturn(step);
    step.found = await giveBackFields(this.api, step.found!, step.returned, managerOf(step.desired));
  }

  /** The fields that others get back with the apply. */
  public toReturn({ desired: { object, owner }, found, judgement }: Step): TakenField[] {
    if (judgement.verdict !== 'apply') {
      return [];
    }
    const { entry: { fields }, others } = judgement;
    return fieldsToReturn({ found: found!, manager: managerOf({ owner }), fields, contents: [{ object }, ...others.map(contentOf)] });
  }

  /** @param dryRun whether to check everything without storing it. */
  public async send({ desired, found, judgement, old }: Step, dryRun = false): Promise<KubernetesObject | undefined> {
    const { api } = this;
    const { object, owner, existing } = desired;
    if (judgement.verdict === 'leave') {
      if (judgement.why && !dryRun) {
        console.log(judgement.why);
      }
      return undefined;
    }
    if (judgement.verdict === 'apply' && !old) {
      const { uid, resourceVersion } = found!.metadata;
      const same = { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
      const content = withOwnerAnnotations(same, owner, judgement.entry);
      const manager = managerOf(desired);
      return dryRun ? api.apply(content, { fieldManager: manager, force: true, dryRun }) : applyKeepingUnmanaged(api, content, found!, manager);
    }
    // with a resourceVersion, an existing object causes a conflict
    const created = { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };
    const creation = existing === ExistingObjects.KEEP
      ? api.apply(created, { fieldManager: NOBODY, dryRun })
      : api.apply(withOwnerAnnotations(created, owner, judgement.entry), { fieldManager: managerOf(desired), dryRun });
    return creation.catch((error) => { throw asConflict(object, error); });
  }

  /** Otherwise, the fields of managers that no longer own the object would stay forever. */
  private async removeManagers(written: KubernetesObject, { object }: DesiredObject, judgement: Applying): Promise<void> {
    const { entry: { fields }, others, leftBehind = [] } = judgement;
    const contents = [{ object }, ...others.map(contentOf)];
    let current = written;
    for (const manager of leftBehind) {
      current = await giveBackFields(this.api, current, fieldsToReturn({ found: current, manager, fields, contents }), manager);
      current = await applyKeepingUnmanaged(this.api, bareOf(current), current, manager);
    }
  }

  private async remove(old: KubernetesObject): Promise<void> {
    const { api, deadline } = this;
    const { uid, resourceVersion } = old.metadata;
    const isThere = async () => (await deadline.retry(() => api.get(old)))?.metadata.uid === uid;
    await api.remove(old, { propagationPolicy: 'Foreground', preconditions: { uid, resourceVersion } });
    while (await isThere()) {
      await deadline.pause(`${nameOf(old)} is being deleted so that it can be replaced`);
    }
  }

  /** The API server serves a new kind only some time after it has stored the definition. */
  private async waitUntilEstablished(definition: KubernetesObject): Promise<void> {
    const { api, deadline } = this;
    type Status = { conditions?: { type: string; status: string }[] } | undefined;
    const ready = (object?: KubernetesObject) => (object?.status as Status)?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
    while (!ready(await deadline.retry(() => api.get(definition)))) {
      await deadline.pause(`${nameOf(definition)} is not established`);
    }
  }
}

/**
 * The error of a creation, as a conflict if someone else has created the object at the same moment. The API server then merges both, so that the fields
 * conflict, not the versions. The object has to be judged again, like after any other change by others.
 */
function asConflict(object: KubernetesObject, error: unknown): unknown {
  const isConflict = error instanceof KubernetesError && error.causes.some(({ reason }) => reason === 'FieldManagerConflict');
  return isConflict ? new KubernetesError(`creation of ${nameOf(object)}`, 409, error.words.text) : error;
}

/** The field manager of a set. */
export const managerOf = ({ owner }: Pick<DesiredObject, 'owner'>) => managerOfRecord(nameOfRecord(owner));

/** The content of an object in a set that lists it. */
export const contentOf = ({ owner, entry: { object } }: Holder): Content => ({ object, manager: managerOf({ owner }) });

/** The object with the annotations of its set. */
export function withOwnerAnnotations(object: KubernetesObject, owner: string, { token }: Pick<Entry, 'token'>): KubernetesObject {
  const annotations = { ...object.metadata.annotations as object | undefined, [MARKS.owner]: owner, ...(token && { [MARKS.token]: token }) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
