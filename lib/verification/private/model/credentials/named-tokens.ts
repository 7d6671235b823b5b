import { NamedValues } from './named-values';
import { ValueNames } from './value-names';
import { listOf } from '../../values/resolved';
import { Text } from '../../values/text';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { containersOf } from '../pods/containers';
import { secretsByNames } from '../pods/names-of-secrets';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** What the templates show of the tokens for something. */
export type TokensOf = (names: ValueNames) => readonly KeyCopy[];

/**
 * Where the templates show that there is a token of a kind: a task, a build, a function or a workload has it in a variable, or a controller syncs it to a Secret. Which
 * pods have one of a Git provider or of a registry, `PodFiles` tells.
 *
 * @see https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/authenticate-to-the-api
 */
export const namedTokens = (resources: StackResources, programs: readonly Program[], objects: readonly KubernetesObject[]): TokensOf => (names) => [
  ...new NamedValues(names, resources).copies(programs, () => objects),
  ...objects.flatMap((object) => copiesInPods(object, names)),
];

/** The pods with such a variable or Secret. */
const copiesInPods = (
  object: KubernetesObject, { has, isMounted, isOnlyStored, isOther, usedIn }: ValueNames,
): KeyCopy[] => podTemplates(object).flatMap(({ at, namespace = object.namespace }) => {
  const { cluster, kind, name, place } = object;
  const [containers, volumes] = [containersOf(at('spec')), listOf(at('spec', 'volumes'))];
  const isHeld = containers.some((container) => {
    const [secrets, used] = [secretsByNames(container, volumes, { isOnlyStored }), usedIn?.(container)];
    return secrets.some(({ names }) => names.some((one) => has(one) || used?.has(one) === true) && !(isOther && names.some(isOther)))
      || isMounted?.(container, volumes) === true;
  });
  const heldBy = { cluster, namespace, serviceAccountName: serviceAccountOf(at), workload: { kind, name } };
  return isHeld ? [{ where: `${kind} ${namespace}/${name ?? Text.of('without a name')}`, place, heldBy, object }] : [];
});
