import { startsAgent } from './agents';
import { CodeWrite } from './code-write';
import { Variable } from './container-variables';
import { commandsIn, isDownload, OF_CODE, OF_DATA, runsWhatItGets } from './shell-commands';
import { writesOfFiles } from './written-files';
import { Text } from '../../values/text';

/** The hosts from which a script takes what it runs, installs or writes to a file, or to which it sends a token. Others get data from the same hosts. */
export function hostsInScript(script: string): string[] {
  if (sendsToken(script)) {
    return hostsOf(withNames(script));
  }
  return !/[/@.:]/.test(script) ? [] : commandsIn(withNames(script)).flatMap((command) => {
    if (startsAgent(command)) {
      return hostsOfAgent(command);
    }
    const isRun = runsWhatItGets(command);
    if (!isRun && getsObjects(command)) {
      return [...command.matchAll(ENDPOINT)].flatMap(([, url]) => hostsOf(url));
    }
    const isWritten = isDownload(command);
    const found = addressesIn(command).filter(({ path, isUrl }) => isRun || (isWritten && !OF_DATA.test(path)) || (isUrl && OF_CODE.test(path)));
    return [...found.map(({ host }) => host), ...[...command.matchAll(REPOSITORY)].flatMap(([, url]) => hostsOf(url))];
  });
}

/** The hosts that the words of a command and the variables of an agent name, one of which is its server. */
export const hostsOfAgent = (command: string, variables: readonly Variable[] = []): string[] => [
  ...command.split(/[\s=,"']+/).flatMap((word) => (isHost(word) ? [word] : word.includes('/') ? hostsOf(word) : [])),
  ...variables.map(({ name, value }) => ({ name, text: `${value}` }))
    .flatMap(({ name, text }) => (isHost(text) || (OF_HOSTS.test(name) && /^[\w-]+$/.test(text)) ? [text] : hostsOf(text))),
];

/** Whether a word is a host with a domain or a port, which others do not have. */
const isHost = (word: string): boolean => /[.:]/.test(word) && /^[\w-]+(\.[\w-]+)*(:\d+)?$/.test(word);

/** Variables whose value can be the name of a Service as it is. */
const OF_HOSTS = /HOST|SERVER|MASTER|ADDR|URL/i;

/** Settings of package managers with from where they install packages. */
const PACKAGE_SETTINGS = /^[ \t]*(?:@[\w-]+:)?(?:(?:extra-)?index-url|find-links|registry)[ \t]*[=:][ \t]*(\S+)/gm;

/** Where a kubeconfig says that the API server is, to which clients send tokens. */
const OF_API_SERVERS = /^[ \t]*(?:-[ \t]+)?["']?server["']?[ \t]*:[ \t]*["']?([^\s"',}]+)/gm;

const OF_KUBECONFIG = /\bkind["']?\s*:\s*["']?Config\b/;

/** Where the settings of GitLab Runner say that GitLab is. @see https://docs.gitlab.com/runner/configuration/advanced-configuration/ */
const [OF_RUNNERS, OF_GITLAB] = [/^[ \t]*\[\[runners\]\]/m, /^[ \t]*url[ \t]*=[ \t]*["'](\S+)["']/gm];

/** The hosts of package registries, API servers and GitLab that the settings of clients have. */
export const hostsInSettings = (text: string): string[] =>
  [PACKAGE_SETTINGS, ...(OF_KUBECONFIG.test(text) ? [OF_API_SERVERS] : []), ...(OF_RUNNERS.test(text) ? [OF_GITLAB] : [])]
    .flatMap((setting) => [...text.matchAll(setting)]).flatMap(([, url]) => hostsOf(url));

/** Files with the token of a service account. */
const TOKEN_FILE = /AWS_WEB_IDENTITY_TOKEN_FILE|AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE|serviceaccount\/token/;

/** A client of the API server that is told where that is. */
const WITH_SERVER = /\bkubectl\b.*\s(--server|-s)[ =]/;

const sendsToken = (script: string): boolean => (TOKEN_FILE.test(script) && /\bcurl\b/.test(script)) || WITH_SERVER.test(script);

/** As git-sync and Helm call the option with what they get. */
const REPOSITORY = /(?<![\w-])--repo[ =]["']?(\S+)/g;

const ENDPOINT = /--endpoint-url[ =]["']?(\S+)/g;

/** Whether a command of the AWS CLI gets objects. */
export const getsObjects = (command: string): boolean => /\baws\b/.test(command) && /\bs3 +(cp|mv|sync) +(-\S+ +)*["']?s3:/.test(command);

/**
 * The variables that Kubernetes sets for Services of the namespace, with their ports.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
const OF_SERVICES = /\$[{(]?([A-Z][A-Z\d_]*)_SERVICE_HOST[})]?(:\$[{(]?\w+[})]?)?/g;

const withNames = (script: string): string => script.replace(OF_SERVICES, (_, name: string) => name.toLowerCase().replaceAll('_', '-'));

/** The hosts of the URLs in a text. */
export const hostsOf = (text: string): string[] => addressesIn(text).map(({ host }) => host);

interface Address {
  readonly host: string;
  readonly path: string;
  readonly isUrl: boolean;
}

/** The URLs in a text, what can be one without a scheme, and what Git takes for one of SSH: `git@host:path`. @see https://git-scm.com/docs/git-clone#_git_urls */
const addressesIn = (text: string): Address[] => [
  ...[...text.matchAll(/(:\/\/(?:[^\s/@"'`]+@)?|(?<![\w./:-]))((?:[\w-]|\.|\$\{[^{}\s]*\})+(?::\d+)?)((?:\/[^\s"'`|)<>]*)?)/g)]
    .map(([, start, host, path]) => ({ host, path, isUrl: start !== '' })).filter(({ host, path, isUrl }) => isUrl || (path !== '' && host.includes('.'))),
  ...[...text.matchAll(/(?<=[\w-]@)((?:[\w.-]|\$\{[^{}\s]*\})+):(?!\d)([^\s"'`|)<>]+)/g)].map(([, host, path]) => ({ host, path, isUrl: true })),
];

/** What decides what is at some hosts: the pods that serve it there. */
export const writesAt = (hosts: readonly string[]): CodeWrite[] => [...new Set(hosts)].flatMap((host) => writesOfFiles({ kind: 'host', system: Text.of(host) }));
