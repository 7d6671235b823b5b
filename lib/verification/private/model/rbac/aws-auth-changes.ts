import { Rule } from './rule';
import { isText } from '../../values/text-parts';
import { Cluster } from '../model';
import { KubernetesObject } from '../objects/kubernetes-object';

const [NAMESPACE, NAME] = ['kube-system', 'aws-auth'];

/**
 * Whether a binding lets somebody change `aws-auth`, or create it where it may not exist.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function changesAwsAuth(
  { kind, cluster, namespace }: KubernetesObject, rules: readonly Rule[], objects: readonly KubernetesObject[], clusters: readonly Cluster[],
): boolean {
  const use = clusters.find(({ id }) => id.is(cluster) === 'yes')?.awsAuth;
  if (use === 'ignored' || (kind === 'RoleBinding' && isText(namespace, NAMESPACE) === 'no')) {
    return false;
  }
  const may = (verb: string) => rules.some((rule) => rule.mayName(NAME) && rule.allows({ groups: [''], resources: ['configmaps'], verbs: [verb] }));
  const exists = () => use === 'needed' || objects.some((object) => object.kind === 'ConfigMap' && isText(object.name, NAME) === 'yes' && object.cluster.is(cluster) === 'yes');
  return may('update') || may('patch') || (may('create') && (may('delete') || !exists()));
}
