import { Findings } from '../../findings/findings';
import { ClusterId } from '../../values/cluster-id';
import { isSet, literalOf } from '../../values/text-parts';
import { Association, Cluster } from '../model';
import { StackResource, StackResources } from '../stack-resources';

/** The resource that creates a cluster, and the ID of the cluster. */
interface Created { readonly id: ClusterId; readonly resource: StackResource }

/**
 * Why it is not known that a cluster of the templates has the EKS Pod Identity agent, or undefined if it does: as an add-on, or because EKS Auto Mode has it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export function noPodIdentityAgent({ id, resource }: Created, resources: StackResources): string | undefined {
  const isAutoMode = isSet(resource.property('ComputeConfig', 'Enabled')) === 'yes' || isSet(resource.property('Config', 'computeConfig', 'enabled')) === 'yes';
  const hasAddon = resources.ofType('AWS::EKS::Addon').some((addon) =>
    addon.cluster('ClusterName')?.is(id) === 'yes' && literalOf(addon.property('AddonName')) === 'eks-pod-identity-agent');
  return isAutoMode || hasAddon
    ? undefined
    : `whether cluster ${id} has the EKS Pod Identity agent: the templates have neither its add-on eks-pod-identity-agent nor EKS Auto Mode`;
}

/** Finds associations that no agent of the templates serves. */
export function findMissingAgents(associations: readonly Association[], clusters: readonly Cluster[], findings: Findings): void {
  for (const { cluster, place } of associations) {
    const { noPodIdentityAgent: why } = clusters.find(({ id }) => id.is(cluster) === 'yes') ?? {};
    if (why) {
      findings.add('no-pod-identity-agent', `it is not known ${why}. Add the add-on, or pods get no credentials by association ${place.logicalId}`, place);
    }
  }
}
