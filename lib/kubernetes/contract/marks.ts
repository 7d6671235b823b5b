/** Prefix of all annotations that are this library's own. */
const MARK_PREFIX = 'cdk-irsa/';

/** The annotations that the objects of a set bear. The function believes neither: it has a record of the set. */
export const MARKS = {
  /** Whose the object is, for people: `account/region/stack/logical id`. */
  owner: 'cdk-irsa/owner',
  /** Unguessable; by it the function recognises what it created, if it was killed before it could record the uid. */
  token: 'cdk-irsa/token',
} as const;

/**
 * The annotation that names the IAM role of a service account.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export const ROLE_ARN_ANNOTATION = 'eks.amazonaws.com/role-arn';

/**
 * Refuses annotations that only the function may set.
 *
 * @throws without the value, which may be secret.
 */
export function checkNoMarks(property: string, annotations: { readonly [name: string]: unknown } | null | undefined): void {
  const mark = Object.keys(annotations ?? {}).find((name) => name.startsWith(MARK_PREFIX));
  if (mark !== undefined) {
    throw new Error(`${property}['${mark}'] must be left out: annotations with this prefix are set by the function`);
  }
}
