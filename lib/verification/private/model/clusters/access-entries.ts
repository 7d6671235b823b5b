import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { AccessEntry } from '../model';
import { mappedRoles } from '../objects/aws-auth';
import { KubernetesObject } from '../objects/kubernetes-object';
import { StackResources } from '../stack-resources';

/**
 * Who may call the Kubernetes API, by access entries, by the ConfigMap `aws-auth`, and as the creator of a cluster of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export function readAccessEntries(resources: StackResources, objects: readonly KubernetesObject[]): AccessEntry[] {
  const entries = resources.ofType('AWS::EKS::AccessEntry').map((resource) => [resource.cluster('ClusterName'), resource.property('PrincipalArn')] as const);
  const creators = resources.ofType('Custom::AWSCDK-EKS-Cluster')
    .map((resource) => [resource.clusterNamed(resource.ref), resource.property('AssumeRoleArn')] as const);
  const mapped = objects.flatMap((object) => rolesIn(object).map((role) => [object.cluster, role] as const));
  return [...entries, ...creators, ...mapped].flatMap(([cluster, principalArn]) =>
    (cluster && principalArn instanceof Text ? [{ cluster, principalArn }] : []));
}

/** Of a text that cannot be read, a role that is not known. */
function rolesIn(object: KubernetesObject): Text[] {
  const mapped = mappedRoles(object);
  return mapped ? mapped.roles?.flatMap(({ arn }) => arn ?? []) ?? [derived(mapped.text, 'a role')] : [];
}
