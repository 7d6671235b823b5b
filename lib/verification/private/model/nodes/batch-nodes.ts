import { Launches } from './launches';
import { nodesOf } from './self-managed-nodes';
import { derived, textOf } from '../../values/text-parts';
import { Nodegroup } from '../model';
import { clusterWithArn } from '../objects/applied-objects';
import { StackResources } from '../stack-resources';

/**
 * The nodes that AWS Batch adds to clusters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-computeenvironment.html
 */
export const readBatchNodes = (resources: StackResources, launches: Launches): Nodegroup[] =>
  resources.ofType('AWS::Batch::ComputeEnvironment').flatMap((resource) => {
    const arn = textOf(resource.property('EksConfiguration', 'EksClusterArn'));
    const name = textOf(resource.property('ComputeEnvironmentName')) ?? resource.ref;
    const namespaceOfJobs = textOf(resource.property('EksConfiguration', 'KubernetesNamespace')) ?? derived(resource.ref, 'namespace');
    const nodes = arn ? nodesOf(resource, launches.of(resource), { cluster: clusterWithArn(arn, resource), name }) : [];
    return nodes.map((nodegroup) => ({ ...nodegroup, namespaceOfJobs }));
  });
