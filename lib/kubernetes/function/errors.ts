import { KubernetesError } from './client/api-server';
import type { KubernetesObject } from './client/kubernetes-api';
import { nameOf } from '../contract/identity';
import { RECORDS_NAMESPACE } from '../contract/records';

/** What the API server says of an object, in its words, but without whole templates; and of a Secret without any of its data. */
export function describe(object: KubernetesObject, error: unknown): Error {
  const refusal = error instanceof KubernetesError ? error : (error as Error).cause;
  if (!(refusal instanceof KubernetesError)) {
    return error as Error;
  }
  const { statusCode, reason, causes } = refusal;
  const code = [statusCode, reason].filter(Boolean).join(' ');
  if (object.kind === 'Secret') {
    const fields = causes.map(({ field }) => field).filter(Boolean).join(', ');
    return new Error(`${nameOf(object)}: ${code}${fields ? ` for ${fields}` : ''}: the API server's words are left out, since they may hold its data`);
  }
  const words = causes.length > 0 ? causes.map(({ field, message }) => [field, shortened(message ?? '')].filter(Boolean).join(': ')).join('; ') : shortened(refusal.answer);
  const hint = statusCode === 401 ? ': the cluster does not know the function\'s role, which needs an access entry of this cluster' : '';
  const tries = /\(tried \d+ times? in \d+ s\)$/.exec((error as Error).message)?.[0];
  return new Error([`${nameOf(object)}: ${code}: ${words}${hint}`, tries].filter(Boolean).join(' '));
}

/** The same of the records, which every event reads first. */
export function describeRecords(error: unknown): Error {
  return describe({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${RECORDS_NAMESPACE}, where the records of sets are` } }, error);
}

/** The end of a long message says what is wrong, and its start of what. */
const shortened = (message: string) => (message.length > 400 ? `${message.slice(0, 150)} ... ${message.slice(-200)}` : message);

const MOST_BYTES = 2_500;

/** As CloudFormation can show it: the framework adds lines of its own to its 4,096 bytes, and a stack trace says nothing there. */
export function presentable(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const bytes = Buffer.from(message);
  const short = new Error(bytes.length > MOST_BYTES ? `${bytes.subarray(0, MOST_BYTES - 10).toString().replace(/\ufffd$/, '')} ...` : message);
  short.stack = '';
  return short;
}
