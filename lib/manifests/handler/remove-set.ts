import { describe } from './errors';
import { judgeRemoval } from './judgement';
import { FIELD_MANAGER, KubernetesApi, KubernetesObject, PatchOperation } from './kubernetes-api';
import { annotationsOf, MARKS, marksOf, ROLE_ARN } from './marks';
import { nameOf, ranked } from './objects';
import { forEach, natureOf, Patience } from './patience';

/** Gives up a set: each of its objects that bears the set's id is deleted, released or given back, and no other is touched. */
export class SetRemover {
  constructor(private readonly api: KubernetesApi, private readonly patience: Patience, private readonly id: string) {}

  /** @param again called before each further try, with what failed; throws to end it. */
  public async remove(objects: KubernetesObject[], again?: (error: unknown) => Promise<void>): Promise<void> {
    for (const rank of ranked(objects, (object) => object).reverse()) {
      await forEach(rank, (object) => this.giveUp(object, again).catch((error) => { throw describe(object, error); }));
    }
  }

  private async giveUp(object: KubernetesObject, again?: (error: unknown) => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await this.patience.insist(async () => this.carryOut(object, await this.api.get(object)), { again });
      } catch (error) {
        if (natureOf(error) !== 'stale') {
          throw error;
        }
        await this.patience.stepAside(nameOf(object));
      }
    }
  }

  private async carryOut(object: KubernetesObject, found: KubernetesObject | undefined): Promise<void> {
    const removal = judgeRemoval(found, this.id);
    if (!found || removal === 'leave') {
      return;
    }
    const { uid, resourceVersion } = found.metadata;
    const { replaced, replacedRoleArn, adoptedRoleArn } = marksOf(found);
    switch (removal) {
      case 'delete':
        await this.api.remove(found, { preconditions: { uid, resourceVersion } });
        break;
      case 'let go':
        await this.patch(found, { [MARKS.replaced]: undefined, [MARKS.replacedRoleArn]: undefined });
        break;
      case 'give back':
        await this.patch(found, {
          [MARKS.owner]: replaced, [MARKS.replaced]: undefined, [MARKS.replacedRoleArn]: undefined, ...roleBefore(object, found, replacedRoleArn),
        });
        break;
      case 'release':
        await this.release(found, roleBefore(object, found, adoptedRoleArn));
    }
  }

  /** The values stay; the marks go, and so does our part in the object's management. */
  private async release(found: KubernetesObject, role: Changes): Promise<void> {
    const { metadata: { managedFields = [] } } = found;
    const noMarks = Object.fromEntries(Object.values(MARKS).map((annotation) => [annotation, undefined]));
    if (role[ROLE_ARN] !== undefined) {
      // Setting a value makes us its manager, so that this comes first, and the next round does the rest
      await this.patch(found, role);
      return this.carryOut(found, await this.api.get(found));
    }
    const others = (managedFields as { manager?: string }[]).filter(({ manager }) => manager !== FIELD_MANAGER);
    await this.patch(found, { ...noMarks, ...role }, [{ op: 'replace', path: '/metadata/managedFields', value: others }]);
  }

  /** The resourceVersion, which no other object ever has, makes it a conflict if the object is not as it was judged. */
  private async patch(found: KubernetesObject, changes: Changes, more: PatchOperation[] = []): Promise<void> {
    const annotations = annotationsOf(found);
    const operations = Object.entries(changes).flatMap(([annotation, value]): PatchOperation[] => {
      const path = `/metadata/annotations/${annotation.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return value !== undefined ? [{ op: 'add', path, value }] : annotation in annotations ? [{ op: 'remove', path }] : [];
    });
    const { resourceVersion } = found.metadata;
    await this.api.patchJson(found, [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }, ...operations, ...more], { fieldManager: FIELD_MANAGER });
  }
}

/** Annotations to set, or to take away where undefined. */
interface Changes { [annotation: string]: string | undefined }

/** The role that the object named before ours, or none, unless someone has named another since. */
function roleBefore(object: KubernetesObject, found: KubernetesObject, before: string | undefined): Changes {
  const ours = annotationsOf(object)[ROLE_ARN];
  return ours !== undefined && annotationsOf(found)[ROLE_ARN] === ours ? { [ROLE_ARN]: before } : {};
}
