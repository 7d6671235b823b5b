import { isText, textOf } from '../../values/text-parts';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Whether Kubernetes writes the token of a service account to a Secret.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
 */
export const hasAccountToken = (object: KubernetesObject): boolean =>
  object.kind === 'Secret' && object.group === '' && isText(object.at('type'), 'kubernetes.io/service-account-token') !== 'no';

/** The service account whose token is in a Secret: one of its namespace. */
export function accountOfToken(secret: KubernetesObject): Required<Omit<KeyHolders, 'isReplaced' | 'secret' | 'workload'>> | undefined {
  const serviceAccountName = textOf(secret.at('metadata', 'annotations', 'kubernetes.io/service-account.name'));
  return serviceAccountName && { cluster: secret.cluster, namespace: secret.namespace, serviceAccountName };
}
