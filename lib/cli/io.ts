import { Style } from './style';

/** Where a command writes. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** How text for people looks. @default - as for a file */
  readonly style?: Style;
}
