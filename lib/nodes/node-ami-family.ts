/** The operating systems of nodes. Each boots in its own way, so that options may be for one of them only. */
export enum NodeAmiFamily {
  /**
   * Amazon Linux 2023.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html
   */
  AL2023 = 'AL2023',

  /**
   * Bottlerocket, which runs containers and nothing else: it has no shell, and takes settings in place of commands.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-bottlerocket.html
   */
  BOTTLEROCKET = 'BOTTLEROCKET',
}
