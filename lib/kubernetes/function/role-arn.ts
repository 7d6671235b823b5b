/**
 * Whether a text is the ARN of an IAM role in the account of an EKS cluster.
 *
 * Anyone who can write an object can write into its annotations which role it had before. What the function writes in turn, as
 * administrator of the cluster, must not be just any text.
 *
 * @param cluster the ARN of the cluster.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function isRoleOfAccount(text: string, cluster: string): boolean {
  const [, partition, account] = /^arn:([\w-]+):eks:[\w-]+:(\d{12}):/.exec(cluster) ?? [];
  const prefix = `arn:${partition}:iam::${account}:role/`;
  const name = text.slice(prefix.length);
  return account !== undefined && text.startsWith(prefix) && name.length < 512 + 64 && /^([!-~]+\/)?[\w+=,.@-]{1,64}$/.test(name);
}
