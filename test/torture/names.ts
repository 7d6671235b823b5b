import { createHash } from 'node:crypto';
import type { SetName } from './record';

export const ACCOUNT = '123456789012';
export const REGION = 'us-west-2';
/** The namespace of the records. */
export const RECORDS = 'cdk-irsa';

/** What an object's annotation says of its owner, for people. */
export const markOf = (set: SetName) => `${ACCOUNT}/${REGION}/${set}`;

/** The name of a set's record. */
export const recordOf = (set: SetName) => createHash('sha256').update(markOf(set)).digest('hex').slice(0, 32);

/** The field manager of a set. */
export const managerOf = (set: SetName) => `cdk-irsa-${recordOf(set)}`;
