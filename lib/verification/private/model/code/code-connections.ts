import { anyPart, CodeWrite } from './code-write';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';

/** A service that got another name, with the prefix of its old one, and its requests that return a token of the Git provider. */
const TOKENS = { 'codeconnections': 'codeconnections:GetConnectionToken', 'codestar-connections': 'codestar-connections:GetConnectionToken' };
const PREFIXES = Object.keys(TOKENS);

/**
 * What pushes to the repositories of a connection of AWS CodeConnections, by its ARN, or by the URL of a repository. Who may only pull pushes nothing.
 * A token of the provider has the permissions of the connection, whatever its user may request of AWS.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeconnections.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-configure-repositories.html for the URL
 */
export function writesOfConnection(text: Text): CodeWrite[] {
  const named = PREFIXES.map((prefix) => textAfter(text, `:${prefix}:`)).find((rest) => rest && textAfter(rest, ':connection/'));
  const connection = named ?? connectionOfUrl(text);
  return connection ? pushes(Text.join([Text.of('arn'), anyPart('partition'), anyPart('prefix'), connection], ':')) : [];
}

/** The URLs of repositories of Git providers, to which a connection can push. */
const OF_PROVIDERS = /\b(bitbucket|github|gitlab)\.(?!io\b).*\/|^(git@|ssh:\/\/)|^https?:\/\/.*\.git$/;

/**
 * What pushes to a repository of a Git provider, by its URL: any connection may be one to it.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome-connections.html
 */
export const writesByConnections = (url: Text): CodeWrite[] => (OF_PROVIDERS.test(url.toString()) && !connectionOfUrl(url)
  ? pushes(Text.join([Text.of('arn'), anyPart('partition'), anyPart('prefix'), anyPart('Region'), anyPart('account'), anyPart('connection')], ':')) : []);

/** The same, if only the deployment knows the ARN, which may then be that of any. */
export const writesOfSomeConnection = (arn: Text): CodeWrite[] => (arn.start === '' ? pushes(arn) : writesOfConnection(arn));

function connectionOfUrl(url: Text): Text | undefined {
  const path = textAfter(url, '/git-http/');
  const [account, region, id] = path ? splitText(path, '/').known : [];
  return id && Text.join([region, account, Text.join([Text.of('connection/'), id])], ':');
}

/** What pushes to the repositories of any connection. */
export const writesOfAnyConnection = (): CodeWrite[] =>
  pushes(Text.join([Text.of('arn'), ...['partition', 'prefix', 'Region', 'account'].map(anyPart), Text.join([Text.of('connection/'), anyPart('connection')])], ':'));

const pushes = (arn: Text): CodeWrite[] => Object.entries(TOKENS).flatMap(([prefix, token]) => [
  {
    action: `${prefix}:UseConnection`,
    arn,
    given: { [`${prefix}:ProviderAction`]: [Text.of('GitPush')], [`${prefix}:ProviderPermissionsRequired`]: [Text.of('read_write')] },
  },
  { action: token, arn },
]);
