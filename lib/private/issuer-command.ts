/**
 * The AWS CLI command that prints the URL of the issuer of a cluster, for errors.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export const ISSUER_COMMAND = 'aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text';
