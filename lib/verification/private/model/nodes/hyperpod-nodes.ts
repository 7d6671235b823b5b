import { unknownMetadata } from './instance-metadata';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textOf } from '../../values/text-parts';
import { Nodegroup } from '../model';
import { clusterWithArn } from '../objects/applied-objects';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const SERVICE = Text.of('sagemaker.amazonaws.com');

const GROUPS = ['InstanceGroups', 'RestrictedInstanceGroups'];

/**
 * The nodes that Amazon SageMaker HyperPod adds to clusters. Its settings of their instance metadata are not documented.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-eks.html
 */
export const readHyperPodNodes = (resources: StackResources): Nodegroup[] => resources.ofType('AWS::SageMaker::Cluster').flatMap((resource) => {
  const arn = textOf(resource.property('Orchestrator', 'Eks', 'ClusterArn'));
  return arn ? GROUPS.flatMap((property) => listOf(resource.property(property)).map((group, i) => nodesOf(group, `${property}[${i}]`, resource, arn))) : [];
});

function nodesOf(group: Resolved, path: string, resource: StackResource, clusterArn: Text): Nodegroup {
  const get = (name: string) => (group instanceof ResolvedMap ? textOf(group.get(name)) : undefined);
  const name = get('InstanceGroupName') ?? Text.of(`${resource.logicalId} ${path}`);
  return {
    cluster: clusterWithArn(clusterArn, resource),
    label: `${resource.logicalId}, group ${name}`,
    name,
    roleArn: get('ExecutionRole') ?? derived(resource.ref, `role of ${path}`),
    service: SERVICE,
    isSelfManaged: true,
    ...unknownMetadata('the settings of nodes of Amazon SageMaker HyperPod are not documented'),
    place: resource.place(`Properties.${path}`),
  };
}
