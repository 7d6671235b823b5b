import { KINDS } from './kinds';
import { namedTokens } from './named-tokens';
import { namesIn } from './secrets-with-certificates';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { isOfRepositories } from '../objects/values-from';
import { isWorkload } from '../pods/pod-templates';
import { KEY_PAIRS, isNameOfGit } from '../pods/ssh-names';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** Where the templates show that there is the SSH key of a machine, and not of a Git provider, or of a parameter of which it is known which key it has. */
export const sshKeys = (resources: StackResources, programs: readonly Program[], objects: readonly KubernetesObject[]): readonly KeyCopy[] =>
  namedTokens(resources, programs, objects.filter((object) => isWorkload(object) || !isOther(object)))(KINDS.sshKey);

/** Longer texts are values, and not names. */
const LONGEST = 200;

const isOther = (object: KubernetesObject): boolean => isOfRepositories(object) || isOfRepositories(object, 'spec', 'target', 'template')
  || [object.name, ...['spec', 'data', 'stringData'].map((property) => object.at(property))].flatMap(namesIn)
    .some((name) => name.length <= LONGEST && (isNameOfGit(name) || name.includes(KEY_PAIRS)));
