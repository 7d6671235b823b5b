import { stackOf } from '../../findings/gap';
import { ClusterId } from '../../values/cluster-id';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet, textOf } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { KubernetesObject } from '../kubernetes-object';
import { Association } from '../model';

/** The properties that are known, of `spec`. Others can make it something else. */
const KNOWN = [
  'clientRequestToken', 'clusterName', 'clusterRef', 'disableSessionTags', 'namespace', 'roleARN', 'roleRef', 'serviceAccount', 'tags', 'targetRoleARN',
];

/**
 * The EKS Pod Identity associations that a controller of ACK creates from objects, if it runs: the templates do not show whether it does, nor in which account.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/eks/v1alpha1/podidentityassociation
 */
export const readAckAssociations = (objects: readonly KubernetesObject[]): Association[] => objects.flatMap((object) => ackAssociation(object) ?? []);

/** Undefined if an object is not such an association, or if it cannot be read. */
export function ackAssociation(object: KubernetesObject): Association | undefined {
  const spec = object.at('spec');
  if (object.group !== 'eks.services.k8s.aws' || object.kind !== 'PodIdentityAssociation' || !(spec instanceof ResolvedMap) || !isPlain(object, spec)) {
    return undefined;
  }
  const [namespace, serviceAccount, clusterName, roleArn] = ['namespace', 'serviceAccount', 'clusterName', 'roleARN'].map((name) => textOf(spec.get(name)));
  const cluster = clusterName ?? referenced(object, spec, 'cluster');
  const role = roleArn ?? referenced(object, spec, 'role');
  if (!namespace || !serviceAccount || !cluster || !role) {
    return undefined;
  }
  const targetRoleArn = textOf(spec.get('targetRoleARN'));
  return {
    cluster: anyClusterNamed(cluster),
    namespace,
    serviceAccount,
    roleArn: role,
    ...(targetRoleArn && { targetRoleArn }),
    disableSessionTags: isSet(spec.get('disableSessionTags')),
    fromObject: `PodIdentityAssociation ${object.name ?? 'without a name'}`,
    place: object.place,
  };
}

/**
 * Whether the object is nothing but an association. One that adopts another association can change that of another account.
 *
 * @see https://aws-controllers-k8s.github.io/docs/guides/adoption
 */
function isPlain(object: KubernetesObject, spec: ResolvedMap): boolean {
  const annotations = object.at('metadata', 'annotations');
  const adopts = annotations !== undefined
    && !(annotations instanceof ResolvedMap && annotations.entries.every(([{ literal }]) => literal !== undefined && !literal.includes('adopt')));
  const isText = (name: string) => ['tags', 'clusterRef', 'roleRef'].includes(name) || spec.get(name) === undefined || textOf(spec.get(name)) !== undefined;
  return !adopts && spec.entries.every(([{ literal }]) => literal !== undefined && KNOWN.includes(literal) && isText(literal));
}

/** What a reference of the object stands for: the controller finds it by the name of another object. */
function referenced({ place, name }: KubernetesObject, spec: ResolvedMap, what: 'cluster' | 'role'): Text | undefined {
  return spec.get(`${what}Ref`) === undefined ? undefined : Text.unknown(new Unknown(
    `${what}Ref of ${name?.key ?? ''} in ${stackOf(place)}/${place.logicalId}`, { label: `${what} of PodIdentityAssociation ${name ?? 'without a name'}` },
  ));
}

/** In any account and Region, because a controller can act in others. */
export const anyClusterNamed = (name: Text): ClusterId => new ClusterId(name, derived(name, 'account'), derived(name, 'Region'), false);
