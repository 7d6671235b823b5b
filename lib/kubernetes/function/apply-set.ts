import { KubernetesError } from './api-server';
import { describe } from './errors';
import { judge, Judgement, Wish } from './judgement';
import { FIELD_MANAGER, KubernetesApi, KubernetesObject } from './kubernetes-api';
import { Marks, marked, marksOf } from './marks';
import { ranked } from './objects';
import { forEach, natureOf, Patience } from './patience';
import { ExistingObjects } from '../contract/existing-objects';
import { nameOf } from '../contract/identity';

/** Whose change of what cannot change makes a new one: nothing is lost with the old one but its status. */
const REPLACEABLE = ['Job', 'RoleBinding', 'ClusterRoleBinding'];
/** What others of the set may be missing, as long as it is not there. */
const BRINGERS = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'PriorityClass'];

interface Judged {
  readonly found?: KubernetesObject;
  readonly judgement: Judgement;
}

/** Applies a set: first all of it is judged and tried dry, then, if nothing is wrong, done in the order of what needs what. */
export class SetApplier {
  /** Whether anything may have been changed. */
  public begun = false;
  /** What bore the set's mark before: a stack that is made again finds what it had retained. */
  public readonly retained = new Set<KubernetesObject>();
  private readonly brings: boolean;

  constructor(private readonly api: KubernetesApi, private readonly patience: Patience, private readonly wishes: Wish[]) {
    this.brings = wishes.some(({ object }) => BRINGERS.includes(object.kind));
  }

  public async apply(): Promise<void> {
    await forEach(this.wishes, (wish) => this.tryDry(wish).catch((error) => { throw describe(wish.object, error); }));
    this.begun = true;
    for (const rank of ranked(this.wishes, ({ object }) => object)) {
      await forEach(rank, (wish) => this.carryOut(wish).catch((error) => { throw describe(wish.object, error); }));
    }
  }

  /** Fails for what would fail; what only the set itself brings is left to the real try. */
  private async tryDry(wish: Wish): Promise<void> {
    const { found, judgement } = await this.judged(wish);
    if (found && marksOf(found).owner === wish.id) {
      this.retained.add(wish.object);
    }
    try {
      await this.patience.insist(() => this.write(wish, { found, judgement }, { dryRun: true }), { deferred: this.brings });
    } catch (error) {
      const nature = natureOf(error);
      if (nature === 'stale') {
        await this.patience.stepAside(nameOf(wish.object));
        return this.tryDry(wish);
      }
      if (!(this.brings && (nature === 'access' || nature === 'arrival'))) {
        await this.checkReplacement(wish, judgement, error);
      }
    }
  }

  /** Does what is judged, until it is done; who is overtaken judges again. */
  private async carryOut(wish: Wish): Promise<void> {
    let inherited: Marks = {};
    let created = false;
    for (;;) {
      const { found, judgement } = await this.judged(wish);
      if (created && !found) {
        return; // it has come and gone, as a Job may
      }
      try {
        await this.patience.insist(() => this.write(wish, { found, judgement }, { inherited }), { brings: this.brings });
        created = judgement.verdict === 'create' && wish.existing !== ExistingObjects.KEEP;
        if (!created) {
          return;
        } // otherwise its uid is known only now, and the next round marks it
      } catch (error) {
        if (natureOf(error) === 'stale') {
          await this.patience.stepAside(nameOf(wish.object));
        } else {
          inherited = await this.checkReplacement(wish, judgement, error);
          await this.removeOld(found!); // or judge again, if it is not as it was
        }
      }
    }
  }

  private async judged(wish: Wish): Promise<Judged> {
    for (;;) {
      const found = await this.patience.insist(() => this.api.get(wish.object));
      const judgement = judge(found, wish);
      switch (judgement.verdict) {
        case 'refuse': throw new Error(judgement.why);
        case 'wait': await this.patience.pause(judgement.why); break;
        default: return { found, judgement };
      }
    }
  }

  private async write(wish: Wish, { found, judgement }: Judged, { dryRun, inherited }: { dryRun?: boolean; inherited?: Marks }): Promise<void> {
    const { object, id, existing } = wish;
    if (judgement.verdict === 'create') {
      // with a resourceVersion, an object that is there is a conflict
      const created = { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };
      const sent = existing === ExistingObjects.KEEP ? created : marked(created, { ...inherited, owner: id });
      await this.api.apply(sent, { fieldManager: FIELD_MANAGER, dryRun });
    } else if (judgement.verdict === 'apply') {
      const { uid, resourceVersion } = found!.metadata;
      const same = { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
      await this.api.apply(marked(same, judgement.marks), { fieldManager: FIELD_MANAGER, force: true, dryRun });
    } else if (judgement.verdict === 'leave' && judgement.why && !dryRun) {
      console.log(judgement.why);
    }
    if (object.kind === 'CustomResourceDefinition' && !dryRun) {
      await this.established(object);
    }
  }

  /** The marks that a replacement inherits; throws where what is refused is no change, or none that a replacement mends. */
  private async checkReplacement({ object }: Wish, judgement: Judgement, error: unknown): Promise<Marks> {
    const refused = error instanceof KubernetesError && error.statusCode === 422 && judgement.verdict === 'apply';
    if (!refused || !await this.patience.insist(() => this.api.isValidAsNew(object))) {
      throw error;
    }
    if (!REPLACEABLE.includes(object.kind) || !judgement.mine) {
      throw new Error(`${describe(object, error).message}: this cannot be changed in place, so give the object another name`);
    }
    return { replaced: judgement.marks.replaced, replacedRoleArn: judgement.marks.replacedRoleArn };
  }

  private async removeOld(found: KubernetesObject): Promise<void> {
    const { uid, resourceVersion } = found.metadata;
    try {
      await this.patience.insist(() => this.api.remove(found, { propagationPolicy: 'Foreground', preconditions: { uid, resourceVersion } }));
    } catch (error) {
      if (natureOf(error) !== 'stale') {
        throw error;
      }
      return this.patience.stepAside(nameOf(found));
    }
    while ((await this.patience.insist(() => this.api.get(found)))?.metadata.uid === uid) {
      await this.patience.pause(`${nameOf(found)} is being deleted, to be replaced`);
    }
  }

  /** A kind is served some time after its definition is stored. */
  private async established(definition: KubernetesObject): Promise<void> {
    type Status = { conditions?: { type: string; status: string }[] } | undefined;
    const ready = (object?: KubernetesObject) => (object?.status as Status)?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
    while (!ready(await this.patience.insist(() => this.api.get(definition)))) {
      await this.patience.pause(`${nameOf(definition)} is not established`);
    }
  }
}
