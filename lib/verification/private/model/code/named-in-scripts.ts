import { anyPart, CodeWrite } from './code-write';
import { isRepository, writesBelow, writesOfRepository, writesTo } from './code-writes';
import { writesOfParameter, writesOfStoredValue } from './stored-writes';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, withoutPrefix } from '../../values/text-parts';

/** What is between the words of a script. */
const SEPARATORS = /[\s"'`=|;&<>()[\]{},\\]+/;

type WritesOf = (name: Text) => CodeWrite[];

const ofSecret: WritesOf = (name) => writesOfStoredValue(name).filter(({ action }) => action.startsWith('secretsmanager:'));

/** Options of the AWS CLI and of PowerShell, and arguments of SDKs, before the name of a bucket or a secret: in lower case, without hyphens. */
const OPTIONS: ReadonlyMap<string, WritesOf> = new Map([
  ...['bucket', 'bucketname'].map((name) => [name, writesBelow] as const),
  ...['secretid', 'secretidlist', 'getsecsecretvalue'].map((name) => [name, ofSecret] as const),
]);

/** Those of requests that read parameters, which others also have. */
const OPTIONS_OF_PARAMETERS: ReadonlyMap<string, WritesOf> = new Map([
  ...['name', 'names'].map((name) => [name, writesOfParameter] as const),
  ['path', (path) => [path, Text.join([path, anyPart('rest of a path')])].flatMap(writesOfParameter)],
]);

const READS_PARAMETERS = /get[-_]?parameter|ssmparameter/i;

/** The options of AWS CodeCommit, which Amazon ECR also has. */
const OPTIONS_OF_REPOSITORIES: ReadonlyMap<string, WritesOf> = new Map([['repositoryname', writesOfRepository]]);

const READS_REPOSITORIES = /^codecommit$/i;

/** How many words can be between such a request and its option, or between a tool and the path of its mount. */
const MOST_WORDS = 12;

/** Tools that mount a bucket, and whose arguments are its name and a path. */
const MOUNTS = /(^|\/)(goofys|mount-s3|s3fs)$/;

/** How rclone and the client of MinIO name what is in a bucket. @see https://rclone.org/s3/ */
const REMOTE = /^:?s3(:|\/(?!\/))(?=[\w.-]+)/;

/** How documents of AWS Systems Manager name a parameter. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-param-runcommand.html */
const IN_DOCUMENT = /^ssm(-secure)?:(?=[\w/.-])/;

/**
 * What changes the buckets, the repositories, the secrets and the parameters that a script names, also those that the templates do not create. Nothing is known of
 * what is only a variable.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/ssm/get-parameters-by-path.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/get-secret-value.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3api/get-object.html
 */
export function writesNamedIn(script: Text): CodeWrite[] {
  const words = wordsOf(script, SEPARATORS);
  let [lastRead, lastRepository] = [-Infinity, -Infinity];
  return words.flatMap((word, i) => {
    const { start } = word;
    lastRead = READS_PARAMETERS.test(start) ? i : lastRead;
    lastRepository = READS_REPOSITORIES.test(start) ? i : lastRepository;
    if (isRepository(word)) {
      return writesTo(withoutVariables(word));
    }
    const remote = REMOTE.exec(start)?.[0];
    if (remote) {
      return writesBelow(withoutVariables(withoutPrefix(word, remote)));
    }
    const inDocument = IN_DOCUMENT.exec(start)?.[0];
    if (inDocument) {
      return writesOfParameter(withoutPrefix(word, inDocument));
    }
    if (MOUNTS.test(start)) {
      const rest = words.slice(i + 1, i + MOST_WORDS);
      return rest.slice(0, Math.max(rest.findIndex((one) => one.startsWith('/')), 0)).filter(isName).flatMap(writesBelow);
    }
    const option = start.toLowerCase().replace(/[-_:]/g, '');
    const writesOf = OPTIONS.get(option)
      ?? (i - lastRead < MOST_WORDS ? OPTIONS_OF_PARAMETERS.get(option) : undefined)
      ?? (i - lastRepository < MOST_WORDS ? OPTIONS_OF_REPOSITORIES.get(option) : undefined);
    return writesOf ? namesAfter(words, i, LISTS.has(option)).flatMap((named) => writesOf(withoutVariables(named))) : [];
  });
}

/** Options with several names. */
const LISTS = new Set(['names', 'secretidlist']);

function namesAfter(words: readonly Text[], i: number, isList: boolean): Text[] {
  const rest = words.slice(i + 1, i + 1 + (isList ? MOST_WORDS : 1));
  const end = rest.findIndex(({ start }) => start.startsWith('-'));
  return (end < 0 ? rest : rest.slice(0, end)).filter(isName);
}

/** Not another option, not only a variable, and nothing of the templates, which `StartCode` finds by its name. */
const isName = (word: Text): boolean => (word.start === '' ? !isReference(word) && word.parts.length > 0 : !/^[-$%]/.test(word.start));

/** What follows a variable of a shell is not known. */
function withoutVariables(word: Text): Text {
  const i = word.parts.findIndex((part) => typeof part === 'string' && part.includes('$'));
  return i < 0 ? word : Text.join([...word.parts.slice(0, i).map(Text.ofPart), Text.of(`${word.parts[i]}`.split('$')[0]), anyPart('rest of a name')]);
}
