import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { hasShapeOfRecord } from './record-shape';
import type { ExistingObjects } from '../../contract/existing-objects';
import type { KubernetesObject } from '../client/kubernetes-object';
import type { OnEventRequest } from '../event';
import type { TakenField } from '../fields/taken-fields';

/** The state of a set between events, stored in a Secret. It is authoritative: annotations on objects are only for people. */
export interface SetRecord {
  readonly format: typeof FORMAT;
  readonly stackId: string;
  readonly event: RecordedEvent;
  /** The state that the set has, or the state that a Create, Update or rollback in progress is about to create. */
  readonly current: SetState;
  /** The state before the last Update, if that Update can still be rolled back. */
  readonly previous?: SetState;
  /** The objects that the set no longer defines, but still owns until CloudFormation requests the cleanup. */
  readonly dropped: Entries;
  /** The objects that were listed before the set was created again. They stay when the set is deleted. */
  readonly retained: Entries;
}

/** The event that holds the record. */
export interface RecordedEvent {
  readonly request: string;
  readonly type: OnEventRequest['RequestType'];
  /** The id that CloudFormation gave: none for a Create. */
  readonly id?: string;
  /** When CloudFormation sent it. */
  readonly time: string;
  /** Distinguishes this invocation of the function from all others. */
  readonly nonce: string;
  /** The previous events, the most recent first. */
  readonly earlier: readonly string[];
  /** The result; undefined while the event is in progress, and forever if the invocation was killed. */
  readonly answer?: Answer;
}

export interface Answer {
  readonly id?: string;
  readonly error?: string;
}

/** The hash of a state that an Update has begun to change. */
export const UNDER_WAY = 'under way';

export interface SetState {
  /** The physical ids that CloudFormation can have for the set in this state. */
  readonly ids: readonly string[];
  /** The hash of the properties that requested this state. */
  readonly hash: string;
  readonly existing: ExistingObjects;
  readonly objects: Entries;
  /** Whether the last Update has undone this state. Only the Delete of the ID of that Update returns to it: an Update to it is a new one. */
  readonly isUndone?: true;
}

/** Keyed by the identity of the object. */
export interface Entries { readonly [identity: string]: Entry }

/** The state of one object in a set. */
export interface Entry {
  /** The object as the set last defined it. */
  readonly object: KubernetesObject;
  /** The uid of the object in the cluster; undefined until it is known. */
  readonly uid?: string;
  /** The token in the annotations of an object that we create, to recognize it if its uid could not be recorded. */
  readonly token?: string;
  /**
   * Of all sets that list an object, the one with the highest epoch owns it. 0 for a set that does not own the object, because it keeps
   * existing objects.
   */
  readonly epoch: number;
  /** Whether the object is known to match this entry. Otherwise, a write was announced. */
  readonly landed: boolean;
  readonly origin: Origin;
  /** Whether an event has seen that this Job failed. If it is deleted, it runs again. */
  readonly hasFailed?: true;
  /** The fields of others that we have changed. */
  readonly fields: readonly TakenField[];
}

/**
 * The state before any set of this library: no object, an object of someone else, or an object that a deleted stack with this name left
 * behind.
 */
export type Origin = 'absent' | 'foreign' | 'retained';

/** The record format that this version of the function writes. It reads no other format. */
export const FORMAT = 1;

/** More than a Secret can hold of compressed JSON, unless someone made it so that it exhausts the memory. */
const MOST_BYTES = 64 * 1024 * 1024;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** The name of the record of a set. */
export const nameOfRecord = (owner: string) => hashOf(owner);

/** The field manager of a set. */
export const managerOf = (record: string) => `cdk-irsa-${record}`;

/** The field manager of objects that sets create without owning them. */
export const NOBODY = 'cdk-irsa';

/** The label of an object that a record lists. */
export const labelOf = (identity: string) => `cdk-irsa/${hashOf(identity)}`;

/** All entries of a record. If an object was retained and is defined again, its current entry comes first. */
export const entriesOf = ({ current, dropped, retained }: SetRecord): [string, Entry][] =>
  [current.objects, dropped, retained].flatMap((entries) => Object.entries(entries));

/** The objects that a deleted stack with this name owned count as existing, so that a stack that fails does not delete them. */
export const asRetained = (entries: Entries): Entries =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, entry.epoch > 0 ? { ...entry, origin: 'retained' } : entry]));

/** Whether a set has no objects except for retained ones. */
export const isOver = ({ current, dropped }: SetRecord) => Object.keys({ ...current.objects, ...dropped }).length === 0;

export const hasFailed = ({ event: { answer } }: SetRecord) => answer === undefined || answer.error !== undefined;

/** Whether the record only keeps the time of the last event, so that no older event can start any more. */
export const isTombstone = (record: SetRecord) => stateOf(record) === 'Deleted';

/** The state of a record that `kubectl` shows. */
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

/** The window holds all states of a large set, so that copies of an object are stored once. Gzip finds no copy that is more than 32 kB away. */
const BROTLI = { params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 5 } };

export const encode = (record: SetRecord) => brotliCompressSync(JSON.stringify(record), BROTLI).toString('base64');

/** A record that this version of the function cannot read. */
export class UnreadableRecord extends Error {}

/** @throws UnreadableRecord if the data is invalid, or if a newer version wrote it. */
export function decode(name: string, data: string | undefined): SetRecord {
  const record = parsed(data) as SetRecord | undefined;
  if (typeof record?.format === 'number' && record.format !== FORMAT) {
    throw new UnreadableRecord(`record ${name} has format ${record.format}, but this function supports only format ${FORMAT}: `
      + 'deploy the cluster\'s stack with the newer version of the library that wrote it');
  }
  if (record?.format !== FORMAT || !hasShapeOfRecord(record)) {
    throw new UnreadableRecord(`record ${name} cannot be read: restore its data, or delete the Secret to make the set forget its objects`);
  }
  return record;
}

function parsed(data: string | undefined): unknown {
  try {
    return JSON.parse(brotliDecompressSync(Buffer.from(data ?? '', 'base64'), { maxOutputLength: MOST_BYTES }).toString());
  } catch {
    return undefined;
  }
}
