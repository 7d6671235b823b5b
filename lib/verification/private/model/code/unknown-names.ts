import { anyPart, CodeWrite } from './code-write';
import { writesOfLocation, writesOfObject, writesOfRepository, writesTo } from './code-writes';
import { BETWEEN } from './shell-commands';
import { BETWEEN_WORDS } from './words';
import { writesOfFiles } from './written-files';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isReference } from '../../values/text-parts';

/** What follows the ID of a file system in its address, or where a script mounts it. */
const OF_FILES = /^(:\/|\.efs\.|\.fsx\.|@tcp)/;

const CLONES = /\bgit\s+clone\b|codecommit/i;

const RUNS_IMAGES = /\b(docker|nerdctl|podman|ctr|crictl)\b/i;

/**
 * What changes what a script names by a value that only the deployment knows, such as an import: it may be any file system, any repository that the script clones, any image
 * that it runs, and any object that it gets. Values of the templates are known by their names.
 */
export function writesOfUnknownNames(script: Text): CodeWrite[] {
  const all = script.unknowns.length === 0 ? [] : wordsOf(script, BETWEEN_WORDS);
  const words = all.filter(isOpenWord);
  const says = (pattern: RegExp) => script.parts.some((part) => typeof part === 'string' && pattern.test(part));
  const files = words.filter(({ parts }) => OF_FILES.test(`${parts[1]}`)).map(({ parts }) => Text.ofPart(parts[0]));
  return [
    ...files.flatMap((system) => (['efs', 'other'] as const).flatMap((kind) => writesOfFiles({ kind, system }))),
    ...(words.length > 0 && says(CLONES) ? words.filter(({ parts }) => parts.length === 1).flatMap(writesOfRepository) : []),
    ...(words.length > 0 && GETS_OBJECTS.every(says) && wordsOf(script, BETWEEN).flatMap(sourcesIn).some(isOpenWord) ? writesOfObject(anyPart('location')) : []),
    ...(words.length > 0 && says(/\bspark-submit\b/) ? wordsOf(script, BETWEEN).flatMap(submittedIn).filter(isOpenWord).flatMap(writesOfLocation) : []),
    ...(words.length > 0 && says(RUNS_IMAGES) ? words.flatMap(writesTo).filter(({ action }) => action === 'ecr:PutImage') : []),
  ];
}

/** How the program is called that submits a file to Spark, and its options without a value. */
const [SUBMITS, FLAGS] = [/(^|\/)spark-submit$/, /^(-v|--(supervise|verbose))$/];

/**
 * The file that a command submits to Spark, which may get it from Amazon S3: the first of its words that is no option.
 *
 * @see https://spark.apache.org/docs/latest/submitting-applications.html
 * @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-submit-step.html
 */
function submittedIn(command: Text): Text[] {
  const words = wordsOf(command, BETWEEN_WORDS).filter(({ parts }) => parts.length > 0);
  const start = words.findIndex(({ start: word }) => SUBMITS.test(word));
  const isOption = ({ start: word }: Text) => word.startsWith('-');
  const isValue = (i: number) => isOption(words[i - 1]) && !FLAGS.test(words[i - 1].start);
  const file = start < 0 ? undefined : words.find((word, i) => i > start && !isOption(word) && !isValue(i));
  return file ? [file] : [];
}

/** What a script has that gets objects with the AWS CLI. */
const GETS_OBJECTS = [/\bs3\b/, /\b(cp|mv|sync)\b/];

/**
 * From where a command of the AWS CLI may get objects: its words without options, except the last one, to which it writes them.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html
 */
function sourcesIn(command: Text): Text[] {
  const words = wordsOf(command, BETWEEN_WORDS).filter(({ parts }) => parts.length > 0);
  const start = words.findIndex(({ literal }) => literal === 's3');
  const copies = start < 0 ? -1 : words.findIndex(({ literal = '' }, i) => i > start && /^(cp|mv|sync)$/.test(literal));
  return copies < 0 ? [] : words.slice(copies + 1).filter((word) => word.literal === '-' || !word.start.startsWith('-')).slice(0, -1);
}

/** Whether a word starts with a value that only the deployment knows. Its account and its Region are no names. */
export const isOpenWord = (word: Text): boolean => word.start === '' && !isReference(word) && word.unknowns.length > 0 && !word.unknowns[0].label.startsWith('AWS::');
