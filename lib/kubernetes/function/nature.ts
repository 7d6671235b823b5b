import { KubernetesError } from './client/api-server';

/** Whether and when another attempt can succeed after an error. */
export type Nature = 'final' | 'passing' | 'access' | 'arrival' | 'stale';

/** A 500 without a reason is the response of server-side apply to a field that the schema does not have, and is final. */
export function natureOf(error: unknown): Nature {
  if (!(error instanceof KubernetesError)) {
    return isUnreachable(error) ? 'passing' : 'final';
  }
  const { statusCode, reason, causes } = error;
  switch (statusCode) {
    case 401: return 'access';
    case 403: return causes.some((cause) => cause.reason === 'NamespaceTerminating') ? 'passing' : causes.length > 0 ? 'final' : 'access';
    case 404: return 'arrival';
    case 409: return causes.some((cause) => cause.reason === 'FieldManagerConflict') ? 'final' : 'stale';
    case 422: return causes.some((cause) => cause.field === 'metadata.uid') ? 'stale' : 'final';
    case 429: case 503: case 504: return 'passing';
    case 500: return reason ? 'passing' : 'final';
    default: return 'final';
  }
}

const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ABORT_ERR', 20];

/** Whether there was no response for a reason that can be temporary. */
export const isUnreachable = (error: unknown) => UNREACHABLE.includes(codeOf(error) as string | number);

export const codeOf = (error: unknown): unknown => ((error as Error | undefined)?.cause as { code?: unknown } | undefined)?.code;

/** Whether the API server will never accept the request. A 500 can also be an error that passes. */
export const isRefused = (error: unknown) => error instanceof KubernetesError && error.statusCode < 500 && natureOf(error) === 'final';
