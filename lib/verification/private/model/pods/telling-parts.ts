/**
 * What may tell what a secret or a parameter has: the last part of its name, as in `prod/github-token`, or this with its folder, as in `github/token`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-hierarchies.html
 */
export function tellingParts(name: string): string[] {
  const [folder, last] = name.split('/').slice(-2);
  return last === undefined ? [folder] : [last, `${folder}-${last}`];
}
