/** The audience of the tokens that Amazon EKS mounts into pods. Roles trust no other, and the IAM OIDC provider of a cluster accepts it. */
export const AUDIENCE = 'sts.amazonaws.com';

/**
 * The annotation with which a service account would get tokens for another audience.
 *
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
 */
export const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
