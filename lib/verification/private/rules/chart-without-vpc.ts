import { Rule } from './rule';
import { AssignedModel } from '../assignments/assigned-model';
import { KubernetesObject } from '../model/objects/kubernetes-object';
import { literalOf } from '../values/text-parts';

export const CHART_WITHOUT_VPC: Rule = {
  id: 'chart-without-vpc',
  severity: 'note',
  title: 'a Helm chart of AWS Load Balancer Controller does not set the Region or the VPC',
  why: 'The controller asks the instance metadata for what is not set, and its pods cannot reach it, because the hop limit of the nodes is 1.',
  fix: 'Set the values region and vpcId of the chart',
  violations: (assigned) => assigned.model.charts.filter(isOfController).flatMap((chart) => {
    const missing = [...(lacks(chart, 'region') ? ['region'] : []), ...(lacks(chart, 'vpcId') && lacks(chart, 'vpcTags') ? ['vpcId'] : [])];
    return missing.length > 0 && lacks(chart, 'hostNetwork') && cannotReachMetadata(chart, assigned)
      ? [{ what: `the chart of AWS Load Balancer Controller has no value for ${missing.join(' and ')}, and its pods cannot reach the instance metadata`, place: chart.place }] : [];
  }),
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
