import { hasAutoMode } from './auto-mode';
import { Findings } from '../../findings/findings';
import { ClusterId } from '../../values/cluster-id';
import { Text } from '../../values/text';
import { isText, literalOf } from '../../values/text-parts';
import { allOf } from '../../values/truth';
import { Association, Cluster, Nodegroup } from '../model';
import { systemLabels } from '../nodes/labels-and-taints';
import { NodesWithoutAgent } from '../nodes-without-agent';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The resource that creates a cluster, and the ID of the cluster. */
interface Created { readonly id: ClusterId; readonly resource: StackResource }

/** The first minor version of Kubernetes that has EKS Pod Identity. */
const FIRST_MINOR = 24;

/**
 * Why EKS Pod Identity may not be available in a cluster of the templates.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-cluster-versions
 */
export function noPodIdentity({ id, resource }: Created): string | undefined {
  const get = (name: string, inConfig: string) => resource.property(name) ?? resource.property('Config', inConfig);
  const [, minor] = /^1\.(\d+)$/.exec(literalOf(get('Version', 'version')) ?? '') ?? [];
  const why = get('OutpostConfig', 'outpostConfig') !== undefined ? 'it is not available in local clusters on AWS Outposts'
    : minor !== undefined && Number(minor) < FIRST_MINOR ? `it needs Kubernetes 1.${FIRST_MINOR}` : undefined;
  return why && `whether cluster ${id} has EKS Pod Identity: ${why}`;
}

/**
 * Why it is not known that a cluster of the templates has the EKS Pod Identity agent, or undefined if it does: as an add-on, or because EKS Auto Mode has it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export function noPodIdentityAgent({ id, resource }: Created, resources: StackResources): string | undefined {
  return hasAutoMode(resource) === 'yes' || agentOf(id, resources)
    ? undefined
    : `whether cluster ${id} has the EKS Pod Identity agent: the templates have neither its add-on eks-pod-identity-agent nor EKS Auto Mode`;
}

/**
 * The nodes of a cluster that do not have the agent, although others have it: those besides EKS Auto Mode without the add-on, and hybrid nodes, for which the
 * add-on has a setting.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html#addon-consider-auto
 * @see https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-add-ons.html#hybrid-nodes-add-ons-pod-id
 */
export function nodesWithoutAgent({ id, resource }: Created, resources: StackResources, nodegroups: readonly Nodegroup[]): NodesWithoutAgent[] {
  const addon = agentOf(id, resources);
  const besides = hasAutoMode(resource) === 'yes' && !addon ? nodegroups.filter((nodes) => nodes.cluster.is(id) !== 'no' && !nodes.isAutoMode && nodes.isWindows !== 'yes') : [];
  const hybrid = ON_HYBRID_NODES.test(literalOf(addon?.property('ConfigurationValues')) ?? '') ? [] : resources.ofType('AWS::EKS::AccessEntry').filter((entry) =>
    allOf([isText(entry.property('Type'), 'HYBRID_LINUX'), entry.cluster('ClusterName')?.is(id) ?? 'no']) !== 'no');
  const whether = 'whether the pods run on nodes that have the EKS Pod Identity agent';
  return [
    ...besides.map(({ label, labels, taints }) =>
      ({ why: `${whether}: the templates do not have its add-on eks-pod-identity-agent, which nodes of nodegroup ${label} need besides EKS Auto Mode`, labels, taints })),
    ...hybrid.map(({ logicalId }) => ({
      why: `${whether}: the templates do not let its add-on run on hybrid nodes, which access entry ${logicalId} lets join`,
      labels: new Map([...systemLabels('linux'), ['eks.amazonaws.com/compute-type', Text.of('hybrid')] as const]),
      isHybrid: true,
    })),
  ];
}

const agentOf = (id: ClusterId, resources: StackResources): StackResource | undefined => resources.ofType('AWS::EKS::Addon').find((addon) =>
  addon.cluster('ClusterName')?.is(id) === 'yes' && isText(addon.property('AddonName'), 'eks-pod-identity-agent') === 'yes');

/** In the values of the add-on, which are JSON or YAML. */
const ON_HYBRID_NODES = /\bhybrid\b["']?\s*:[\s{]*["']?create["']?\s*:\s*["']?true/;

/** Why it is not known that pods without any settings get credentials from an agent, where the add-on settles it. */
export const missingAgent = ({ noPodIdentityAgent: why, nodesWithoutAgent: nodes = [] }: Cluster): string | undefined =>
  why ?? nodes.find(({ isHybrid, taints = [] }) => !isHybrid && taints.every(({ effect }) => effect === undefined))?.why;

/** Finds associations that no agent of the templates serves. */
export function findMissingAgents(associations: readonly Association[], clusters: readonly Cluster[], findings: Findings): void {
  for (const { cluster, place } of associations) {
    const own = clusters.find(({ id }) => id.is(cluster) === 'yes');
    const why = own && missingAgent(own);
    if (why) {
      findings.add('no-pod-identity-agent', `it is not known ${why}. Add the add-on, or pods get no credentials by association ${place.logicalId}`, place);
    }
  }
}
