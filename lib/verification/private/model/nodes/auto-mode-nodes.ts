import { METADATA_OF_AUTO_MODE } from './instance-metadata';
import { isNodePool } from './karpenter-nodes';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { derived, isText, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { Nodegroup } from '../model';
import { StackResources } from '../stack-resources';

/**
 * The nodes of EKS Auto Mode whose node class the templates do not show, such as one that GitOps applies: they show its access entry, or a node pool that names it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 */
export const readOtherAutoModeNodes = (resources: StackResources, objects: readonly KubernetesObject[], shown: readonly Nodegroup[]): Nodegroup[] =>
  [...ofEntries(resources, shown), ...ofPools(objects)];

const ofEntries = (resources: StackResources, shown: readonly Nodegroup[]): Nodegroup[] => resources.ofType('AWS::EKS::AccessEntry').flatMap((entry) => {
  const [cluster, roleArn] = [entry.cluster('ClusterName'), textOf(entry.property('PrincipalArn'))];
  const isOther = isText(entry.property('Type'), 'EC2') === 'yes' && !shown.some((nodes) => roleArn && equal(nodes.roleArn, roleArn) === 'yes');
  const { logicalId } = entry;
  return cluster && roleArn && isOther
    ? [{ cluster, label: `access entry ${logicalId}`, name: Text.of(logicalId), roleArn, isAutoMode: true, ...METADATA_OF_AUTO_MODE, place: entry.place() }] : [];
});

/** Amazon EKS creates the node class `default`, whose role is that of the cluster. */
const ofPools = (objects: readonly KubernetesObject[]): Nodegroup[] => objects.filter(isNodePool).flatMap((pool) => {
  const [group, nodeClass] = ['group', 'name'].map((field) => textOf(pool.at('spec', 'template', 'spec', 'nodeClassRef', field)));
  const { cluster, name = Text.of(pool.kind), place } = pool;
  const isShown = nodeClass && (isText(nodeClass, 'default') === 'yes' || objects.some((object) =>
    isNodeClassOfAutoMode(object) && object.cluster.is(cluster) === 'yes' && object.name && equal(object.name, nodeClass) === 'yes'));
  return isText(group, OF_AUTO_MODE) !== 'yes' || isShown ? [] : [{
    cluster, label: `node pool ${name}`, name, roleArn: derived(nodeClass ?? name, 'role of the node class'), isAutoMode: true, ...METADATA_OF_AUTO_MODE, place,
  }];
});

const OF_AUTO_MODE = 'eks.amazonaws.com';

export const isNodeClassOfAutoMode = ({ kind, group }: KubernetesObject): boolean => kind === 'NodeClass' && group === OF_AUTO_MODE;
