import { Text } from '../values/text';

/** A question about a principal. */
export interface Question {
  /** `s3:GetObject`. */
  readonly action: string;
  /** Undefined for any resource; `*` for an action that takes none. */
  readonly resource?: Text;
  readonly context: Readonly<Record<string, readonly Text[]>>;
}
