/** The environment variables of the function. */
export interface FunctionEnvironment {
  readonly CLUSTER_NAME: string;
  readonly CLUSTER_ENDPOINT: string;
  /** PEM in base64, as Amazon EKS returns it. */
  readonly CLUSTER_CERTIFICATE_AUTHORITY: string;
  /** Host name of the regional endpoint of AWS STS, which the cluster asks about the function's token. */
  readonly STS_HOST: string;
  /** URL of the regional endpoint of Amazon EKS. */
  readonly EKS_ENDPOINT: string;
}
