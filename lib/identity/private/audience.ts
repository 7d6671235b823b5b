/**
 * The audience of the tokens that Amazon EKS mounts into pods. Roles trust only this audience, and the IAM OIDC provider of a cluster
 * accepts it.
 */
export const AUDIENCE = 'sts.amazonaws.com';

/**
 * The annotation that would give the pods of a service account tokens for another audience.
 *
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
 */
export const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
