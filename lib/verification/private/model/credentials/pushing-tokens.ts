import { NamedValues, ValueNames } from './named-values';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** What lets push to repositories, or start runs, as tools name it: `GITHUB_TOKEN`, `GH_PAT`, `gitlab-deploy-key`, `github_app_private_key`, `TFE_TOKEN`. */
const NAME = /(^|[_.-])(gh(?=[_.-])|bitbucket|git|renovate|terraform|tfe?(?=[_.-]))[\w.-]*?(token|[_.-]pat|password|(private|ssh|deploy)[_.-]?key)$/i;

const OF_TOKENS: ValueNames = { mentioned: /(gh[_.-]|bitbucket|git|renovate|terraform|tfe?[_.-])[\w.-]*(token|pat|password|key)/i, has: (name) => NAME.test(name) };

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
  const variables = ['containers', 'initContainers'].flatMap((list) => listOf(at('spec', list))).flatMap((container) => listOf(valueAt(container, 'env')));
  const isHeld = variables.some((variable) => [valueAt(variable, 'name'), valueAt(variable, 'valueFrom', 'secretKeyRef', 'key')].some((one) => NAME.test(literalOf(one) ?? '')));
  const heldBy = { cluster, namespace, serviceAccountName: serviceAccountOf(at), workload: { kind, name } };
  return isHeld ? [{ where: `${kind} ${namespace}/${name ?? Text.of('without a name')}`, place, heldBy }] : [];
});
