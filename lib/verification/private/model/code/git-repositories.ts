import { mayBeOfConnection, namesConnection, writesOfAnyConnection } from './code-connections';
import { anyPart, CodeWrite } from './code-write';
import { BETWEEN_WORDS } from './words';
import { writesOfFiles } from './written-files';
import { distinct } from '../../values/distinct';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference } from '../../values/text-parts';

/** The host of a repository that only the deployment, or a variable of a script, names. */
export const ANY_HOST = anyPart('host of repositories');

/** The URLs of repositories, also as pip, Terraform and Kustomize write them. @see https://git-scm.com/docs/git-clone#_git_urls */
const URL = /^(?:[\w-]+(?:\+|::))?(?:https?|ssh|git):\/\/(?:[^\s@/]*@)?([^\s:/]+)(?::\d+)?\/+(.+)$/;

/** One of SSH without a scheme. */
const OF_SSH = /^git@([^\s:/]+):(?!\d)(.+)$/;

/** Hosts of providers, as they are usually called. */
const PROVIDER = /^(\w+\.)?(git|gitea|github|gitlab|bitbucket|codeberg)\.(?!io$)|\b(dev\.azure|visualstudio)\.com$/;

/** Whether a host is that of a provider, and not of its API. */
export const isOfProvider = (host: string): boolean => PROVIDER.test(host) && !host.startsWith('api.');

/** What is in the paths of files, pages and APIs, and not in those of a repository. */
const OTHERS = /(^|\/)(_?apis?|apps|archive|blob|discussions|downloads?|graphql|issues|orgs|pulls?|raw|releases?|settings|v\d|wiki|-)(\/|$)/;

const OF_AWS = /^(git-)?(codecommit|codeconnections|codestar-connections)\./;

const ENDS_AS_REPOSITORY = /\.git(?![\w-])/;

/** The host of a repository of a Git provider, by its URL, as far as it is known. Undefined for anything else, such as a file or a page of the provider. */
export function gitHostOf(url: Text): Text | undefined {
  const written = `${url}`;
  const [, host = '', path = ''] = URL.exec(written) ?? OF_SSH.exec(written) ?? [];
  const isNamed = isOfProvider(host) && /^[^/]+\/[^/]/.test(path) && !OTHERS.test(path);
  const isRepository = ENDS_AS_REPOSITORY.test(path) || written.startsWith('git@') || isNamed;
  return host === '' || OF_AWS.test(host) || !isRepository ? undefined
    : host.includes('$') ? ANY_HOST : Text.of(host.replace(/^(www|ssh|altssh)\./, ''));
}

/** What pushes to the repositories of a host: any connection may be one to it, and any token for it. */
export const writesOfGitHost = (host: Text): CodeWrite[] => [...writesOfAnyConnection(), ...pushesOfTokens(host)];

/** Only with a token. `CodeStores` adds the requests that read one. */
const pushesOfTokens = (host: Text): CodeWrite[] => writesOfFiles({ kind: 'repository', system: host });

/** The same by the URL of a repository from which a controller takes code. */
export function writesOfGitUrl(url: Text): CodeWrite[] {
  const host = gitHostOf(url);
  return [...(mayBeOfConnection(url) ? writesOfAnyConnection() : []), ...(host ? pushesOfTokens(host) : [])];
}

/** The same, if a text names a connection: others can be to the same repository. */
export const writesOfConnection = (text: Text): CodeWrite[] => (namesConnection(text) ? writesOfGitHost(ANY_HOST) : []);

/** The same, if only the deployment knows the ARN, which may then be that of a connection. */
export const writesOfSomeConnection = (arn: Text): CodeWrite[] => (arn.start === '' ? writesOfGitHost(ANY_HOST) : writesOfConnection(arn));

/** The hosts of the repositories that a script names, or clones by a variable. */
export function gitHostsIn(script: Text): Text[] {
  const isLikely = script.parts.some((part) => typeof part === 'string' && /\bgit|:\/\//i.test(part)); // most texts name none
  const words = isLikely ? wordsOf(script, BETWEEN_WORDS) : [];
  const hosts = words.flatMap((word, i) => gitHostOf(word) ?? (isClonedByVariable(words, i) ? ANY_HOST : []));
  return distinct(hosts);
}

/** Names of properties, variables and options with the URL of a repository. */
const OF_REPOSITORIES = /git|repo/i;

/** The same, which are never those of images. */
const OF_GIT = /git[\w-]*repo|^-*repo$|repo(sitory)?[_-]?url/i;

/**
 * The hosts of repositories that some texts name which are no scripts. The URL of a repository ends as such, or what has it says so: a property, or the option before.
 *
 * @see https://github.com/kubernetes/git-sync
 */
export const gitHostsNamed = (texts: readonly Text[], property = ''): Text[] => texts.flatMap((text) => wordsOf(text, BETWEEN_WORDS)).flatMap((word, i, all) => {
  const name = all[i - 1]?.toString() ?? property;
  const isUnknown = word.start === '' && word.parts.length === 1 && !isReference(word);
  const isUrl = /^(git@|ssh:)/.test(word.start) || ENDS_AS_REPOSITORY.test(`${word}`);
  return isUnknown && OF_GIT.test(name) ? ANY_HOST : isUrl || OF_REPOSITORIES.test(name) ? gitHostOf(word) ?? [] : [];
});

/** Options can be between the command and the URL. */
const MOST_WORDS = 8;

function isClonedByVariable(words: readonly Text[], i: number): boolean {
  const { start } = words[i];
  const isVariable = start.startsWith('$') || (start === '' && words[i].parts.length > 0 && !isReference(words[i]));
  const before = isVariable ? words.slice(Math.max(i - MOST_WORDS, 0), i).map((word) => `${word}`) : [];
  const clone = before.lastIndexOf('clone');
  return clone > 0 && /(^|\/)git$/.test(before[clone - 1]) && before.slice(clone + 1).every((word, k, rest) => word.startsWith('-') || rest[k - 1]?.startsWith('-'));
}
