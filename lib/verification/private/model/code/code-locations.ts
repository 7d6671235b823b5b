import { isNameOfCode } from './code-names';
import { anyPart, CodeWrite } from './code-write';
import { isRepository, writesOfLocation, writesOfTag, writesTo } from './code-writes';
import { entryOf, OF_COMMAND } from './commands';
import { locationsInVariables, usesVariable, variablesOf } from './container-variables';
import { isUnreadable, withTextsInBase64 } from './decoded-text';
import { formsOfScript, formsOfValue } from './filled-values';
import { gitHostsNamed, writesOfGitHost } from './git-repositories';
import { wordsIn } from './image-names';
import { pairIn } from './object-locations';
import { writesOfPackages } from './packages';
import { commandsIn, runsWhatItGets } from './shell-commands';
import { StartCode } from './start-code';
import { writesOfTaken } from './stored-writes';
import { isOpenWord, writesOfUnknownNames } from './unknown-names';
import { parseJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, literalOf, textsIn } from '../../values/text-parts';
import { StackResources } from '../stack-resources';

/** Properties of containers, builds, and steps of workflows, with what their shell runs. */
const SCRIPTS = [...OF_COMMAND, 'buildspec', 'script', 'source'];

/** Properties with the model that a server loads, which is code in many formats. @see https://kserve.github.io/website/docs/model-serving/storage/providers/s3 */
const MODELS = /^storage_?uris?$/i;

/** Other properties with where code is. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-omics-workflow.html */
const PLACES = /^(code_?s3_?location|definition_?uri|main_?application_?file|storage_?uris?|schema_?handler_?package|script_?uri|extra_?\w+_?s3_?path|\w*processor_?source_?uri)$/i;

/** How the names of others end, with a name of code before. A path can be one in a bucket or a container, and a function is asked. */
const OPEN_PLACE = /^(?!.*(function|workspace)).*(jar|location|s3|ur[il])s?$/i;

/** How a script starts. */
const SHEBANG = '#!';

/** How the location of a file can start. */
const SCHEMES = /^(s3[an]?|https?):\/\//;

/** The ARN of an object that is a file. */
const OBJECT = /^arn:.*:s3:::[^/]+\/[^*]*\.\w+$/;

/** How the location of a file can start on a host that is certainly not of Amazon S3. */
const ELSEWHERE = /^https?:\/\/(?![^/]*\bs3\b)[^/]*\//;

/** Files of tables and texts, which nothing runs. */
const OF_DATA = /\.(avro|csv|jsonl|log|ndjson|orc|parquet|tsv|txt)(\.\w+)?$/i;

/** Properties with what describes something, such as where its source is. */
const ABOUT = /^(annotations|description|labels|metadata|tags)$/i;

/** What is above a value. */
class Within {
  static readonly NOTHING = new Within('', false, false, false);

  private constructor(readonly property: string, readonly isCode: boolean, readonly isWritten: boolean, readonly isAbout: boolean) {}

  below(property: string): Within {
    return new Within(property, this.isCode || isNameOfCode(property), this.isWritten || property === 'outputs', this.isAbout || ABOUT.test(property));
  }
}

/** Which texts are scripts. */
type IsScript = (text: Text, property: string) => boolean;

/** Of a Kubernetes object, which can have texts of any kind. A script runs what it gets, whatever its property is called. The model of a server can be a folder. */
const inObject: IsScript = (text, property) =>
  text.startsWith(SHEBANG) || MODELS.test(property) || (hasSpaces(text) && (SCRIPTS.includes(property.toLowerCase()) || commandsIn(`${text}`).some(runsWhatItGets)));

/** Of a resource that runs code, any text of several words, except comments, and expressions of state machines, which read data. */
const inProgram: IsScript = (text, property) =>
  (hasSpaces(text) || isUnreadable(text)) && !/(comment|description|\.\$)$/i.test(property) && !text.startsWith('{%');

/**
 * Where Kubernetes objects, and resources that run code with a role, say that code comes from, besides images: what a script names, and a file in a bucket, or a
 * repository, that any other text names, such as the archive of a job. The words of a list can be a script, too. A bucket, or a folder in it, that is not in a script,
 * and that has no name of code, is taken for one with data.
 */
export class CodeLocations {
  static ofObjects(resources: StackResources): CodeLocations {
    return new CodeLocations(resources, inObject, true);
  }

  static ofPrograms(resources: StackResources): CodeLocations {
    return new CodeLocations(resources, inProgram, false);
  }

  private readonly names: StartCode;

  /** @param hasPairs whether a bucket and a key side by side are read here, too. */
  private constructor(resources: StackResources, private readonly isScript: IsScript, private readonly hasPairs: boolean) {
    this.names = new StartCode(resources, hasPairs);
  }

  /** The requests that change what a value names. */
  writesOf(value: Resolved): CodeWrite[] {
    return formsOfValue(value).flatMap((form) => this.writesBelow(form, Within.NOTHING));
  }

  private writesBelow(value: Resolved, within: Within): CodeWrite[] {
    if (value instanceof ResolvedMap) {
      const inContainer = [...this.writesOfWords(commandIn(value)), ...this.writesOfVariables(value)];
      const inEntries = value.entries.flatMap(([{ literal = '' }, inner]) =>
        this.writesBelow(inner, within.below((literal.toLowerCase() === 'value' ? nameIn(value) : undefined) ?? literal)));
      const inPairs = this.hasPairs ? locationsIn(value, within) : [];
      return [...inContainer, ...inEntries, ...environmentFile(value).flatMap(writesOfLocation), ...inPairs.flatMap(writesTo)];
    }
    if (Array.isArray(value)) {
      return [...this.writesOfWords(value), ...value.flatMap((item) => this.writesBelow(item, within))];
    }
    return value === undefined ? [] : this.writesOfText(value, within);
  }

  /** The requests that change what a value may name of which nothing is known. */
  get writesOfAnything(): CodeWrite[] {
    return [...this.names.writesOfAnything, ...writesOfTag(anyPart('repository'))];
  }

  /** A list of words is a script if it gets something from elsewhere. Otherwise, they are the arguments of a program, which can name data. */
  private writesOfWords(values: readonly Resolved[]): CodeWrite[] {
    const words = values.filter((value) => value instanceof Text);
    return words.length < 2 ? [] : getsSomething(words) ? this.names.writesOfScript(Text.join(words, ' '))
      : [
        ...namedAsCode(words.flatMap(wordsIn)).flatMap((word) => this.writesOfFile(word)), ...gitHostsNamed(words).flatMap(writesOfGitHost),
        ...[writesOfPackages, writesOfUnknownNames].flatMap((writesIn) => writesIn(Text.join(words, ' '))),
      ];
  }

  /** What a script names by a variable of its container is in the script. An entry point of the image can use any. */
  private writesOfVariables(container: ResolvedMap): CodeWrite[] {
    const variables = variablesOf(container);
    const words = variables.length > 0 ? OF_COMMAND.flatMap((name) => listOf(entryOf(container, name))).filter((word) => word instanceof Text) : [];
    const named = words.some(hasSpaces) || getsSomething(words) ? variables.filter(({ name }) => words.some((word) => usesVariable(word, name))) : [];
    return [
      ...(named.length > 0 ? this.names.writesOfScript(Text.join(named.map(({ value }) => value), ' ')) : []),
      ...locationsInVariables(variables).filter(({ location, isCode }) => isCode || isFile(location)).flatMap(({ location }) => writesTo(location)),
    ];
  }

  private writesOfText(text: Text, within: Within): CodeWrite[] {
    const [, ...encoded] = withTextsInBase64(text);
    return [text, ...encoded.flatMap(formsOfScript)].flatMap((one) => this.writesOfPlain(one, within));
  }

  private writesOfPlain(text: Text, within: Within): CodeWrite[] {
    const parsed = /^[{[]/.test(text.start) ? parseJson(text) : undefined;
    if (parsed && 'value' in parsed) {
      return this.writesBelow(parsed.value, within);
    }
    const { property } = within;
    if (isOpenWord(text) && (PLACES.test(property) || (isNameOfCode(property) && OPEN_PLACE.test(property)))) {
      return writesOfLocation(text);
    }
    if (this.isScript(text, property)) {
      return this.names.writesOfScript(text);
    }
    const stored = SCRIPTS.includes(property.toLowerCase()) ? writesOfTaken(text) : [];
    const words = wordsIn(text);
    const cloned = words.filter(isRepository).flatMap(writesTo);
    const named = isNameOfCode(property) ? words.filter(isInBucket) : namedAsCode(words);
    const ofGit = within.isAbout ? [] : gitHostsNamed([text], property).flatMap(writesOfGitHost);
    return [...stored, ...cloned, ...ofGit, ...[...words.filter(isFile), ...named].flatMap((word) => this.writesOfFile(word))];
  }

  /** The names of other resources can be parts of a URL. */
  private writesOfFile(location: Text): CodeWrite[] {
    if (location.startsWith('arn:')) {
      return writesTo(location);
    }
    return ELSEWHERE.test(location.start) ? this.names.writesBehind(location)
      : this.names.writesOfScript(location).filter(({ action }) => /^s3(express)?:/.test(action));
  }
}

/** The object whose bucket and key a map has, if it is a file. If this is code, whatever is there. */
function locationsIn(map: ResolvedMap, { isCode, isWritten }: Within): Text[] {
  const { bucket, key } = pairIn(map, isCode);
  const location = bucket && Text.join([Text.of('s3:/'), bucket, ...(key ? [key] : [])], '/');
  return location && !isWritten && (isCode || (key && isFile(location))) ? [location] : [];
}

/** The location of a file with variables of a container. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EnvironmentFile.html */
const environmentFile = (map: ResolvedMap): Text[] => (isText(map.get('Type'), 's3') === 'yes' ? textsIn(map.get('Value')) : []);

/** Locations of which the word before says that they have code, as after an option. */
const namedAsCode = (words: readonly Text[]): Text[] => words.filter((word, i) => i > 0 && isInBucket(word) && isNameOfCode(words[i - 1].toString()));

const isInBucket = ({ start }: Text): boolean => /^s3[an]?:\/\//.test(start);

/** Of a variable or a parameter. */
const nameIn = (map: ResolvedMap): string | undefined => literalOf(entryOf(map, 'name'));

/** The words of the command of a container, if several properties have them. */
function commandIn(map: ResolvedMap): Resolved[] {
  const parts = OF_COMMAND.map((name) => listOf(entryOf(map, name))).filter(({ length }) => length > 0);
  return parts.length > 1 ? parts.flat() : [];
}

/** Words, or parts of them, by which tools such as the AWS CLI, git, pip and rclone get files from elsewhere. */
const GETS = /(?<![a-z\d])(checkout|clone|copy|cp|curl|download|fetch|get|goofys|install|mirror|mount|pull|s3fs|sync|wget)(?![a-z\d])/i;

/** The AWS CLI, its commands, as they are in the arguments of an image with it, and tools that get parameters by themselves. */
const AWS_CLI = /^(aws|s3|s3api|ssm|secretsmanager|codecommit|chamber|confd)$/;

/** Where a tool puts what it gets: a path, the current folder, or its output. */
const PATH = /^([./~].*|-)$/;

/** Whether a command gets something from elsewhere: it says so, or names a location and then a path. Options say nothing about it. */
function getsSomething(words: readonly Text[]): boolean {
  const all = words.flatMap((word) => wordsOf(word, /\s+/));
  return all.some((word, i) => {
    const name = word.toString();
    const last = name.slice(name.lastIndexOf('/') + 1);
    return name.includes('://') ? PATH.test(all[i + 1]?.toString() ?? '') : !name.startsWith('-') && (GETS.test(last) || AWS_CLI.test(last));
  });
}

const hasSpaces = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\s/.test(part));

/** Whether a location is one of a file, which is not of data, or ends with what only the deployment knows. */
export function isFile(location: Text): boolean {
  const written = location.toString();
  const path = written.split('://')[1] ?? '';
  const name = written.slice(written.lastIndexOf('/') + 1).replace(/#.*$/, ''); // what follows is a name of Spark for it
  const isNamed = SCHEMES.test(location.start) && path.includes('/') && (typeof location.parts.at(-1) !== 'string' || /[.*]\w*$/.test(name));
  return (isNamed || OBJECT.test(written)) && !OF_DATA.test(name);
}
