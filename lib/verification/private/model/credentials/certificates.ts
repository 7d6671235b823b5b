import { heldCopies } from './keys-in-objects';
import { hasCertificate, namesIn } from './secrets-with-certificates';
import { equal } from '../../values/pattern';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { OF_KUBERNETES } from '../objects/generators';
import { withInner } from '../objects/inner-objects';

/** Objects with these annotations get a certificate. @see https://cert-manager.io/docs/usage/ingress/#supported-annotations */
const ANNOTATIONS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

/**
 * Pods get a certificate in a volume of one of these drivers, or with such a source.
 *
 * @see https://cert-manager.io/docs/usage/csi-driver/
 * @see https://github.com/spiffe/spiffe-csi
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#podcertificate
 */
const IN_VOLUMES = /csi\.(cert-manager|spiffe)\.io$|^podCertificate$/;

/**
 * The certificates that pods can mount, with their keys. Controllers make them from objects: those whose kind says so, such as `Certificate` of cert-manager or of ACK,
 * those with an annotation for cert-manager, and pods with such a volume. A certificate by ACME is one of a public authority, which proves no more than the name of a
 * host. Others are made elsewhere.
 */
export function readCertificates(objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): KeyCopy[] {
  const all = [...charts, ...withInner(objects, charts)];
  const issuers = all.filter(({ kind }) => kind.endsWith('Issuer'));
  return all.filter((object) => (makesCertificate(object) && !isByAcme(issuerOf(object), issuers)) || hasCertificate(object))
    .flatMap((object) => heldCopies(object, objects));
}

const makesCertificate = (object: KubernetesObject): boolean => (!OF_KUBERNETES.test(object.group) && object.kind.includes('Certificate'))
  || ANNOTATIONS.some((name) => annotationOf(object, name) !== undefined) || namesIn(object.at('spec')).some((name) => IN_VOLUMES.test(name));

const annotationOf = (object: KubernetesObject, name: string): Text | undefined => textOf(object.at('metadata', 'annotations', name));

const issuerOf = (object: KubernetesObject): Text | undefined =>
  textOf(object.at('spec', 'issuerRef', 'name')) ?? ANNOTATIONS.map((name) => annotationOf(object, name)).find((name) => name !== undefined);

function isByAcme(name: Text | undefined, issuers: readonly KubernetesObject[]): boolean {
  const named = issuers.filter((issuer) => name && issuer.name && equal(issuer.name, name) !== 'no');
  return named.length > 0 && named.every((issuer) => issuer.at('spec', 'acme') instanceof ResolvedMap);
}
