import { anyClusterNamed } from './ack-associations';
import { RBAC } from './api-groups';
import { bindingOf } from './scripted-bindings';
import { fromJson } from '../../values/from-json';
import { Text } from '../../values/text';
import { derived } from '../../values/text-parts';
import { resourcesWithScripts } from '../code/resources-with-scripts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The port of the kubelet that needs no token, as a flag and as a setting. */
const READ_ONLY_PORT = /\b(read-only-port|readOnlyPort)["'\\ =:]+[1-9]/;

/**
 * A role and a binding that stand for the read-only port of the kubelet of nodes, by their user data: all pods see at it what other pods of the node have in their
 * variables. Of which cluster a node is, is not asked.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
 */
export const readOpenKubelets = (resources: StackResources): KubernetesObject[] =>
  resourcesWithScripts(resources, READ_ONLY_PORT).slice(0, 1).flatMap(({ resource }) => objectsFor(resource)); // one says all, because no cluster is asked

function objectsFor(resource: StackResource): KubernetesObject[] {
  const name = `of the read-only port in ${resource.logicalId}`;
  const role = fromJson({
    apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules: [{ apiGroups: [''], resources: ['nodes/pods'], verbs: ['get'] }],
  });
  const binding = bindingOf(name, Text.of(name), fromJson([{ kind: 'Group', name: 'system:unauthenticated' }]));
  const cluster = anyClusterNamed(derived(Text.of(resource.logicalId), 'cluster'));
  return [role, binding].flatMap((object) => KubernetesObject.from(cluster, object, resource.place()) ?? []);
}
