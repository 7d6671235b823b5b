/** Prefix of the annotations that only this library sets. */
const MARK_PREFIX = 'cdk-irsa/';

/** The annotations on the objects of a set. They do not decide who owns an object: the records do. */
export const MARKS = {
  /** The owner of the object, for people: `account/region/stack/logical id`. */
  owner: 'cdk-irsa/owner',
  /**
   * An unguessable value with which the function recognizes an object that it created, if it was stopped before it could record the uid.
   */
  token: 'cdk-irsa/token',
} as const;

/**
 * The annotation that names the IAM role of a service account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export const ROLE_ARN_ANNOTATION = 'eks.amazonaws.com/role-arn';

/**
 * Refuses annotations that only the function can set.
 *
 * @throws an error without the value, which might be secret.
 */
export function checkNoMarks(property: string, annotations: { readonly [name: string]: unknown } | null | undefined): void {
  const mark = Object.keys(annotations ?? {}).find((name) => name.startsWith(MARK_PREFIX));
  if (mark !== undefined) {
    throw new Error(`${property}['${mark}'] must be omitted: only the function sets annotations with this prefix`);
  }
}
