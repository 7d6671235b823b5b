import { ValueNames } from './named-values';
import { Text } from '../../values/text';

/**
 * Systems that deploy to clusters and to AWS for whoever signs in to them, and how they call what one signs in with. A token of another system counts if a role of the
 * templates trusts the system.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd/
 * @see https://www.runatlantis.io/docs/api-endpoints
 */
const SYSTEMS = '(argo[_.-]?cd|atlantis|awx|codefresh|devtron|harness|jenkins|kubesphere|octopus|portainer|rancher|spinnaker|teamcity)';

const SECRET = '(token|password|passwd|api[_.-]?key|api[_.-]?secret)';

const NAME = new RegExp(`(^|[_.-])${SYSTEMS}[\\w.-]*?${SECRET}$|^argocd-(initial-admin-)?secret$`, 'i');

/** What signs in to a system that acts in clusters. */
export const OF_SYSTEMS: ValueNames = { mentioned: new RegExp(`${SYSTEMS}[\\w.-]{0,100}${SECRET}`, 'i'), has: (name) => NAME.test(name) };

/** Parts of the names of hosts that say nothing about a provider. */
const GENERAL = /^(accounts?|actions|agents?|api|apps?|auth|githubusercontent|id|identity|idp|issuer|login|oidc|sso|sts|tokens?|www)$/;

/**
 * What signs in to a provider of identities that a role trusts: tools call it by the name of the provider, such as `CIRCLECI_TOKEN`, `PULUMI_ACCESS_TOKEN` or
 * `BUILDKITE_AGENT_TOKEN`. Whoever has it can start runs, which get an identity.
 */
export function ofProvider(issuer: Text): ValueNames | undefined {
  const words = `${issuer}`.split('/')[0].split('.').slice(0, -1).filter((word) => /^[\w-]{3,}$/.test(word) && !GENERAL.test(word)).map((word) => word.replace(/ci$/, '(ci)?'));
  const names = `(${words.join('|')})[\\w.-]*?(token|[_.-]pat|api[_.-]?key([_.-]?secret)?)`;
  const name = new RegExp(`(^|[_.-])${names}$`, 'i');
  return words.length === 0 ? undefined : { mentioned: new RegExp(names, 'i'), has: (one) => name.test(one) };
}
