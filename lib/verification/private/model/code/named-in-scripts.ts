import { anyPart, CodeWrite } from './code-write';
import { isRepository, writesBelow, writesOfObject, writesOfRepository, writesTo } from './code-writes';
import { writesOfParameter, writesOfStoredValue } from './stored-writes';
import { matchesIn } from '../../values/matches';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, withoutPrefix } from '../../values/text-parts';

/** What is between the words of a script. Python has a letter before some quotes. */
const SEPARATORS = /(?:[\s"'`=|;&<>()[\]{},\\]|\b[fru]{1,2}(?=["']))+/;

type WritesOf = (name: Text) => CodeWrite[];

const ofSecret: WritesOf = (name) => writesOfStoredValue(name).filter(({ action }) => action.startsWith('secretsmanager:'));

const belowPath = (path: Text): Text => Text.join([path, anyPart('rest of a path')]);

/** Options of the AWS CLI and of PowerShell, and arguments of SDKs, before the name of a bucket or a secret: in lower case, without hyphens. */
const OPTIONS: ReadonlyMap<string, WritesOf> = new Map([
  ...['bucket', 'bucketname', 's3bucket'].map((name) => [name, writesBelow] as const),
  ...['secretid', 'secretidlist', 'getsecsecretvalue'].map((name) => [name, ofSecret] as const),
]);

/** Those of requests that read parameters, which others also have. */
const OPTIONS_OF_PARAMETERS: ReadonlyMap<string, WritesOf> = new Map([
  ...['name', 'names'].map((name) => [name, writesOfParameter] as const),
  ['path', (path) => [path, belowPath(path)].flatMap(writesOfParameter)],
]);

const READS_PARAMETERS = /get[-_]?parameter|ssmparameter|systemsmanager\/parameters/i;

/**
 * Methods whose first argument is a name, of boto3 and of libraries for parameters and secrets.
 *
 * @see https://docs.aws.amazon.com/boto3/latest/reference/services/s3.html
 * @see https://docs.aws.amazon.com/powertools/python/latest/utilities/parameters/
 * @see https://github.com/aws/aws-secretsmanager-caching-python
 */
const METHODS: ReadonlyMap<string, WritesOf> = new Map([
  ...['Bucket', 'Object', 'ObjectSummary', 'download_file', 'download_fileobj'].map((name) => [name, writesBelow] as const),
  ...['get_secret', 'get_secret_string', 'get_secret_binary'].map((name) => [name, ofSecret] as const),
  ['get_parameter', writesOfParameter],
]);

/** The options of AWS CodeCommit, which Amazon ECR also has. */
const OPTIONS_OF_REPOSITORIES: ReadonlyMap<string, WritesOf> = new Map([['repositoryname', writesOfRepository]]);

const READS_REPOSITORIES = /^codecommit$/i;

/** How many words can be between such a request and its option, or between a tool and the path of its mount. */
const MOST_WORDS = 12;

/** Tools that mount a bucket, and whose arguments are its name and a path. */
const MOUNTS = /(^|\/)(goofys|mount-s3|s3fs)$/;

/** Tools that start a program with the parameters, or the secrets, of services as its variables. @see https://github.com/segmentio/chamber */
const SETS_VARIABLES = /(^|\/)chamber$/;

/** Tools that write files from parameters, all or those below a prefix. @see https://github.com/kelseyhightower/confd/blob/master/docs/command-line-flags.md */
const WRITES_FILES = /(^|\/)confd$/;

/** How such a tool and the bucket are in a file system table. @see https://github.com/s3fs-fuse/s3fs-fuse/wiki/Fuse-Over-Amazon */
const [MOUNTED, MOUNTS_BEFORE] = [/^(goofys|mount-s3|s3fs)#/, /^fuse\.(goofys|mount-s3|s3fs)$/];

/** How rclone and the client of MinIO name what is in a bucket. @see https://rclone.org/s3/ */
const REMOTE = /^:?s3(:|\/(?!\/))(?=[\w.-]+|$)/;

/** The same with settings of rclone. @see https://rclone.org/docs/#connection-strings */
const WITH_SETTINGS = /:s3,[^\s:"']{1,200}:([^\s"']+)/g;

/** How documents of AWS Systems Manager name a parameter. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-param-runcommand.html */
const IN_DOCUMENT = /^ssm(-secure)?:(?=[\w/.-])/;

/**
 * What changes the buckets, the repositories, the secrets and the parameters that a script names, also those that the templates do not create. Nothing is known of a
 * variable: other forms of the script have values in its place.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/ssm/get-parameters-by-path.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/get-secret-value.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3api/get-object.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html for the URLs of an extension
 */
export function writesNamedIn(script: Text): CodeWrite[] {
  const words = wordsOf(script, SEPARATORS);
  let [lastRead, lastRepository] = [-Infinity, -Infinity];
  const withSettings = matchesIn(script, WITH_SETTINGS).flatMap(([place]) => writesBelow(withoutVariables(place)));
  return [...withSettings, ...words.flatMap((word, i) => {
    const { start } = word;
    lastRead = READS_PARAMETERS.test(start) ? i : lastRead;
    lastRepository = READS_REPOSITORIES.test(start) ? i : lastRepository;
    if (isRepository(word)) {
      return writesTo(withoutVariables(word));
    }
    const remote = REMOTE.exec(start)?.[0];
    if (remote) {
      return writesOfRemote(withoutVariables(withoutPrefix(word, remote)));
    }
    const mounted = MOUNTED.exec(start)?.[0];
    if (mounted || MOUNTS_BEFORE.test(start)) {
      return [mounted ? withoutPrefix(word, mounted) : words[i - 2]].flatMap((bucket) => (bucket ? writesOfMounted(bucket) : []));
    }
    const inDocument = IN_DOCUMENT.exec(start)?.[0];
    if (inDocument) {
      return writesOfParameter(withoutPrefix(word, inDocument));
    }
    if (MOUNTS.test(start)) {
      const rest = words.slice(i + 1, i + MOST_WORDS);
      return rest.slice(0, Math.max(rest.findIndex((one) => one.startsWith('/')), 0)).filter(isName).flatMap(writesBelow);
    }
    if (SETS_VARIABLES.test(start) || WRITES_FILES.test(start)) {
      return writesOfTool(words.slice(i, i + MOST_WORDS));
    }
    const option = start.slice(start.lastIndexOf('?') + 1).toLowerCase().replace(/[-_:]/g, '');
    const writesOf = METHODS.get(start.slice(start.lastIndexOf('.') + 1 || start.length))
      ?? OPTIONS.get(option)
      ?? (i - lastRead < MOST_WORDS ? OPTIONS_OF_PARAMETERS.get(option) : undefined)
      ?? (i - lastRepository < MOST_WORDS ? OPTIONS_OF_REPOSITORIES.get(option) : undefined);
    return writesOf ? namesAfter(words, i, LISTS.has(option)).flatMap((named) => writesOf(withoutVariables(named))) : [];
  })];
}

/**
 * AWS Systems Manager names a bucket and an object in it, also after a Region, with colons.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state-manager-using-mof-file.html
 */
function writesOfRemote(place: Text): CodeWrite[] {
  const pieces = wordsOf(place, /:/);
  return place.parts.length === 0 ? [] : pieces.length === 1 ? writesBelow(place) : writesOfObject(Text.join(pieces.slice(-2), '/'));
}

/** A folder of the bucket can be after it. */
const writesOfMounted = (bucket: Text): CodeWrite[] => writesBelow(withoutVariables(wordsOf(bucket, /:/)[0]));

/** What changes the parameters that a tool gets by itself, with its arguments. */
function writesOfTool(words: readonly Text[]): CodeWrite[] {
  const after = (option: RegExp) => words.slice(words.findIndex(({ literal = '' }) => option.test(literal)) + 1 || words.length).filter(isName);
  if (SETS_VARIABLES.test(words[0].start)) {
    const end = words.findIndex(({ literal }) => literal === '--');
    const services = after(/^(env|exec|export|read)$/).filter((word, i) => (end < 0 ? i === 0 : words.indexOf(word) < end)).map(withoutVariables);
    return services.flatMap((service) => [...writesOfParameter(belowPath(Text.join([Text.of('/'), service, Text.of('/')]))), ...ofSecret(service)]);
  }
  return words.some(({ literal }) => literal === 'ssm') ? writesOfParameter(belowPath(after(/^--?prefix$/)[0] ?? Text.EMPTY)) : [];
}

/** Options with several names. */
const LISTS = new Set(['names', 'secretidlist']);

function namesAfter(words: readonly Text[], i: number, isList: boolean): Text[] {
  const rest = words.slice(i + 1, i + 1 + (isList ? MOST_WORDS : 1));
  const end = rest.findIndex(({ start }) => start.startsWith('-'));
  return (end < 0 ? rest : rest.slice(0, end)).filter(isName).map(decoded);
}

/** Names in URLs. */
const decoded = ({ parts }: Text): Text =>
  Text.join(parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(/%2f/gi, '/').replace(/%3a/gi, ':') : part)));

/** Not another option, not only a variable, and nothing of the templates, which `StartCode` finds by its name. */
const isName = (word: Text): boolean => (word.start === '' ? !isReference(word) && word.parts.length > 0 : !/^(-|\$|%(?![\dA-Fa-f]{2}))/.test(word.start));

/** What follows a variable of a shell is not known. */
function withoutVariables(word: Text): Text {
  const i = word.parts.findIndex((part) => typeof part === 'string' && part.includes('$'));
  return i < 0 ? word : Text.join([...word.parts.slice(0, i).map(Text.ofPart), Text.of(`${word.parts[i]}`.split('$')[0]), anyPart('rest of a name')]);
}
