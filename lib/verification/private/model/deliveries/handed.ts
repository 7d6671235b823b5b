import { Text } from '../../values/text';
import { CodeWrite } from '../code/code-write';

/** Who decides what something does with its role: those who make some requests, and those who decide what some resources hand on to it. */
export interface Handed {
  readonly code: readonly CodeWrite[];
  readonly fedBy?: readonly Text[];
}
