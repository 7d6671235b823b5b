import { AccessPlace } from './access-reason';
import { PodAccess } from './pod-access';
import { compareSides } from './private/diff/compare-sides';

/** The direction of a change of access. */
export enum AccessChangeKind {
  /** Something is allowed that was not allowed before. */
  GAINED = 'GAINED',
  /** Something is no longer allowed. */
  LOST = 'LOST',
  /** The old templates, the new templates, or both do not show what is allowed. */
  UNKNOWN = 'UNKNOWN',
}

/** A change of what is allowed between two sets of templates. */
export interface AccessChange {
  /** Whether it is something gained, lost, or unknown. */
  readonly kind: AccessChangeKind;
  /** Who gained or lost something, such as `pods of service account default/reader`, or the policy that changed, such as `trust policy of role Reader`. */
  readonly affected: string[];
  /** What they gained or lost, such as `role Reader is allowed s3:GetObject on arn:aws:s3:::reports/* by inline policy "read"`. */
  readonly what: string;
  /** Whether it allows more, or could: something was known before and is unknown now. */
  readonly broadens: boolean;
  /**
   * The place of the change: in the new templates for something gained, in the old templates for something lost.
   * @default - it has no single place in the templates
   */
  readonly place?: AccessPlace;
}

/**
 * Who gained and who lost what between two sets of templates, such as those before and after a pull request.
 *
 * It compares the statements of the policies that apply to each pod. The order and grouping of statements and the form of trust policies do not matter.
 * A statement that another statement includes is not a change. If that is uncertain, the statement counts as new.
 */
export class AccessDiff {
  /**
   * Compares the access in the old templates with the access in the new templates.
   *
   * @param before the old templates.
   * @param after the new templates.
   */
  public static between(before: PodAccess, after: PodAccess): AccessDiff {
    return new AccessDiff(compareSides(before._internal.sides, after._internal.sides)
      .map(({ kind, subjects, ...change }) => ({ kind: AccessChangeKind[kind], affected: [...subjects], ...change })));
  }

  private constructor(
    /** The changes, in the order of those who gained or lost something. */
    public readonly changes: AccessChange[],
  ) {}

  /** Whether anyone can do more than before, or whether that is no longer known. */
  public get broadens(): boolean {
    return this.changes.some(({ broadens }) => broadens);
  }
}
