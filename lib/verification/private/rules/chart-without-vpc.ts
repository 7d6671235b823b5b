import { Rule } from './rule';
import { AssignedModel } from '../assignments/assigned-model';
import { KubernetesObject } from '../model/kubernetes-object';
import { literalOf } from '../values/text-parts';

export const CHART_WITHOUT_VPC: Rule = {
  id: 'chart-without-vpc',
  severity: 'note',
  title: 'a Helm chart of AWS Load Balancer Controller does not set the VPC',
  why: 'The controller asks the instance metadata for the VPC if it is not set, and its pods cannot reach it, because the hop limit of the nodes is 1. '
    + 'The Region is known to pods that get a role.',
  fix: 'Set the value vpcId of the chart',
  violations: (assigned) => assigned.model.charts
    .filter((chart) => isOfController(chart) && ['vpcId', 'vpcTags', 'hostNetwork'].every((value) => lacks(chart, value)) && cannotReachMetadata(chart, assigned))
    .map(({ place }) => ({ what: 'the chart of AWS Load Balancer Controller has no value for vpcId, and its pods cannot reach the instance metadata', place })),
};

/** By its name in a repository, its URL in a registry, or its folder. */
const isOfController = (chart: KubernetesObject): boolean => /(?:^|\/)aws-load-balancer-controller$/.test(literalOf(chart.at('metadata', 'chart')) ?? '');

const lacks = (chart: KubernetesObject, value: string): boolean => chart.at('spec', value) === undefined;

/** Whether the templates show all nodes of the cluster, and pods reach the instance metadata on none. */
function cannotReachMetadata({ cluster }: KubernetesObject, assigned: AssignedModel): boolean {
  const { place, otherNodes } = assigned.cluster(cluster) ?? {};
  const nodegroups = assigned.model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(cluster) !== 'no');
  return place !== undefined && otherNodes === undefined && nodegroups.length > 0 && nodegroups.every(({ podsReachMetadata }) => podsReachMetadata === 'no');
}
