import { launchedIn } from './instances';
import { FOLDER, KeyPairs } from './key-pairs';
import { textsIn } from '../../values/text-parts';
import { copiesBecauseOf, copiesInBackups, searches } from '../credentials/keys-in-objects';
import { UserKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { isOfNoProfile } from '../nodes/instance-profiles';
import { isOfKubernetes } from '../pods/pod-templates';
import { StackResources } from '../stack-resources';

/**
 * The SSH keys of instances that controllers sync from their parameters to the cluster. Pods with one might sign in to the instances, which have a role.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 * @see https://external-secrets.io/latest/provider/aws-parameter-store/
 */
export function keysOfInstances(resources: StackResources, objects: readonly KubernetesObject[]): UserKey[] {
  const texts = new Map(objects.filter((object) => !isOfKubernetes(object)).map((object) =>
    [object, textsIn(object.at()).filter(({ parts }) => parts.some((part) => typeof part === 'string' && part.includes(FOLDER)))] as const));
  const syncing = [...texts].filter(([object, named]) => named.length > 0 || searches(object));
  if (syncing.length === 0) {
    return [];
  }
  const pairs = new KeyPairs(resources);
  return launchedIn(resources).flatMap(({ roleArn, keyName }): UserKey[] => {
    if (!roleArn || !keyName || isOfNoProfile(roleArn)) {
      return [];
    }
    const copies = copiesBecauseOf((object) =>
      (searches(object) && pairs.mayBeGenerated(keyName)) || texts.get(object)!.some((text) => pairs.mayBeIn(text, keyName)), objects);
    return copies.length > 0 ? [{ name: 'SSH key of instances', holderArn: roleArn, copies: [...copies, ...copiesInBackups(copies, objects)] }] : [];
  });
}
