import { KubernetesError } from './client/api-server';
import type { KubernetesObject } from './client/kubernetes-object';
import { RetriesFailed } from './deadline';
import { nameOf } from '../contract/identity';
import { RECORDS_NAMESPACE } from '../contract/records';

const SEE = 'the rest of the message could contain values and is omitted: to see it, run kubectl apply --server-side --dry-run=server';

/** The error of the API server about an object: its fields and reasons, without values. */
export function describe(object: KubernetesObject, error: unknown): Error {
  const refusal = error instanceof KubernetesError ? error : (error as Error).cause;
  if (!(refusal instanceof KubernetesError)) {
    return error as Error;
  }
  const { statusCode, reason, causes, words } = refusal;
  const code = [statusCode, reason].filter(Boolean).join(' ');
  if (object.kind === 'Secret') {
    const fields = causes.map(({ field }) => field).filter(Boolean).join(', ');
    return new Error(`${nameOf(object)}: ${code}${fields ? ` for ${fields}` : ''}: the message of the API server is omitted because it could contain data of the Secret`);
  }
  const hint = statusCode === 401 ? ': the cluster does not accept the role of the function, which requires an access entry for this cluster' : '';
  const attempts = error instanceof RetriesFailed ? error.attempts : undefined;
  const said = [nameOf(object), code, shortened(words.text), words.isShortened && SEE].filter(Boolean).join(': ');
  return new Error([`${said}${hint}`, attempts].filter(Boolean).join(' '));
}

/** The same for the records, which every event reads first. */
export function describeRecords(error: unknown): Error {
  const described = describe({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${RECORDS_NAMESPACE}, which contains the records of sets` } }, error);
  const refusal = error instanceof KubernetesError ? error : (error as Error).cause;
  const isForbidden = refusal instanceof KubernetesError && refusal.statusCode === 403;
  return isForbidden
    ? new Error(`${described.message}: the namespace must exist, and the function must be allowed to get, list, create, update and delete its Secrets`)
    : described;
}

/** The start of a long message names the object or field, and its end states what is wrong. */
export const shortened = (message: string) => (message.length > 400 ? `${message.slice(0, 150)} ... ${message.slice(-200)}` : message);

const MOST_BYTES = 2_500;

/**
 * An error that fits into an event of CloudFormation: the framework adds its own lines to the 4,096 bytes, and a stack trace is of no use
 * there.
 */
export function presentable(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const bytes = Buffer.from(message);
  const short = new Error(bytes.length > MOST_BYTES ? `${bytes.subarray(0, MOST_BYTES - 10).toString().replace(/\ufffd$/, '')} ...` : message);
  short.stack = '';
  return short;
}
