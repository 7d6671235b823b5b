import { createHash } from 'node:crypto';
import type { SetName } from './record';

export const ACCOUNT = '123456789012';
export const REGION = 'us-west-2';
/** The namespace of the records. */
export const RECORDS = 'cdk-irsa';

/** The value of the owner annotation of an object. */
export const markOf = (set: SetName) => `${ACCOUNT}/${REGION}/${set}`;

/** The name of the record of a set. */
export const recordOf = (set: SetName) => createHash('sha256').update(markOf(set)).digest('hex').slice(0, 32);

/** The field manager of a set. */
export const managerOf = (set: SetName) => `cdk-irsa-${recordOf(set)}`;
