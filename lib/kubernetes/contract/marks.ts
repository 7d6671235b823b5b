/** Prefix of all annotations that are this library's own. */
const MARK_PREFIX = 'cdk-irsa/';

/** The annotations in which an object says who owns it. See `Marks` of the function. */
export const MARKS = {
  owner: 'cdk-irsa/owner',
  uid: 'cdk-irsa/uid',
  adopted: 'cdk-irsa/adopted',
  adoptedRoleArn: 'cdk-irsa/adopted-role-arn',
  replaced: 'cdk-irsa/replaced',
  replacedRoleArn: 'cdk-irsa/replaced-role-arn',
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
    throw new Error(`${property}['${mark}'] must be left out: with it the function says whose the object is`);
  }
}
