/** One cause of an error, such as a conflicting field. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** What the API server says about a refusal, without values. */
export interface SafeMessage {
  readonly text: string;
  /** Whether the API server said more. */
  readonly isShortened: boolean;
}

/** Status codes whose messages name objects, users and permissions. */
const WITHOUT_VALUES = [401, 403, 404, 409, 429, 503, 504];
/** Reasons whose messages name managers and namespaces. */
const REASONS_WITHOUT_VALUES = ['FieldManagerConflict', 'NamespaceTerminating'];
/** The start of a message that continues with the words of a policy, which can quote the object. */
const UNTIL_DENIED = /^.*? denied (?:the )?request(?=:)/s;
const WEBHOOK = /failed calling webhook "[^"]+"/;
const TYPE = /: (\.\S+: (?:expected [\w ]+(?=, got )|field not declared in schema$))/;

/**
 * What the API server says about a refusal, without values of the object: events of CloudFormation show it to everyone who can read the stack.
 */
export function withoutValues(statusCode: number, message: string, causes: readonly StatusCause[]): SafeMessage {
  if (causes.some(({ field, reason }) => field ?? reason)) {
    const isKept = ({ reason = '' }: StatusCause) => REASONS_WITHOUT_VALUES.includes(reason);
    const texts = causes.map((cause) => [cause.field, isKept(cause) ? cause.message : cause.reason].filter(Boolean).join(': '));
    return { text: texts.filter(Boolean).join('; '), isShortened: !causes.every(isKept) };
  }
  const [denied] = UNTIL_DENIED.exec(message) ?? [];
  if (denied !== undefined) {
    return { text: denied, isShortened: true };
  }
  if (WITHOUT_VALUES.includes(statusCode)) {
    return { text: message, isShortened: false };
  }
  return { text: TYPE.exec(message)?.[1] ?? WEBHOOK.exec(message)?.[0] ?? '', isShortened: true };
}
