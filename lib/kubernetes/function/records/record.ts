import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ExistingObjects } from '../../contract/existing-objects';
import type { KubernetesObject } from '../client/kubernetes-api';
import type { OnEventRequest } from '../event';
import type { TakenField } from '../fields/taken-fields';

/** What the function remembers of a set. It is kept in a Secret, and it is the truth: annotations of objects are for people. */
export interface SetRecord {
  readonly format: typeof FORMAT;
  /** The uid of the Secret: a copy of it, such as one that was restored, has another. Undefined until it is known. */
  readonly self?: string;
  readonly stackId: string;
  readonly event: RecordedEvent;
  /** What the set wants, or what a Create, Update or roll-back at work is about to make of it. */
  readonly current: SetState;
  /** What the last Update that may yet be rolled back has found. */
  readonly previous?: SetState;
  /** What the set wants no longer, and still owns until CloudFormation asks to clean up. */
  readonly dropped: Entries;
  /** What was listed before the set was created again: it stays when the set ends. */
  readonly retained: Entries;
}

/** The event that has the record. */
export interface RecordedEvent {
  readonly request: string;
  readonly type: OnEventRequest['RequestType'];
  /** When CloudFormation sent it. */
  readonly time: string;
  /** Tells this invocation of the function from all others. */
  readonly nonce: string;
  /** The events before it, the last one first. */
  readonly earlier: readonly string[];
  /** How it ended; undefined while it is at work, and for ever if it was killed. */
  readonly answer?: Answer;
}

export interface Answer {
  readonly id?: string;
  readonly error?: string;
}

/** The hash of a state that an Update has begun to change. */
export const UNDER_WAY = 'under way';

export interface SetState {
  /** The ids by which CloudFormation may know the set in this state. */
  readonly ids: readonly string[];
  /** Of the properties that asked for this state. */
  readonly hash: string;
  readonly existing: ExistingObjects;
  readonly objects: Entries;
}

/** By identity of the object. */
export interface Entries { readonly [identity: string]: Entry }

/** What a set knows of one object. */
export interface Entry {
  /** As it was last wanted. */
  readonly object: KubernetesObject;
  /** Of the object in the cluster; undefined until it is known. */
  readonly uid?: string;
  /** What the object that we create bears, so that it is recognised if nobody could record its uid. */
  readonly token?: string;
  /** Of all sets that list an object, the one with the highest owns it. 0 for a set that owns nothing: it keeps what exists. */
  readonly epoch: number;
  /** Whether the object is known to be as this entry says; otherwise a write was announced. */
  readonly landed: boolean;
  readonly origin: Origin;
  /** What others had set in it, and we have changed. */
  readonly fields: readonly TakenField[];
}

/** What was there before any set of this library: nothing, an object of someone else, or one that a deleted stack of this name has left. */
export type Origin = 'absent' | 'foreign' | 'retained';

/** Written by this version of the function; it reads no other. */
export const FORMAT = 1;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The name of the record of a set. */
export const nameOfRecord = (owner: string) => hashOf(owner);

/** The name under which a set manages fields. */
export const managerOf = (record: string) => `cdk-irsa-${record}`;

/** Manages the fields of what sets create that own nothing. */
export const NOBODY = 'cdk-irsa';

/** The label of an object that a record lists. */
export const labelOf = (identity: string) => `cdk-irsa/${hashOf(identity)}`;

/** All that a record lists; of an object that was retained and is wanted again, what is wanted comes first. */
export const entriesOf = ({ current, dropped, retained }: SetRecord): [string, Entry][] =>
  [current.objects, dropped, retained].flatMap((entries) => Object.entries(entries));

/** What a deleted stack of this name owned counts as found, so that it is not deleted by a stack that may fail. */
export const asRetained = (entries: Entries): Entries =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, entry.epoch > 0 ? { ...entry, origin: 'retained' } : entry]));

/** Whether a set has nothing any more, but for what is retained. */
export const isOver = ({ current, dropped }: SetRecord) => Object.keys({ ...current.objects, ...dropped }).length === 0;

export const hasFailed = ({ event: { answer } }: SetRecord) => answer === undefined || answer.error !== undefined;

/** Whether all that is left is the time of an event, so that no older one can begin any more. */
export const isTombstone = (record: SetRecord) => stateOf(record) === 'Deleted';

/** What `kubectl` shows of a record. */
export function stateOf(record: SetRecord): string {
  const { event: { type, answer } } = record;
  if (!answer) {
    return { Create: 'Creating', Update: 'Updating', Delete: 'Deleting' }[type];
  }
  if (isOver(record) && type !== 'Update') {
    return Object.keys(record.retained).length > 0 ? 'Retained' : 'Deleted';
  }
  return answer.error === undefined ? 'Ready' : 'Failed';
}

export const encode = (record: SetRecord) => gzipSync(JSON.stringify(record)).toString('base64');

/** @throws if it cannot be read, or was written by a newer version. */
export function decode(name: string, data: string | undefined): SetRecord {
  const record = parsed(data) as SetRecord | undefined;
  if (typeof record?.format !== 'number') {
    throw new Error(`record ${name} cannot be read: restore its data, or delete the Secret to make the set forget its objects`);
  }
  if (record.format !== FORMAT) {
    throw new Error(`record ${name} has format ${record.format}, but this function knows format ${FORMAT} only: deploy the cluster's stack with the newer version of the library that wrote it`);
  }
  return record;
}

function parsed(data: string | undefined): unknown {
  try {
    return JSON.parse(gunzipSync(Buffer.from(data ?? '', 'base64')).toString());
  } catch {
    return undefined;
  }
}
