import type { Content } from './kinds';
import type { Remembered } from './thing';

export type Existing = 'REFUSE' | 'KEEP' | 'TAKE_OVER';

/** The properties of a set: what it wants of which object, by the text of its identity. */
export interface Wanted {
  readonly existing: Existing;
  readonly objects: { readonly [identity: string]: Content };
}

/** A set, whatever its stack is called in CloudFormation: `stack/logical id`. */
export type SetName = string;

export const stackOf = (set: SetName) => set.split('/')[0];

/** What is restored where no earlier set has the object any more. */
export type Bottom =
  | { readonly was: 'absent' }
  | { readonly was: 'foreign' }
  /** It was there before the stack was. */
  | { readonly was: 'retained'; readonly before: Entry };

/** What a set says of one object. */
export interface Entry {
  content: Content;
  uid: number;
  epoch: number;
  /** The earlier sets, the latest first. */
  chain: SetName[];
  bottom: Bottom;
  /** What others said of the fields that were taken from them. */
  remembered: Map<string, Remembered>;
  /**
   * Held: the set says that the object is its own, which is so unless another set says so with a higher epoch. Left: the set has let
   * alone what was there. Kept: the set has made it, and never deletes it.
   */
  holding: 'held' | 'left' | 'kept';
  /** What the next clean-up Delete does: the END rule, or giving it up as it is. */
  ending?: 'dropped' | 'released';
  /** What the set says once that has ended. */
  after?: Entry;
}

export interface Saved {
  readonly wanted: Wanted;
  readonly entries: Map<string, Entry>;
  /** Whose the objects were. */
  readonly owners: Map<string, SetName | undefined>;
}

/** What is known of a set that has, or had, objects. */
export interface SetRecord {
  wanted: Wanted;
  entries: Map<string, Entry>;
  /** As it was before its last Update, unless that is committed. */
  before?: Saved & { idChanged: boolean; id?: string };
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
