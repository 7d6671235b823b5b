import type { Content } from './kinds';
import type { Remembered } from './thing';

export type Existing = 'REFUSE' | 'KEEP' | 'TAKE_OVER';

/** The properties of a set: the wanted content of each object, by the text of its identity. */
export interface Wanted {
  readonly existing: Existing;
  readonly objects: { readonly [identity: string]: Content };
}

/** The name of a set: `stack/logical ID`. */
export type SetName = string;

export const stackOf = (set: SetName) => set.split('/')[0];

/** What is restored if no earlier set lists the object any more. */
export type Bottom =
  | { readonly was: 'absent' }
  | { readonly was: 'foreign' }
  /** It was left by an earlier stack of the same name. */
  | { readonly was: 'retained'; readonly before: Entry };

/** The entry of a set for one object. */
export interface Entry {
  content: Content;
  uid: number;
  epoch: number;
  /** The sets that owned it earlier, the latest first. */
  chain: SetName[];
  bottom: Bottom;
  /** The fields that were taken from others. */
  remembered: Map<string, Remembered>;
  /**
   * Held: the set manages the object, and owns it unless another set has a higher epoch. Left: the set does not change an existing object.
   * Kept: the set created the object under KEEP, and never deletes it.
   */
  holding: 'held' | 'left' | 'kept';
  /** What the next clean-up Delete does: it ends the entry, or releases the object as it is. */
  ending?: 'dropped' | 'released';
  /** The entry of the set after that. */
  after?: Entry;
}

export interface Saved {
  readonly wanted: Wanted;
  readonly entries: Map<string, Entry>;
  /** The owners of the objects at that time. */
  readonly owners: Map<string, SetName | undefined>;
}

/** What the model knows about a set. */
export interface SetRecord {
  wanted: Wanted;
  entries: Map<string, Entry>;
  /** The state before the last Update, if that can still be rolled back. */
  before?: Saved & {
    idChanged: boolean;
    id?: string;
    /** Whether the last Update has undone this state, so that only a Delete alone returns to it. */
    isUndone?: boolean;
  };
}

export const copyOf = (entry: Entry): Entry => ({
  ...entry, chain: [...entry.chain], remembered: new Map(entry.remembered),
});

export const isHeld = (entry: Entry | undefined): entry is Entry => entry?.holding === 'held';

export const sameContent = (one: Content, other: Content) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

export const sameWanted = (one: Wanted, other: Wanted) => one.existing === other.existing
  && Object.keys(one.objects).length === Object.keys(other.objects).length
  && Object.keys(one.objects).every((identity) => identity in other.objects && sameContent(one.objects[identity], other.objects[identity]));

const sorted = (content: Content) => Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1));
