import { mayGenerate, objectsIn, OF_KUBERNETES } from './generators';
import { KubernetesObject } from './kubernetes-object';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';

/** A certificate that pods can mount, with its key. */
export interface HeldCertificate {
  readonly cluster: ClusterId;
  /** Undefined if it can be in any. */
  readonly namespace?: Text;
  /** For messages: `Certificate web/tls`. */
  readonly label: string;
}

/** Objects with these annotations get a certificate. @see https://cert-manager.io/docs/usage/ingress/#supported-annotations */
const ANNOTATIONS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

/** Pods get a certificate in a volume of this driver. @see https://cert-manager.io/docs/usage/csi-driver/ */
const DRIVER = 'csi.cert-manager.io';

/**
 * The certificates that controllers make from objects: those whose kind says so, such as `Certificate` of cert-manager or of ACK, those with an annotation for
 * cert-manager, and pods with its driver. A certificate by ACME is one of a public authority, which proves no more than the name of a host.
 */
export function readCertificates(objects: readonly KubernetesObject[], charts: readonly KubernetesObject[]): HeldCertificate[] {
  const all = [...objects, ...[...objects.filter(mayGenerate), ...charts].flatMap((outer) => objectsIn(outer, outer.at('spec')))];
  const issuers = all.filter(({ kind }) => kind.endsWith('Issuer'));
  return all.filter((object) => makesCertificate(object) && !isByAcme(issuerOf(object), issuers)).map((object) => ({
    cluster: object.cluster,
    label: `${object.kind} ${object.namespace}/${object.name ?? 'without a name'}`,
    ...(OF_KUBERNETES.test(object.group) || object.group === 'cert-manager.io') && { namespace: object.namespace },
  }));
}

const makesCertificate = (object: KubernetesObject): boolean => (!OF_KUBERNETES.test(object.group) && object.kind.includes('Certificate'))
  || ANNOTATIONS.some((name) => annotationOf(object, name) !== undefined) || textsIn(object.at('spec')).some(({ literal }) => literal?.endsWith(DRIVER));

const annotationOf = (object: KubernetesObject, name: string): Text | undefined => textOf(object.at('metadata', 'annotations', name));

const issuerOf = (object: KubernetesObject): Text | undefined =>
  textOf(object.at('spec', 'issuerRef', 'name')) ?? ANNOTATIONS.map((name) => annotationOf(object, name)).find((name) => name !== undefined);

function isByAcme(name: Text | undefined, issuers: readonly KubernetesObject[]): boolean {
  const named = issuers.filter((issuer) => name && issuer.name && equal(issuer.name, name) !== 'no');
  return named.length > 0 && named.every((issuer) => issuer.at('spec', 'acme') instanceof ResolvedMap);
}
