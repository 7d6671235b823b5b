import { CodeWrite, writesOfStored, writesTo } from './code-writes';
import { StartCode } from './deployment/start-code';
import { wordsIn } from './image-names';
import { StackResources } from './stack-resources';
import { objectOf } from '../values/json-text';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

/** Properties of containers, builds, and steps of workflows, with what their shell runs. */
const SCRIPTS = ['args', 'buildspec', 'command', 'entrypoint', 'script', 'source'];

/** Properties with the model that a server loads, which is code in many formats. @see https://kserve.github.io/website/docs/model-serving/storage/providers/s3 */
const MODELS = /^(storage|model)_?uris?$/i;

/** How a script starts. */
const SHEBANG = '#!';

/** How the location of a file can start, unless it is on a host that is certainly not of Amazon S3. */
const SCHEMES = /^(s3[an]?:|https?:\/\/([^/]*$|[^/]*\bs3\b[^/]*\/))/;

/** How a location of a repository of AWS CodeCommit can start, which pods clone to run what is in it. */
const REPOSITORY = /^(https:\/\/git-codecommit\.|codecommit::)/;

/** Files of tables and texts, which nothing runs. */
const OF_DATA = /\.(avro|csv|jsonl|log|ndjson|orc|parquet|tsv|txt)(\.\w+)?$/i;

/** Which texts are scripts. */
type IsScript = (text: Text, property: string) => boolean;

/** Of a Kubernetes object, which can have texts of any kind. A model can be a folder, as what a script copies. */
const inObject: IsScript = (text, property) =>
  text.startsWith(SHEBANG) || MODELS.test(property) || (SCRIPTS.includes(property.toLowerCase()) && hasSpaces(text));

/** Of a resource that runs code, any text of several words, except comments, and expressions of state machines, which read data. */
const inProgram: IsScript = (text, property) => hasSpaces(text) && !/(comment|description|\.\$)$/i.test(property) && !text.startsWith('{%');

/**
 * Where Kubernetes objects, and resources that run code with a role, say that code comes from, besides images: what a script names, and a file in a bucket, or a
 * repository, that any other text names, such as the archive of a job. A bucket, or a folder in it, that is neither in a script nor that of a model is taken for one with data.
 */
export class CodeLocations {
  static ofObjects(resources: StackResources): CodeLocations {
    return new CodeLocations(resources, inObject);
  }

  static ofPrograms(resources: StackResources): CodeLocations {
    return new CodeLocations(resources, inProgram);
  }

  private readonly names: StartCode;

  private constructor(resources: StackResources, private readonly isScript: IsScript) {
    this.names = new StartCode(resources);
  }

  /** The requests that change what a value names. */
  writesOf(value: Resolved, property = ''): CodeWrite[] {
    if (value instanceof ResolvedMap) {
      return value.entries.flatMap(([{ literal }, inner]) => this.writesOf(inner, literal));
    }
    if (Array.isArray(value)) {
      return value.flatMap((item) => this.writesOf(item, property));
    }
    return value === undefined ? [] : this.writesOfText(value, property);
  }

  private writesOfText(text: Text, property: string): CodeWrite[] {
    const read = objectOf(text);
    if (read instanceof ResolvedMap) {
      return this.writesOf(read, property);
    }
    if (this.isScript(text, property)) {
      return this.names.writesOfScript(text);
    }
    const stored = SCRIPTS.includes(property.toLowerCase()) ? writesOfStored(text) : [];
    const words = wordsIn(text);
    const cloned = words.filter(({ start }) => REPOSITORY.test(start)).flatMap(writesTo);
    return [...stored, ...cloned, ...words.filter(isFile).flatMap((word) => this.writesOfFile(word))];
  }

  /** The names of other resources can be parts of a URL. */
  private writesOfFile(location: Text): CodeWrite[] {
    return this.names.writesOfScript(location).filter(({ action }) => /^s3(express)?:/.test(action));
  }
}

const hasSpaces = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && /\s/.test(part));

/** Whether a location is one of a file, which is not of data, or ends with what only the deployment knows. */
function isFile(location: Text): boolean {
  const path = location.toString().split('://')[1] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return SCHEMES.test(location.start) && path.includes('/') && (typeof location.parts.at(-1) !== 'string' || /[.*]\w*$/.test(name)) && !OF_DATA.test(name);
}
