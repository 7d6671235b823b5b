import { writesOfObjectsIn } from './object-locations';
import { readsOfRegistryCredentials } from './registry-credentials';
import { readsOfStores, storesOf } from './stored-reads';
import { StoredValues } from './stored-values';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn, textsUnder } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { writesOfConnection } from '../code-connections';
import { CodeLocations } from '../code-locations';
import { CodeWrite } from '../code-writes';
import { writesOfNames } from '../image-names';
import { StackResource, StackResources } from '../stack-resources';

/**
 * Properties with the token of a repository, which also lets push to it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-sourcecredential.html
 */
const OF_TOKENS = /^(OAuth|Oauth|Access)?Token$/;

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
    const tokens = textsUnder(resource.property(), OF_TOKENS).flatMap((token) => storesOf(token, resource, this.stored));
    const objects = writesOfObjectsIn(resource.property(), resource.assets);
    return [...this.writesIn(resource.property()), ...objects, ...readsOfStores(tokens), ...readsOfRegistryCredentials(resource.property())];
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
