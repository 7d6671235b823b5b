import { Judgement, Wish } from './judgement';
import { ExistingObjects } from '../../contract/existing-objects';
import { nameOf } from '../../contract/identity';
import { MARKS } from '../../contract/marks';
import { KubernetesError } from '../client/api-server';
import { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { bareOf } from '../fields/managed-fields';
import { Content, fieldsToReturn, giveBackFields } from '../fields/returned-fields';
import type { TakenField } from '../fields/taken-fields';
import { applyOnly } from '../fields/unmanaged-fields';
import { Patience } from '../patience';
import type { Holder } from '../records/owners';
import { Entry, managerOf as managerOfRecord, nameOfRecord, NOBODY } from '../records/record';

type Applying = Extract<Judgement, { readonly verdict: 'apply' }>;

/** The work for one object. */
export interface Step {
  readonly wish: Wish;
  found?: KubernetesObject;
  judgement: Exclude<Judgement, { readonly verdict: 'wait' | 'refuse' }>;
  /** The old object, which has to be deleted first because it cannot be changed. */
  old?: KubernetesObject;
  /** The fields that others get back with the write. */
  returned?: TakenField[];
  /** Of the object that was written. */
  resourceVersion?: string;
}

/** Writes objects as they were judged. Each write changes only the object that was judged, or creates an object only if none exists. */
export class ObjectWriter {
  constructor(private readonly api: KubernetesApi, private readonly patience: Patience) {}

  /** @returns the resulting object; undefined if there was nothing to write. */
  public async write(step: Step): Promise<KubernetesObject | undefined> {
    const { wish: { object, owner }, judgement, old } = step;
    if (old) {
      await this.remove(old);
    } else if (judgement.verdict === 'apply') {
      const manager = managerOf({ owner });
      step.returned = this.toReturn(step);
      step.found = await giveBackFields(this.api, step.found!, step.returned, manager);
    }
    const written = await this.send(step);
    if (judgement.verdict === 'apply') {
      await this.removeManagers(written!, step.wish, judgement);
    }
    if (object.kind === 'CustomResourceDefinition') {
      await this.established(object);
    }
    return written;
  }

  /** The fields that others get back with the apply. */
  public toReturn({ wish: { object, owner }, found, judgement }: Step): TakenField[] {
    if (judgement.verdict !== 'apply') {
      return [];
    }
    const { entry: { fields }, others } = judgement;
    return fieldsToReturn({ found: found!, manager: managerOf({ owner }), fields, contents: [{ object }, ...others.map(contentOf)] });
  }

  /** @param dryRun whether to check everything without storing it. */
  public async send({ wish, found, judgement, old }: Step, dryRun = false): Promise<KubernetesObject | undefined> {
    const { api } = this;
    const { object, owner, existing } = wish;
    if (judgement.verdict === 'leave') {
      if (judgement.why && !dryRun) {
        console.log(judgement.why);
      }
      return undefined;
    }
    if (judgement.verdict === 'apply' && !old) {
      const { uid, resourceVersion } = found!.metadata;
      const same = { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
      const content = bearing(same, owner, judgement.entry);
      return dryRun ? api.apply(content, { fieldManager: managerOf(wish), force: true, dryRun }) : applyOnly(api, content, found!, managerOf(wish));
    }
    // with a resourceVersion, an existing object causes a conflict
    const created = { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };
    const creation = existing === ExistingObjects.KEEP
      ? api.apply(created, { fieldManager: NOBODY, dryRun })
      : api.apply(bearing(created, owner, judgement.entry), { fieldManager: managerOf(wish), dryRun });
    return creation.catch((error) => { throw existsNow(object, error); });
  }

  /** Otherwise, the fields of managers that no longer own the object would stay forever. */
  private async removeManagers(written: KubernetesObject, { object }: Wish, { entry: { fields }, others, leftBehind = [] }: Applying): Promise<void> {
    const contents = [{ object }, ...others.map(contentOf)];
    let current = written;
    for (const manager of leftBehind) {
      current = await giveBackFields(this.api, current, fieldsToReturn({ found: current, manager, fields, contents }), manager);
      current = await applyOnly(this.api, bareOf(current), current, manager);
    }
  }

  private async remove(old: KubernetesObject): Promise<void> {
    const { api, patience } = this;
    const { uid, resourceVersion } = old.metadata;
    const isThere = async () => (await patience.insist(() => api.get(old)))?.metadata.uid === uid;
    await api.remove(old, { propagationPolicy: 'Foreground', preconditions: { uid, resourceVersion } });
    while (await isThere()) {
      await patience.pause(`${nameOf(old)} is being deleted so that it can be replaced`);
    }
  }

  /** The API server serves a new kind only some time after it has stored the definition. */
  private async established(definition: KubernetesObject): Promise<void> {
    const { api, patience } = this;
    type Status = { conditions?: { type: string; status: string }[] } | undefined;
    const ready = (object?: KubernetesObject) => (object?.status as Status)?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
    while (!ready(await patience.insist(() => api.get(definition)))) {
      await patience.pause(`${nameOf(definition)} is not established`);
    }
  }
}

/**
 * Someone else can create the object at the same moment. The API server then merges both, so that the fields conflict, not the versions. The object has to be
 * judged again, like after any other change by others.
 */
function existsNow(object: KubernetesObject, error: unknown): unknown {
  const isConflict = error instanceof KubernetesError && error.causes.some(({ reason }) => reason === 'FieldManagerConflict');
  return isConflict ? new KubernetesError(`creation of ${nameOf(object)}`, 409, error.words.text) : error;
}

/** The field manager of a set. */
export const managerOf = ({ owner }: Pick<Wish, 'owner'>) => managerOfRecord(nameOfRecord(owner));

/** The content of an object in a set that lists it. */
export const contentOf = ({ owner, entry: { object } }: Holder): Content => ({ object, manager: managerOf({ owner }) });

/** The object with the annotations of its set. */
export function bearing(object: KubernetesObject, owner: string, { token }: Pick<Entry, 'token'>): KubernetesObject {
  const annotations = { ...object.metadata.annotations as object | undefined, [MARKS.owner]: owner, ...(token && { [MARKS.token]: token }) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
