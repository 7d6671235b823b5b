import { KubernetesError } from './api-server';
import { describe } from './errors';
import { because, judgeRemoval } from './judgement';
import { FIELD_MANAGER, KubernetesApi, KubernetesObject, PatchOperation } from './kubernetes-api';
import { annotationsOf, holdersOf, Marks, marksOf, replacedBy } from './marks';
import { ranked } from './objects';
import { forEach, natureOf, Patience, Several } from './patience';
import { isRoleOfAccount } from './role-arn';
import { nameOf } from '../contract/identity';
import { MARKS, ROLE_ARN_ANNOTATION } from '../contract/marks';
import type { Properties } from '../contract/properties';

/** Gives up a set: each of its objects that bears the set's id is deleted, released or given back, and no other is touched. */
export class SetRemover {
  constructor(
    private readonly api: KubernetesApi,
    private readonly patience: Patience,
    private readonly id: string,
    private readonly properties: Properties,
  ) {}

  /** @param again called before each further try, with what failed; throws to end it. */
  public async remove(objects: KubernetesObject[], again?: (error: unknown) => Promise<void>): Promise<void> {
    const failed: Error[] = [];
    for (const rank of ranked(objects, (object) => object).reverse()) {
      // what cannot be given up must not keep the rest
      await forEach(rank, (object) => this.giveUp(object, again).catch((error) => { throw describe(object, error); }))
        .catch((error) => failed.push(error));
    }
    if (failed.length > 0) {
      throw new Several(failed);
    }
  }

  private async giveUp(object: KubernetesObject, again?: (error: unknown) => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await this.patience.insist(async () => this.carryOut(object, await this.api.get(object)), { again });
      } catch (error) {
        if (!isOvertaken(error)) {
          throw error;
        }
        await this.patience.stepAside(nameOf(object));
      }
    }
  }

  private async carryOut(object: KubernetesObject, found: KubernetesObject | undefined): Promise<void> {
    const removal = judgeRemoval(found, this.id, this.properties.Existing);
    if (!found || removal === 'leave') {
      return;
    }
    const { uid, resourceVersion } = found.metadata;
    const marks = marksOf(found);
    const [last, ...earlier] = holdersOf(marks);
    switch (removal) {
      case 'delete':
        await this.api.remove(found, { preconditions: { uid, resourceVersion } });
        return this.gone(found);
      case 'let go':
        return this.patch(found, changes(replacedBy([last, ...earlier].filter(({ id }) => id !== this.id))));
      case 'give back':
        await this.patch(found, { ...changes({ owner: last.id, ...replacedBy(earlier) }), ...this.roleBefore(object, found, last.roleArn) });
        return this.leaveManagement(found, last.id, {}, 'Update');
      case 'release':
        await this.patch(found, this.roleBefore(object, found, marks.adoptedRoleArn));
        return this.leaveManagement(found, this.id, NO_MARKS);
    }
  }

  /**
   * The role that the object named before ours, or none, unless someone has named another since. Anyone who can write the object can
   * write the mark that says which role it was: one that cannot have been is not given back.
   */
  private roleBefore(object: KubernetesObject, found: KubernetesObject, before: string | undefined): Changes {
    const ours = annotationsOf(object)[ROLE_ARN_ANNOTATION];
    if (ours === undefined || annotationsOf(found)[ROLE_ARN_ANNOTATION] !== ours) {
      return {};
    }
    if (before !== undefined && !isRoleOfAccount(before, this.properties.Cluster)) {
      console.log(`${nameOf(found)} names no role any more: its mark of the role that it named before is not the ARN of a role in the cluster's account`);
      return { [ROLE_ARN_ANNOTATION]: undefined };
    }
    return { [ROLE_ARN_ANNOTATION]: before };
  }

  /** What depends on it must not go before it. */
  private async gone(removed: KubernetesObject): Promise<void> {
    for (;;) {
      const found = await this.api.get(removed);
      if (found?.metadata.uid !== removed.metadata.uid) {
        return;
      }
      await this.patience.pause(`${nameOf(removed)} is being deleted${because(found!)}`, 200);
    }
  }

  /**
   * Takes our entries, or those of an operation, out of an object's managed fields, while it is still the owner's. Setting a value has
   * made us its manager by an entry for updates, which would co-own it for ever.
   */
  private async leaveManagement(object: KubernetesObject, owner: string, wanted: Changes, operation?: string): Promise<void> {
    const found = await this.api.get(object);
    if (!found || marksOf(found).owner !== owner) {
      return;
    }
    const fields = (found.metadata.managedFields ?? []) as { manager?: string; operation?: string }[];
    const others = fields.filter((entry) => entry.manager !== FIELD_MANAGER || (operation && entry.operation !== operation));
    const left: PatchOperation[] = others.length < fields.length ? [{ op: 'replace', path: '/metadata/managedFields', value: others }] : [];
    await this.patch(found, wanted, left);
  }

  /** The resourceVersion, which no other object ever has, makes it a conflict if the object is not as it was judged. */
  private async patch(found: KubernetesObject, wanted: Changes, more: PatchOperation[] = []): Promise<void> {
    const annotations = annotationsOf(found);
    const operations = Object.entries(wanted).flatMap(([annotation, value]): PatchOperation[] => {
      const path = `/metadata/annotations/${annotation.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return annotations[annotation] === value ? [] : value === undefined ? [{ op: 'remove', path }] : [{ op: 'add', path, value }];
    });
    if (operations.length + more.length === 0) {
      return;
    }
    const { resourceVersion } = found.metadata;
    await this.api.patchJson(found, [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }, ...operations, ...more], { fieldManager: FIELD_MANAGER });
  }
}

/** A patch of what has gone meanwhile, or of an annotation that has, says less than a conflict. */
function isOvertaken(error: unknown): boolean {
  const { statusCode, causes } = error instanceof KubernetesError ? error : { statusCode: 0, causes: [] };
  return natureOf(error) === 'stale' || statusCode === 404 || (statusCode === 422 && causes.length === 0);
}

/** Annotations to set, or to take away where undefined. */
interface Changes { [annotation: string]: string | undefined }

const changes = (marks: { [mark in keyof Marks]: string | undefined }): Changes =>
  Object.fromEntries(Object.entries(marks).map(([mark, value]) => [MARKS[mark as keyof Marks], value]));

const NO_MARKS: Changes = Object.fromEntries(Object.values(MARKS).map((annotation) => [annotation, undefined]));
