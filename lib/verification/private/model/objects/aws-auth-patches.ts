import { MAPPING_LISTS } from './aws-auth';
import { parseJson } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResources } from '../stack-resources';

/**
 * The ConfigMap `aws-auth` as patches of aws-cdk leave it. Of a patch that cannot be read, it has anything.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.KubernetesPatch.html
 */
export const readAwsAuthPatches = (resources: StackResources): KubernetesObject[] => resources.ofType('Custom::AWSCDK-EKS-KubernetesPatch').flatMap((resource) => {
  const [cluster, name, patch] = [resource.cluster('ClusterName'), textOf(resource.property('ResourceName')), textOf(resource.property('ApplyPatchJson'))];
  if (!cluster || !name || !patch || (name.literal !== undefined && !/(^|\/)aws-auth$/.test(name.literal))) {
    return [];
  }
  const parsed = parseJson(patch);
  const data = 'value' in parsed && parsed.value instanceof ResolvedMap ? parsed.value.get('data')
    : new ResolvedMap(MAPPING_LISTS.map((list) => [Text.of(list), derived(patch, list)]));
  const entries: Array<[string, Resolved]> = [
    ['apiVersion', Text.of('v1')], ['kind', Text.of('ConfigMap')], ['metadata', new ResolvedMap([[Text.of('name'), Text.of('aws-auth')]])], ['data', data],
  ];
  return KubernetesObject.from(cluster, new ResolvedMap(entries.map(([key, value]) => [Text.of(key), value])), resource.place('Properties.ApplyPatchJson')) ?? [];
});
