import { Launched, launchedIn } from './instances';
import { KeyPairs } from './key-pairs';
import { textsIn } from '../../values/text-parts';
import { copiesBecauseOf, copiesInBackups, searches } from '../credentials/keys-in-objects';
import { sshKeys } from '../credentials/ssh-keys';
import { KeyCopy, UserKey } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { isOfNoProfile } from '../nodes/instance-profiles';
import { isOfKubernetes } from '../pods/pod-templates';
import { KEY_PAIRS } from '../pods/ssh-names';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

type WithKey = Required<Pick<Launched, 'keyName' | 'roleArn'>>;

/**
 * The SSH keys of instances that controllers sync from their parameters to the cluster, and those that pods have or may read under a name of such a key. With one, they
 * might sign in to the instances, which have a role. For which instances one is of which only the name tells is not asked.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 * @see https://external-secrets.io/latest/provider/aws-parameter-store/
 */
export function keysOfInstances(resources: StackResources, objects: readonly KubernetesObject[], programs: readonly Program[]): UserKey[] {
  const instances = launchedIn(resources)
    .flatMap(({ roleArn, keyName }): WithKey[] => (roleArn && keyName && !isOfNoProfile(roleArn) ? [{ roleArn, keyName }] : []));
  if (instances.length === 0) {
    return [];
  }
  const pairs = new KeyPairs(resources);
  const named = instances.some(({ keyName }) => pairs.mayBeOfOthers(keyName)) ? sshKeys(resources, programs, objects) : [];
  const syncedFor = syncedIn(objects, pairs);
  return instances.flatMap(({ roleArn, keyName }) => {
    const copies = [...syncedFor(keyName), ...(pairs.mayBeOfOthers(keyName) ? named : [])];
    return copies.length > 0 ? [{ name: 'SSH key of instances', holderArn: roleArn, copies: [...copies, ...copiesInBackups(copies, objects)] }] : [];
  });
}

/** What controllers sync from the parameters of keys. */
function syncedIn(objects: readonly KubernetesObject[], pairs: KeyPairs): (keyName: WithKey['keyName']) => KeyCopy[] {
  const texts = new Map(objects.filter((object) => !isOfKubernetes(object)).map((object) =>
    [object, textsIn(object.at()).filter(({ parts }) => parts.some((part) => typeof part === 'string' && part.includes(KEY_PAIRS)))] as const));
  return (keyName) => copiesBecauseOf((object) =>
    (searches(object) && pairs.mayBeGenerated(keyName)) || texts.get(object)!.some((text) => pairs.mayBeIn(text, keyName)), objects);
}
