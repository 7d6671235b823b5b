import { textOf } from '../../values/text-parts';
import { Applier } from '../applier';
import { clusterWithArn } from '../objects/applied-objects';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The custom resources of aws-cdk with which a function acts in a cluster. That of this library has the ARN of its cluster. */
const NAMING = ['HelmChart', 'KubernetesObjectValue', 'KubernetesPatch', 'KubernetesResource'].map((kind) => `Custom::AWSCDK-EKS-${kind}`);
const OF_LIBRARY = 'Custom::KubernetesObjects';

/**
 * The functions that apply objects to clusters, each once for a cluster and a role. They can be those of another app: of an imported cluster, or of an imported provider.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubectlProvider.html
 */
export function readAppliers(resources: StackResources): Applier[] {
  const all = resources.ofType(...NAMING, OF_LIBRARY).flatMap((resource): Applier[] => {
    const [functionArn, roleArn] = ['ServiceToken', 'RoleArn'].map((property) => textOf(resource.property(property)));
    const cluster = clusterOf(resource);
    return functionArn && cluster ? [{ cluster, functionArn, ...roleArn && { roleArn }, place: resource.place() }] : [];
  });
  return [...new Map(all.map((one) => [JSON.stringify([one.cluster.key, one.functionArn.key, one.roleArn?.key]), one])).values()];
}

function clusterOf(resource: StackResource) {
  const arn = resource.type === OF_LIBRARY ? textOf(resource.property('Cluster')) : undefined;
  return arn ? clusterWithArn(arn, resource) : resource.cluster('ClusterName');
}
