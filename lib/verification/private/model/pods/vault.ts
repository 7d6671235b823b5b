import { listOf, Resolved, valueAt } from '../../values/resolved';
import { textOf, textsIn } from '../../values/text-parts';

/**
 * What the AWS secrets engine of Vault gives credentials at, in annotations and variables with which Vault writes them into pods. Other engines have `creds`, too.
 *
 * @see https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations
 * @see https://bank-vaults.dev/docs/mutating-webhook/annotations/
 * @see https://developer.hashicorp.com/vault/docs/secrets/aws
 */
const OF_VAULT = /(^|[\s"'`:/])([\w-]*aws[\w/-]*\/creds|[\w-]+\/sts)\/[\w-]/i;

/** How the value of a variable starts that Bank-Vaults replaces. */
const FROM_VAULT = 'vault:';

/** How pods get credentials of AWS that Vault writes into them, if they do. */
export function injectedByVault(pods: (...path: string[]) => Resolved, containers: readonly Resolved[]): string | undefined {
  const isOfAws = (value: Resolved) => textsIn(value).some((text) => OF_VAULT.test(text.toString()));
  const variables = containers.flatMap((container) => listOf(valueAt(container, 'env'))).map((variable) => textOf(valueAt(variable, 'value')));
  const what = isOfAws(pods('metadata', 'annotations')) ? 'an annotation'
    : variables.some((value) => value?.startsWith(FROM_VAULT) && isOfAws(value)) ? 'an environment variable' : undefined;
  return what && `has ${what} with which Vault writes credentials of AWS into it`;
}
