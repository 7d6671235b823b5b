import { Telling } from '../pods/named-secrets';

/** Names of variables and of keys of Secrets, which tell that their values are secret. */
export interface ValueNames extends Telling {
  /** How a template mentions one, so that the resources of most apps are not looked through. */
  readonly mentioned: RegExp;
  /** Whether a text has one itself, whatever has the text. */
  readonly isIn?: (text: string) => boolean;
  /** Whether other things are called so, too, such as the path of a file: only what comes from a secret or a parameter counts. */
  readonly isOnlyStored?: true;
}
