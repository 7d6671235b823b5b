import { ClusterId } from '../../values/cluster-id';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { derived, literalOf, textAfter, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** Properties with which the objects of controllers name the clusters to which the controllers apply what they find. */
const NAMING = new Set(['clusters', 'clusterSelector', 'kubeConfig', 'providerConfigRef', 'targets']);

/** How Argo CD calls the cluster that it runs in. @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
const OWN = ['https://kubernetes.default.svc', 'in-cluster'];

/**
 * Whether a controller may apply what comes from an object to another cluster than that of the object.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-register-clusters.html
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters
 * @see https://docs.crossplane.io/latest/concepts/providers/#provider-configuration
 * @see https://fleet.rancher.io/gitrepo-targets
 */
export const namesOtherCluster = (object: KubernetesObject): boolean => namesOther(object.at('spec'));

const namesOther = (value: Resolved): boolean => listOf(value).some((item) => (item instanceof ResolvedMap
  ? item.entries.some(([{ literal }, inner]) => (literal === 'destination' ? !isOwn(inner) : NAMING.has(literal ?? '') || namesOther(inner)))
  : Array.isArray(item) && namesOther(item)));

/** The cluster to which a controller applies what comes from an object: that of the object, the one that its destination names, or any. */
export function destinationOf(object: KubernetesObject): ClusterId {
  if (!namesOtherCluster(object)) {
    return object.cluster;
  }
  const server = textOf(object.at('spec', 'destination', 'server')) ?? Text.of(`destination of ${object.kind} ${object.name ?? object.place.logicalId}`);
  const { known: [, , , region, account] } = splitText(server, ':');
  return new ClusterId(textAfter(server, ':cluster/') ?? derived(server, 'cluster'), account ?? derived(server, 'account'), region ?? derived(server, 'Region'), false);
}

const isOwn = (destination: Resolved): boolean =>
  destination instanceof ResolvedMap && ['server', 'name'].some((property) => OWN.includes(literalOf(destination.get(property)) ?? ''));
