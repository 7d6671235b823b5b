import { anyPart, CodeWrite } from './code-write';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';

/** A service that got another name, with the prefix of its old one, and its requests that return a token of the Git provider. */
const TOKENS = { 'codeconnections': 'codeconnections:GetConnectionToken', 'codestar-connections': 'codestar-connections:GetConnectionToken' };
const PREFIXES = Object.keys(TOKENS);

/**
 * Whether a text names a connection of AWS CodeConnections: by its ARN, which can also be a value that only the deployment knows, or by the URL of a repository.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/argocd-configure-repositories.html for the URL
 */
export const namesConnection = (text: Text): boolean => isUrlOfConnection(text)
  || PREFIXES.some((prefix) => textAfter(textAfter(text, `:${prefix}:`) ?? Text.EMPTY, ':connection/') !== undefined);

/** The URLs of repositories of Git providers, to which a connection can push. */
const OF_PROVIDERS = /\b(bitbucket|github|gitlab)\.(?!io\b).*\/|^(git@|ssh:\/\/)|^https?:\/\/.*\.git$/;

/** Whether any connection may be one to a repository, by its URL. @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome-connections.html */
export const mayBeOfConnection = (url: Text): boolean => OF_PROVIDERS.test(url.toString()) && !isUrlOfConnection(url);

const isUrlOfConnection = (url: Text): boolean => textAfter(url, '/git-http/') !== undefined;

/**
 * What pushes to the repositories of any connection. Several can be to the same repository. Who may only pull pushes nothing. A token of the provider has the
 * permissions of the connection, whatever its user may request of AWS.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodeconnections.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
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
