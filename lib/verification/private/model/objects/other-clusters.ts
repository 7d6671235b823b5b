import { KubernetesObject } from './kubernetes-object';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { literalOf } from '../../values/text-parts';

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

const isOwn = (destination: Resolved): boolean =>
  destination instanceof ResolvedMap && ['server', 'name'].some((property) => OWN.includes(literalOf(destination.get(property)) ?? ''));
