import { startsAgent } from './agents';
import { serversInSettings } from './client-settings';
import { CodeWrite } from './code-write';
import { Variable } from './container-variables';
import { decidesWhatRuns } from './deciding-variables';
import { withoutPort } from './host-names';
import { setsSources } from './installers';
import { runningIn } from './run-results';
import { serversByAlias } from './server-aliases';
import { BETWEEN, isDownload, OF_CODE, OF_DATA, runsInShell } from './shell-commands';
import { writesOfFiles } from './written-files';
import { distinct } from '../../values/distinct';
import { ANY_VALUE, matchesIn } from '../../values/matches';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference } from '../../values/text-parts';

/** The hosts from which a script takes what it runs, installs or writes to a file, or to which it sends a token. Others get data from the same hosts. */
export const hostsInScript = (script: Text): Text[] => distinct([
  ...hostsInCommands(script), ...[serversInSettings, serversByAlias].flatMap((serversIn) => serversIn(script)).flatMap(hostsOf),
]);

function hostsInCommands(script: Text): Text[] {
  const written = `${script}`;
  if (sendsToken(written)) {
    return hostsOf(script);
  }
  const isRun = runningIn(written);
  return script.unknowns.length === 0 && !/[/@.:]/.test(written) ? [] : wordsOf(script, BETWEEN).flatMap((command) => {
    const text = `${command}`;
    if (startsAgent(text)) {
      return hostsOfAgent(command);
    }
    const installs = setsSources(text);
    const decides = installs || isRun(text) || assignsDeciding(text);
    if (!decides && getsObjects(text)) {
      return matchesIn(command, ENDPOINT).flatMap(([url]) => hostsOf(url));
    }
    const isWritten = isDownload(text);
    const found = addressesIn(command).filter(({ path, isUrl }) => decides || (isWritten && !OF_DATA.test(path)) || (isUrl && OF_CODE.test(path)));
    const named = runsInShell(text) ? hostsOfAgent(command) : installs ? hostsOfAgent(command).filter(({ literal }) => literal !== undefined) : [];
    const stores = hasCodeInS3(text) ? matchesIn(command, STORE_OF_SPARK).flatMap(([store]) => hostsNamed(store)) : [];
    return [...found.map(({ host }) => host), ...named, ...matchesIn(command, REPOSITORY).flatMap(([url]) => hostsOf(url)), ...stores];
  });
}

/** The path of a repository of Git, and of what is in it. */
const OF_GIT = /\.git([/?#]|$)/;

/** The hosts of the repositories of Git whose URLs a text has. */
export const hostsOfGit = (text: Text): Text[] => (!`${text}`.includes('.git') ? [] // as most
  : addressesIn(text).filter(({ isUrl, path }) => isUrl && OF_GIT.test(path)).map(({ host }) => host));

/** The settings of Spark and Flink with the server of an object store, by their names, and those in a command. */
export const OF_SPARK = /^((spark\.hadoop\.)?fs\.s3[an]\.(bucket\.[\w-]+\.)?|s3\.)endpoint$/;

const STORE_OF_SPARK = /\bfs\.s3[an]\.(?:bucket\.[\w-]+\.)?endpoint=["']?([^\s"',]+)/g;

/** Whether Spark gets code from an object store because of a text. */
export const hasCodeInS3 = (text: string): boolean => text.includes('s3') && text.split(/[\s"',]+/).some((word) => /^s3[an]?:\/\//.test(word) && OF_CODE.test(word));

const ASSIGNED = /(?<!\S)([A-Za-z_]\w*)=/g;

/** Whether a command assigns a value to a variable that decides what others run, such as `GOPROXY`. */
const assignsDeciding = (command: string): boolean => [...command.matchAll(ASSIGNED)].some(([, name]) => decidesWhatRuns(name, []));

/** The hosts that the words of a command and the variables of an agent name, one of which is its server. */
export const hostsOfAgent = (command: Text, variables: readonly Variable[] = []): Text[] => [
  ...wordsOf(withNames(command), /[\s=,"'|@]+/).flatMap((word) => (isHost(word) ? [word] : `${word}`.includes('/') ? hostsOf(word) : [])),
  ...variables.flatMap(({ name, value }) => (isHost(value) || (OF_HOSTS.test(name) && isName(value)) ? [value] : hostsOf(value))),
];

const HOST = new RegExp(`^((?:[\\w-]|${ANY_VALUE})+(?:\\.(?:[\\w-]|${ANY_VALUE})+)*(?::\\d+)?)$`, 'g');

/** Whether a word is a host with a domain or a port, which others do not have. */
const isHost = (word: Text): boolean => /[.:]/.test(word.parts.filter((part) => typeof part === 'string').join('')) && matchesIn(word, HOST).length > 0;

/** Whether a value may be the name of a host. */
const isName = (value: Text): boolean => value.parts.length > 0 && value.parts.every((part) => typeof part !== 'string' || /^[\w.-]+$/.test(part));

/** Variables whose value can be the name of a Service as it is. */
const OF_HOSTS = /HOST|SERVER|MASTER|ADDR|URL/i;

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

const withNames = ({ parts }: Text): Text => Text.join(parts.map((part) =>
  Text.ofPart(typeof part !== 'string' ? part : part.replace(OF_SERVICES, (_, name: string) => name.toLowerCase().replaceAll('_', '-')))));

/** The hosts of the URLs in a text, or the host that it is. */
export const hostsNamed = (text: Text): Text[] => (isName(withoutPort(text)) ? [text] : hostsOf(text));

/** The hosts of the URLs in a text. */
export const hostsOf = (text: Text): Text[] => addressesIn(text).map(({ host }) => host);

interface Address {
  readonly host: Text;
  readonly path: string;
  readonly isUrl: boolean;
}

/** URLs, except those of buckets, and what can be one without a scheme. */
const URLS = new RegExp(`((?<!\\bs3[an]?):\\/\\/(?:[^\\s/@"'\`]+@)?|(?<![\\w./:-]))((?:[\\w-]|\\.|${ANY_VALUE})+(?::\\d+)?)((?:\\/[^\\s"'\`|)<>]*)?)`, 'g');

/** What Git takes for a URL of SSH: `git@host:path`. @see https://git-scm.com/docs/git-clone#_git_urls */
const URLS_OF_SSH = new RegExp(`(?<=[\\w-]@)((?:[\\w.-]|${ANY_VALUE})+):(?!\\d)([^\\s"'\`|)<>]+)`, 'g');

function addressesIn(written: Text): Address[] {
  const text = withNames(written);
  return [
    ...matchesIn(text, URLS).map(([start, host, path]) => ({ host, path: `${path}`, isUrl: start.parts.length > 0 }))
      .filter(({ host, path, isUrl }) => isUrl || (path !== '' && (`${host}`.includes('.') || isReference(host)))),
    ...matchesIn(text, URLS_OF_SSH).map(([host, path]) => ({ host, path: `${path}`, isUrl: true })),
  ];
}

/** What decides what is at some hosts: the pods that serve it there. */
export const writesAt = (hosts: readonly Text[]): CodeWrite[] => distinct(hosts).flatMap((system) => writesOfFiles({ kind: 'host', system }));
