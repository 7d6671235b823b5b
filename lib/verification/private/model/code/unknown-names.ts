import { anyPart, CodeWrite } from './code-write';
import { writesOfObject, writesOfRepository, writesTo } from './code-writes';
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
  const words = all.filter(isUnknown);
  const says = (pattern: RegExp) => script.parts.some((part) => typeof part === 'string' && pattern.test(part));
  const files = words.filter(({ parts }) => OF_FILES.test(`${parts[1]}`)).map(({ parts }) => Text.ofPart(parts[0]));
  return [
    ...files.flatMap((system) => (['efs', 'other'] as const).flatMap((kind) => writesOfFiles({ kind, system }))),
    ...(words.length > 0 && says(CLONES) ? words.filter(({ parts }) => parts.length === 1).flatMap(writesOfRepository) : []),
    ...(words.length > 0 && sourcesIn(all).some((word) => isUnknown(word) && word.parts.length === 1) ? writesOfObject(anyPart('location')) : []),
    ...(words.length > 0 && says(RUNS_IMAGES) ? words.flatMap(writesTo).filter(({ action }) => action === 'ecr:PutImage') : []),
  ];
}

/** Options can be between the command and the location of an object. */
const MOST_OPTIONS = 6;

/** From where the commands of the AWS CLI get objects. @see https://docs.aws.amazon.com/cli/latest/reference/s3/cp.html */
const sourcesIn = (words: readonly Text[]): Text[] => words.flatMap((word, i) => (word.literal === 's3' && /^(cp|mv|sync)$/.test(words[i + 1]?.literal ?? '')
  ? words.slice(i + 2, i + 2 + MOST_OPTIONS).filter(({ start }) => !start.startsWith('-')).slice(0, 1) : []));

/** Whether a word starts with a value that only the deployment knows. Its account and its Region are no names. */
const isUnknown = (word: Text): boolean => word.start === '' && !isReference(word) && word.unknowns.length > 0 && !word.unknowns[0].label.startsWith('AWS::');
