import { copiesInPods } from './named-tokens';
import { NamedValues, ValueNames } from './named-values';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** The private part of an SSH key, as tools name it: `SSH_PRIVATE_KEY`, `ops-ssh-key`, `id_rsa`. */
const NAME = /ssh[_.-]?(private[_.-]?)?key(?!s)|\bid[_-](rsa|dsa|ecdsa|ed25519)$/i;

/** What is for a Git provider. */
const OF_GIT = /git|bitbucket|deploy[_.-]?key|argo-?cd|flux/i;

/** Whether something is called like a key with which one signs in to machines. */
export const isNameOfSshKey = (name: string): boolean => NAME.test(name) && !OF_GIT.test(name);

/** By their names, or where SSH looks for them. */
const OF_MACHINES: ValueNames = {
  mentioned: /ssh|id[_-](rsa|dsa|ecdsa|ed25519)/i,
  has: (name) => isNameOfSshKey(name) || name === '.ssh',
  isOther: (name) => OF_GIT.test(name),
};

/** Where something has such a key, or a pod has one. What only mounts a Secret with one is not asked: most of these are for Git. */
export const sshKeys = (resources: StackResources, programs: readonly Program[], objects: readonly KubernetesObject[]): KeyCopy[] =>
  [...new NamedValues(OF_MACHINES, resources).copies(programs, () => []), ...objects.flatMap((object) => copiesInPods(object, OF_MACHINES))];
