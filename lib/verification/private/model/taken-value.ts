import { CodeWrite } from './code/code-write';
import { Text } from '../values/text';

/** A value that decides about access, and that the next deployment takes from where others can change it. */
export interface TakenValue {
  /** For messages: `PrincipalArn of Entry`. */
  readonly what: string;
  /** For messages: where it comes from. */
  readonly from: string;
  /** The requests that change it. */
  readonly writes: readonly CodeWrite[];
  /** The ARNs of the functions whose code decides about it. */
  readonly functions: readonly Text[];
}
