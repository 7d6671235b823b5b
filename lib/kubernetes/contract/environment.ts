/**
 * Whether the function compares the address of the cluster with that in Amazon EKS before it sends a token: always, or unless Amazon EKS does not
 * respond.
 */
export type ClusterComparison = 'required' | 'if-reachable';

/** The environment variables of the function. */
export interface FunctionEnvironment {
  readonly CLUSTER_NAME: string;
  readonly CLUSTER_ENDPOINT: string;
  /** Base64-encoded PEM, as Amazon EKS returns it. */
  readonly CLUSTER_CERTIFICATE_AUTHORITY: string;
  /** Host name of the regional AWS STS endpoint, with which the cluster verifies the token of the function. */
  readonly STS_HOST: string;
  /** URL of the regional Amazon EKS endpoint. */
  readonly EKS_ENDPOINT: string;
  /** @default - the address is that of the cluster, because CloudFormation or the author of the app knows it */
  readonly CLUSTER_COMPARISON?: ClusterComparison;
}
