import { writesOfBucketAt, writesOfUnknownHost } from './bucket-addresses';
import { anyPart, CodeWrite } from './code-write';
import { namesRegistry, OF_BRANCHES, writesOfLocation, writesOfObject, writesTo } from './code-writes';
import { isUnreadable, withTextsInBase64 } from './decoded-text';
import { hostsInScript, hostsOf, writesAt } from './fetched-hosts';
import { formsOfScript } from './filled-values';
import { gitHostsOfFilesIn } from './git-files';
import { ANY_HOST, gitHostsIn, writesOfGitHost } from './git-repositories';
import { wordsIn, writesOfNames } from './image-names';
import { MountedFiles } from './mounted-files';
import { writesNamedIn } from './named-in-scripts';
import { hasOpenCommand } from './open-commands';
import { otherNamesOf } from './other-names';
import { writesOfPackages } from './packages';
import { runningIn } from './run-results';
import { scriptServersIn } from './script-servers';
import { BETWEEN, getsUnknownUrl, isDownload, OF_CODE, OF_DATA } from './shell-commands';
import { OF_PARAMETERS, OF_SECRETS, writesOfParameter, writesOfTaken } from './stored-writes';
import { isOpenWord, writesOfUnknownNames } from './unknown-names';
import { BETWEEN_WORDS } from './words';
import { writesOfFiles } from './written-files';
import { escapedForRegExp } from '../../values/escaped';
import { Interned } from '../../values/interned';
import { mayHaveNamesOf } from '../../values/may-be-equal';
import { originsOf } from '../../values/origins';
import { equal } from '../../values/pattern';
import { listOf, Resolved } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isGenerated, isReference, textAfter, textOf, textsIn, textsUnder, withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The types of resources from which scripts take what they run, and the requests that change it. */
const WRITES: { readonly [type: string]: readonly string[] } = {
  'AWS::CodeCommit::Repository': OF_BRANCHES,
  'AWS::ECR::Repository': ['ecr:PutImage'],
  'AWS::S3::Bucket': ['s3:PutObject'],
  'AWS::SecretsManager::Secret': OF_SECRETS,
  'AWS::SSM::Parameter': OF_PARAMETERS,
};

/** Types of file systems, which scripts mount. */
const FILE_SYSTEMS: { readonly [type: string]: MountedFiles['kind'] } = { 'AWS::EFS::FileSystem': 'efs', 'AWS::FSx::FileSystem': 'other' };

/** A resource that a script can name. */
interface Source { readonly type: string; readonly name: Text; readonly writes: readonly CodeWrite[] }

/** Properties with what the disk of an instance is made of, which can be its root disk. */
const OF_DISKS = /^SnapshotId$/;

/** How user data says from where nodes pull the images of other registries. @see https://bottlerocket.dev/en/os/latest/api/settings/container-registry/ */
const MIRRORS = /registry\.mirrors|containerd\/certs\.d/;

/** What instances run as they start: their user data, what `cfn-init` reads, and an image that a parameter names. */
export class StartCode {
  private readonly sources: Source[];
  private readonly others: Source[];
  private readonly servers: Source[];

  /** @param isInCluster whether what is started is in a cluster, where the hosts from which it gets code are read elsewhere. */
  constructor(resources: StackResources, private readonly isInCluster = false) {
    this.servers = scriptServersIn(resources).flatMap(({ type, names, writes }) => names.map((name) => ({ type, name, writes })));
    this.others = otherNamesOf(resources).flatMap(({ type, names, writes }) => names.map((name) => ({ type, name, writes })));
    const files = resources.ofType(...Object.keys(FILE_SYSTEMS))
      .map(({ ref, type }): Source => ({ type, name: ref, writes: writesOfFiles({ kind: FILE_SYSTEMS[type], system: ref }) }));
    this.sources = [...resources.ofType(...Object.keys(WRITES)).flatMap((resource) => sourcesOf(resource)), ...this.others, ...files];
  }

  /** The requests that change what the instances of a resource run. A script can also name something for another reason, which nothing tells. */
  writesOf(resource: StackResource): CodeWrite[] {
    const specifications = listOf(resource.property('SpotFleetRequestConfigData', 'LaunchSpecifications'));
    const userData = [resource.decoded('UserData'), resource.decoded('LaunchTemplateData', 'UserData')];
    const images = [resource.property('ImageId'), resource.property('LaunchTemplateData', 'ImageId'), ...specifications.flatMap(textsIn)];
    const others = [...specifications, resource.metadata].flatMap(textsIn);
    return [
      ...userData.flatMap((text) => (text ? this.writesOfUserData(text) : [])),
      ...others.flatMap((text) => this.writesOfCommands(text)),
      ...textsUnder(resource.metadata, /^command$/).flatMap((text) => this.writesOfOpen(text)),
      ...textsUnder(resource.metadata, /^source$/).filter(isOpenWord).flatMap(writesOfLocation),
      ...images.flatMap(writesOfImage),
      ...textsUnder(resource.property(), OF_DISKS).flatMap(writesOfTaken),
    ];
  }

  /** The same of user data. */
  writesOfUserData(text: Text): CodeWrite[] {
    const mirrors = MIRRORS.test(`${text}`) ? writesAt(hostsOf(text)) : [];
    return [...mirrors, ...this.writesOfCommands(text), ...this.writesOfOpen(text)];
  }

  /** The same of commands, which may name anything if only the deployment knows one of them as a whole. */
  writesOfOpen(text: Text): CodeWrite[] {
    return hasOpenCommand(text) ? [...this.writesOfAnything, ...writesOfTaken(text)] : [];
  }

  /** The requests that change what commands on an instance name, also the images that these run. A registry without a repository is one to sign in to. */
  writesOfCommands(text: Text): CodeWrite[] {
    const texts = withTextsInBase64(text).flatMap(formsOfScript);
    const images = texts.flatMap(wordsIn).filter((word) => namesRegistry(word) && textAfter(word, '/') !== undefined);
    return [...texts.flatMap((one) => this.writesOfScript(one)), ...images.flatMap((image) => writesOfNames(image))];
  }

  /** The requests that change what answers at a URL which is not of Amazon S3. */
  writesBehind(url: Text): CodeWrite[] {
    const served = this.isInCluster ? [] : writesAt(hostsInScript(url));
    const ofGit = gitHostsOfFilesIn(url).flatMap(writesOfGitHost);
    return [...served, ...ofGit, ...[...this.others, ...this.servers].filter(({ name }) => isNamedIn(name, url)).flatMap(({ writes }) => writes)];
  }

  /** The requests that change what a script, or another text, names. */
  writesOfScript(text: Text): CodeWrite[] {
    if (isUnreadable(text)) {
      return this.writesOfAnything;
    }
    const { objects, rest } = withoutObjects(text);
    const named = this.sources.filter((source) => isNamedIn(source.name, rest) || mayBeNamedIn(source, rest)).flatMap(({ writes }) => writes);
    const urls = wordsOf(rest, BETWEEN_WORDS).filter(({ start }) => URL.test(start)).map((url) => textAfter(url, '://')!);
    const inBuckets = [...objects.flatMap((object) => writesTo(Text.join([object, ANY_REST]))), ...urls.flatMap(writesOfBucketAt)];
    return [
      ...inBuckets, ...named, ...this.writesOfServed(rest), ...writesNamedIn(rest),
      ...[...gitHostsIn(rest), ...gitHostsOfFilesIn(rest)].flatMap(writesOfGitHost),
      ...filesIn(text), ...writesOfUnknownNames(rest), ...writesOfTaken(text), ...writesOfPackages(rest),
    ];
  }

  /** The requests that change what a command runs, installs or writes to a file. Others get data from the same hosts. */
  private writesOfServed(script: Text): CodeWrite[] {
    const served = this.isInCluster ? [] : writesAt(hostsInScript(script));
    return [...served, ...this.writesOfServers(script)];
  }

  private writesOfServers(script: Text): CodeWrite[] {
    const hasUnknown = script.unknowns.length > 0;
    const runs = runningIn(`${script}`);
    const got = this.servers.length === 0 && !hasUnknown ? [] : wordsOf(script, BETWEEN).flatMap((command) => {
      const [isRun, isWritten] = [runs, isDownload].map((test) => test(`${command}`));
      const gotten = wordsOf(command, BETWEEN_WORDS)
        .filter((word) => word.parts.length > 0 && (isRun || (isWritten && !OF_DATA.test(`${word}`)) || OF_CODE.test(`${word}`)));
      const isUnknown = getsUnknownUrl(`${command}`);
      return gotten.map((word) => ({ word, address: URL.test(word.start) ? textAfter(word, '://')! : isUnknown ? word : undefined }));
    });
    return got.flatMap(({ word, address }) => [
      ...this.servers.filter(({ name }) => isNamedIn(name, word)).flatMap(({ writes }) => writes),
      ...(address ? writesOfUnknownHost(address) : []),
    ]);
  }

  /** The requests that change what a script may name of which nothing is known. */
  get writesOfAnything(): CodeWrite[] {
    return [...writesOfObject(anyPart('object')), ...writesOfGitHost(ANY_HOST), ...this.sources.flatMap(({ writes }) => writes)];
  }
}

function sourcesOf(resource: StackResource): Source[] {
  const names = [resource.ref, textOf(resource.property('Name')), textOf(resource.property('RepositoryName'))].filter((name) => name !== undefined);
  const { type } = resource;
  const arn = resource.arn && type === 'AWS::S3::Bucket' ? Text.join([resource.arn, Text.of('/'), ANY_REST]) : resource.arn;
  return arn === undefined ? [] : names.map((name) => ({ type, name, writes: WRITES[type].map((action) => ({ action, arn })) }));
}

/** A command can copy all objects below a prefix. */
const ANY_REST = Text.unknown(new Unknown('any rest of a key', { label: 'any rest of a key', excludes: ':' }));

const OBJECT = 's3://';

/** Hadoop has its own schemes. @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html */
const SCHEME = /^s3[an]?:\/\/$/;

/** The objects that a script names, and the rest of it. What follows a variable of the shell is not known. */
function withoutObjects(text: Text): { readonly objects: Text[]; readonly rest: Text } {
  const [objects, rest]: [Text[], Text[]] = [[], []];
  let object: Array<string | Unknown> | undefined;
  for (const part of text.parts.flatMap<string | Unknown>((one) => (typeof one === 'string' ? one.split(/(s3[an]?:\/\/|[\s"'`|;&<>(),$]+)/) : [one]))) {
    const ends = typeof part === 'string' && /^[\s"'`|;&<>(),$]/.test(part);
    const starts = typeof part === 'string' && SCHEME.test(part);
    if (starts || ends) {
      objects.push(...(object ? [Text.join([OBJECT, ...object].map(Text.ofPart))] : []));
      object = starts ? [] : undefined;
    } else {
      object?.push(part);
    }
    rest.push(...(object ? [] : [Text.ofPart(part)]));
  }
  return { objects: [...objects, ...(object ? [Text.join([OBJECT, ...object].map(Text.ofPart))] : [])], rest: Text.join(rest) };
}

/** Terraform and other tools can say before it what gets it. @see https://github.com/hashicorp/go-getter */
const URL = /^(\w+::)?https?:\/\//;

/** The ID of a file system. */
const FILE_SYSTEM = /\bfs-[\da-f]{8,}\b/g;

/** What changes the file systems outside the templates that a script names. */
const filesIn = ({ parts }: Text): CodeWrite[] => parts.flatMap((part) => (typeof part === 'string' ? part.match(FILE_SYSTEM) ?? [] : []))
  .flatMap((id) => ['efs' as const, 'other' as const].flatMap((kind) => writesOfFiles({ kind, system: Text.of(id) })));

/** Whether a text has a name, and not only as a part of another one. */
function isNamedIn(name: Text, text: Text): boolean {
  const [first, ...others] = name.parts;
  if (first instanceof Unknown && others.length === 0 && !isGenerated(name)) {
    return originsOf(text).has(first.id);
  }
  return isGenerated(name) ? mayHaveNamesOf(text, name) : naming.of([name], () => new RegExp(`(?<![\\w.-])${withWildcard(name.key)}(?![\\w-])`)).test(text.key);
}

/** How many wildcards of a name are looked at. More of them would take too long. */
const MOST_WILDCARDS = 3;

/** What matches a name that may have wildcards, such as that of a certificate or of a zone. What follows too many may be anything. */
function withWildcard(name: string): string {
  const pieces = name.split(/\*+/).map(escapedForRegExp);
  return `${pieces.slice(0, MOST_WILDCARDS + 1).join('[\\w-]+')}${pieces.length > MOST_WILDCARDS + 1 ? '[^]*' : ''}`;
}

/** Made once for all texts. */
const naming = new Interned<RegExp>();

/** What scripts request these with. Buckets are in locations, which are read apart. */
const COMMANDS: { readonly [type: string]: RegExp } = {
  'AWS::CodeCommit::Repository': /\bgit\b|codecommit/i,
  'AWS::ECR::Repository': /\b(ecr|docker|nerdctl|podman|ctr|crictl)\b/i,
  'AWS::SecretsManager::Secret': /secret/i,
  'AWS::SSM::Parameter': /\bssm\b|parameter/i,
};

/** Whether a script requests something of a type, and has a word that may be the name, because only the deployment knows one of them. */
function mayBeNamedIn({ type, name }: Source, text: Text): boolean {
  const requests = Object.hasOwn(COMMANDS, type) && text.parts.some((part) => typeof part === 'string' && COMMANDS[type].test(part));
  return requests && !isReference(name) && wordsOf(text, BETWEEN_WORDS).some((word) => word.parts.length > 0 && !isReference(word)
    && (word.literal === undefined || name.literal === undefined) && equal(name, word) !== 'no');
}

const BY_PARAMETER = 'resolve:ssm:';

/**
 * Who writes the parameter decides with which image the next instance starts, or the instances of the next deployment.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
function writesOfImage(image: Resolved): CodeWrite[] {
  const text = textOf(image);
  return text === undefined ? [] : text.startsWith(BY_PARAMETER) ? writesOfParameter(withoutPrefix(text, BY_PARAMETER)) : writesOfTaken(text);
}
