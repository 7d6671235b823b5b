/** The audience of tokens for AWS. @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough */
export const DEFAULT_AUDIENCE = 'sts.amazonaws.com';
