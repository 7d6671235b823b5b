import { NamedValues, ValueNames } from './named-values';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { isNameOfGitToken, MENTIONED, variablesOfGit } from '../pods/git-variables';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

const OF_TOKENS: ValueNames = { mentioned: MENTIONED, has: isNameOfGitToken, usedIn: variablesOfGit };

/**
 * Where the templates show that there is a token of a Git provider or of HCP Terraform: a task, a build, a function or a workload has it in a variable, or a controller
 * syncs it to a Secret.
 *
 * @see https://docs.github.com/en/actions/tutorials/use-actions-runner-controller/authenticate-to-the-api
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials
 */
export const pushingTokens = (resources: StackResources, programs: readonly Program[], objects: readonly KubernetesObject[]): KeyCopy[] => [
  ...new NamedValues(OF_TOKENS, resources).copies(programs, () => objects),
  ...objects.flatMap(copiesInPods),
];

/** The pods with such a variable. */
const copiesInPods = (object: KubernetesObject): KeyCopy[] => podTemplates(object).flatMap(({ at, namespace = object.namespace }) => {
  const { cluster, kind, name, place } = object;
  const isHeld = ['containers', 'initContainers'].flatMap((list) => listOf(at('spec', list))).some((container) => {
    const used = variablesOfGit(container);
    const names = listOf(valueAt(container, 'env')).flatMap((variable) => [valueAt(variable, 'name'), valueAt(variable, 'valueFrom', 'secretKeyRef', 'key')].map(literalOf));
    return names.some((one = '') => isNameOfGitToken(one) || used.has(one));
  });
  const heldBy = { cluster, namespace, serviceAccountName: serviceAccountOf(at), workload: { kind, name } };
  return isHeld ? [{ where: `${kind} ${namespace}/${name ?? Text.of('without a name')}`, place, heldBy }] : [];
});
