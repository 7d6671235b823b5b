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
}
