import { ValueNames } from './value-names';
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
export const OF_SYSTEMS: ValueNames = { mentioned: new RegExp(`${SYSTEMS}[\\w./-]{0,100}${SECRET}`, 'i'), has: (name) => NAME.test(name) };

/** Parts of the names of hosts that say nothing about a provider. */
const GENERAL = /^(accounts?|actions|agents?|api|apps?|auth|dev|githubusercontent|id|identity|idp|issuer|login|oidc|sso|sts|tokens?|www)$/;

/**
 * The words of a host that name a provider, without its top-level domain. If the first one says what the host is, as in `gitlab.example.com`, the domain is that of a
 * company, which may be in the names of all of its tokens.
 */
function namesOf(labels: readonly string[]): string[] {
  const words = labels.slice(0, -1).slice(-MOST_LABELS).filter((word) => /^[\w-]{3,63}$/.test(word) && !GENERAL.test(word));
  return OF_OWN_HOSTS.test(labels[0]) ? labels.slice(0, 1) : words;
}

/** A label of a host has at most 63 characters, and a host 253. @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const MOST_LABELS = 127;

/** How companies call the hosts on which they run a provider of their own. */
const OF_OWN_HOSTS = /^(argo-?cd|authentik|bitbucket|buildkite|dex|drone|forgejo|gitea|github|gitlab|jenkins|keycloak|rancher|teamcity|vault|zitadel)$/;

/** How tools call providers whose hosts have other names. */
const OTHER_NAMES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(azure|microsoftonline|windows)\b/, 'a(ad|do|rm|zp|zure)|entra'],
  [/\bgoogle\b/, 'g(cp|cloud|oogle)'],
  [/\bterraform\b/, 'tf[ce]?'],
  [/\/realms\//, 'keycloak'],
];

/** What one signs in with, after the name of a provider. */
const SIGNING_IN = '([\\w.-]*?(token|[_.-]pat|api[_.-]?key([_.-]?secret)?|(agent|client)[_.-]?secret|private[_.-]?key|sa[_.-]?key|application[_.-]?credentials)'
  + '|([_.-]?admin)?[_.-]?password)';

/** What a runner registers with, also without the name of a provider. It then gets jobs of others, with their identities. */
const OF_RUNNERS = '(ci[_.-]server|runner([_.-]?(input|registration))?)[_.-]?token';
const OF_AGENTS = '(agent|delegate|resource[_.-]?class)[_.-]?token';

/**
 * What signs in to a provider of identities that a role trusts: tools call it by the name of the provider, such as `CIRCLECI_TOKEN`, `PULUMI_ACCESS_TOKEN` or
 * `OKTA_CLIENT_SECRET`. Whoever has it can start runs, or runs those of others, which get an identity, or gets one as a client.
 *
 * @see https://docs.gitlab.com/runner/register/
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function ofProvider(issuer: Text): ValueNames {
  const written = `${issuer}`;
  const words = namesOf(written.split('/')[0].split('.')).map((word) => word.replace(/ci$/, '(ci)?'));
  const called = [...words, ...OTHER_NAMES.filter(([host]) => host.test(written)).map(([, names]) => names)];
  const [names, alone] = called.length === 0 ? [OF_RUNNERS, OF_RUNNERS] : [`(${OF_RUNNERS}|(${called.join('|')})${SIGNING_IN})`, OF_AGENTS];
  const name = new RegExp(`(^|[_.-])${names}$|^${alone}$`, 'i');
  return { mentioned: new RegExp(`${names}|${alone}`.replaceAll('.-]', './-]').replaceAll('*?', '{0,100}?'), 'i'), has: (one) => name.test(one) };
}
