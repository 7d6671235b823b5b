/** What the template of pods says about credentials, besides the service account. */
export interface ContainerSettings {
  /** Why SDKs in the pods may not use the credentials of the service account. */
  readonly changesDefault?: string;
  /** Why SDKs in the pods may not use the credentials of an EKS Pod Identity association. */
  readonly changesAgent?: string;
  /** Why SDKs in the pods may not use the instance metadata, even if they find no other credentials. */
  readonly changesMetadata?: string;
  /** Why the pods may have credentials that the templates do not show. SDKs may use them by default. */
  readonly otherCredentials?: string;
  /** Why the pods may have credentials for single services that the templates do not show. */
  readonly ofServices?: readonly ServiceCredentials[];
  /** Why Kubernetes may refuse the pods, as a question. */
  readonly maybeRefused?: string;
  /** Why the pods can get credentials of others on their node. SDKs do not look for them. */
  readonly credentialsOfOthers?: string;
}

/** Credentials for one AWS service. */
export interface ServiceCredentials {
  readonly why: string;
  /** What matches the actions that they are for. */
  readonly only: RegExp;
}
