import { writesOfObjectsIn } from './object-locations';
import { readsOfRegistryCredentials, writesOfRegistryImages } from './registry-credentials';
import { readsOfTokens } from './source-tokens';
import { StoredValues } from './stored-values';
import { textsBelow } from './texts-below';
import { writesOfVariables } from './variables-of-programs';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { writesOfConnection } from '../code-connections';
import { CodeLocations } from '../code-locations';
import { CodeWrite, writesOfTaken } from '../code-writes';
import { writesOfNames } from '../image-names';
import { StackResource, StackResources } from '../stack-resources';

/** Properties that say what is run, or where that is. A value that the next deployment takes from elsewhere can be any code. */
const OF_CODE = new RegExp([
  '^(artifacts?|buildspec|code|command|content|entrypoint|handler|layers|plugins?|source|steps?|targets?)$',
  '^definition|script|location$|arguments$|^s3(bucket|key|objectversion|uri)$',
].join('|'), 'i');

/**
 * What the texts of resources that run code with a role name: the commands of a build or a task, the inline script of a notebook, the environment of a job, or the
 * definition of a workflow.
 */
export class ProgramTexts {
  private readonly locations: CodeLocations;
  private readonly stored: StoredValues;

  constructor(resources: StackResources) {
    this.locations = CodeLocations.ofPrograms(resources);
    this.stored = new StoredValues(resources);
  }

  /** The requests that change what a resource names, or read the token with which its source can be changed. */
  writesOf(resource: StackResource): CodeWrite[] {
    const objects = writesOfObjectsIn(resource.property(), resource.assets);
    const stored = textsBelow(resource.property(), [OF_CODE]).flatMap(({ text }) => writesOfTaken(text));
    const reads = [...readsOfTokens(resource, this.stored), ...readsOfRegistryCredentials(resource.property())];
    const variables = writesOfVariables(resource.property(), this.stored);
    return [...this.writesIn(resource.property()), ...objects, ...stored, ...variables, ...reads, ...writesOfRegistryImages(resource.property())];
  }

  /** The requests that change what a value names: a script, a file, an image, or a connection to repositories. */
  writesIn(value: Resolved): CodeWrite[] {
    const texts = textsIn(value);
    const anything = texts.some(isUnread) ? this.locations.writesOfAnything : [];
    return [...anything, ...this.locations.writesOf(value), ...texts.flatMap(writesOfConnection), ...writesOfNames(value)];
  }
}

/** Whether a value is one that the proof does not read, such as the result of a macro. */
const isUnread = ({ parts: [first, ...others] }: Text): boolean => first instanceof Unknown && first.isUnread && others.length === 0;
