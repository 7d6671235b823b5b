import { qualifiedName } from '../../contract/identity';
import { ROLE_ARN_ANNOTATION } from '../../contract/marks';
import type { Properties } from '../../contract/properties';
import type { KubernetesObject } from '../client/kubernetes-object';

/** What the properties of a set say about the credentials of its service accounts. */
export type CredentialsProperties = Pick<Properties, 'PodIdentityAccounts' | 'UnprobedAccounts'>;

/** An environment variable that Amazon EKS sets in pods that get credentials. */
export interface ExpectedVariable {
  readonly name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI' | 'AWS_ROLE_ARN';
  /** @default - any value */
  readonly value?: string;
}

/**
 * The variable that pods of a service account get; undefined if the account gives them no credentials, or if nobody waits for these. With an
 * EKS Pod Identity association, pods get the variables of EKS Pod Identity instead of those of the annotation.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html
 */
export function expectedVariable({ metadata }: KubernetesObject, properties: CredentialsProperties): ExpectedVariable | undefined {
  const { PodIdentityAccounts = [], UnprobedAccounts = [] } = properties;
  const name = qualifiedName({ metadata });
  if (UnprobedAccounts.includes(name)) {
    return undefined;
  }
  if (PodIdentityAccounts.includes(name)) {
    return { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI' };
  }
  const role = (metadata.annotations as { readonly [name: string]: string } | undefined)?.[ROLE_ARN_ANNOTATION];
  return role ? { name: 'AWS_ROLE_ARN', value: role } : undefined;
}
