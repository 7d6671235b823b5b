import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { isText, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { OF_KUBERNETES } from '../objects/generators';
import { containersOf } from '../pods/containers';
import { namesOfSecrets } from '../pods/names-of-secrets';
import { podTemplates } from '../pods/pod-templates';

/**
 * Names of files with a certificate or a key, and other words for them, as keys of Secrets have them; and the type of Secrets with a certificate. `client-tls` is how
 * the documentation names such a Secret.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
 */
const OF_CERTIFICATES = /(^|[-_./])m?tls($|[-_./])|\.(crt|cer|pem|key|p12|pfx|jks)\b|cert|private[-_.]?key/i;

/** Whether what has a name may be a certificate, or the key of one. */
export const mayBeOfCertificate = (name: string): boolean => OF_CERTIFICATES.test(name);

/**
 * What asks AWS for credentials with a certificate, and a key itself.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 */
export const USING = /rolesanywhere|aws[-_]signing[-_]helper|credentials\.iot\.|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;

/**
 * Whether a Secret, or what a controller writes to one or a driver mounts, may have a certificate with its key, as far as the names in it tell, or whether an object uses
 * one. What a controller takes as a whole, without names, may be one.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
 * @see https://external-secrets.io/latest/guides/all-keys-one-secret/
 */
export function hasCertificate(object: KubernetesObject): boolean {
  const isByController = !OF_KUBERNETES.test(object.group) && object.kind.includes('Secret');
  return (object.kind === 'Secret' && isOfSecret(object))
    || (isByController && (object.at('spec', 'dataFrom') !== undefined || namesIn(object.at('spec')).some(mayBeOfCertificate)))
    || textsIn(object.at()).some((text) => USING.test(`${text}`))
    || podTemplates(object).some(({ at }) => holdsCertificate(at));
}

/** Whether the names of a Secret that pods have, of its keys or of the folder tell that it has a certificate. The templates need not have the Secret. */
const holdsCertificate = (pods: KubernetesObject['at']): boolean => containersOf(pods('spec'))
  .some((container) => namesOfSecrets(container, listOf(pods('spec', 'volumes')), { isOnlyStored: true }).some(mayBeOfCertificate));

const isOfSecret = (object: KubernetesObject): boolean => isText(object.at('type'), 'kubernetes.io/tls') !== 'no'
  || ['data', 'stringData'].some((property) => propertyNames(object.at(property)).some(mayBeOfCertificate));

const propertyNames = (value: Resolved): string[] => (value instanceof ResolvedMap ? value.entries.map(([name]) => `${name}`) : []);

/** The names of properties, and texts. */
export const namesIn = (value: Resolved): string[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? [...propertyNames(item), ...item.entries.flatMap(([, inner]) => namesIn(inner))] : Array.isArray(item) ? namesIn(item) : [`${item}`]));
