import { parseJson } from '../../values/json-text';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textOf } from '../../values/text-parts';
import { AccessEntry } from '../model';
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
  const mapped = objects.filter(({ kind, name }) => kind === 'ConfigMap' && name?.literal === 'aws-auth')
    .flatMap((object) => rolesIn(object).map((role) => [object.cluster, role] as const));
  return [...entries, ...creators, ...mapped].flatMap(([cluster, principalArn]) =>
    (cluster && principalArn instanceof Text ? [{ cluster, principalArn }] : []));
}

/** Of a text that cannot be read, a role that is not known. */
function rolesIn(awsAuth: KubernetesObject): Text[] {
  const text = textOf(awsAuth.at('data', 'mapRoles'));
  const parsed = text && parseJson(text); // aws-cdk writes JSON, which is YAML, too
  if (!parsed || 'problem' in parsed) {
    return text ? [derived(text, 'a role')] : [];
  }
  return listOf(parsed.value).flatMap((role) => (role instanceof ResolvedMap ? textOf(role.get('rolearn')) ?? [] : []));
}
