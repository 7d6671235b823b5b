import { variablesOfBuilds } from './build-variables';
import { GivenByName } from './given-by-name';
import { writesOfVariables } from './variables-of-programs';
import { resourceType } from '../../resource-types/declarations';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CodeLocations } from '../code/code-locations';
import { CodeWrite } from '../code/code-write';
import { writesAt } from '../code/fetched-hosts';
import { formsOfValue } from '../code/filled-values';
import { writesOfConnection } from '../code/git-repositories';
import { writesOfNames } from '../code/image-names';
import { writesOfObjectsIn } from '../code/object-locations';
import { writesOfTaken } from '../code/stored-writes';
import { readsOfRegistryCredentials, writesOfRegistryImages } from '../credentials/registry-credentials';
import { readsOfTokens } from '../credentials/source-tokens';
import { StoredValues } from '../credentials/stored-values';
import { allTexts, TextBelow, textsBelow } from '../deployment/texts-below';
import { hostsOfProgram } from '../pods/fetched-code';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * Of any resource of a service that runs code, properties that say what is run, where that is, or what starts it. A value that the next deployment takes from elsewhere
 * can be any.
 */
const OF_CODE = new RegExp([
  '^(artifacts?|buildspec|code|command|content|entrypoint|handler|layers|plugins?|source|steps?|targets?)$',
  '^definition|(?<!de|sub|tran)script|location$|arguments$|^s3(bucket|key|objectversion|uri)$', '^(authtype|eventsourcearn)$',
].join('|'), 'i');

/** Of a resource with a role, properties that do not decide what it does. All others may, so that this needs no list of types. */
const OF_SETTINGS = new RegExp([
  '^(alarm|autoscaling|concurrency|dead_?letter|encryption|kms|log(?!in)|network|notification|optionsettings|placement|retry|tracing|vpc)',
  '^(runtime)?environment(?!files)', '^(architectures?|(docker)?labels|iops|monitoring|region|runtime|ulimits)$', '(secrets?|token|role)(arns?|ids?)?$',
  '(attempts|capacity|concurrency|(?<!ac)count|cpu|days|executions|hours|limit|memory|minutes|period|port|retries|seconds|size|threshold|throughput|timeout|units|workers)$',
  '^(?!\\w*(bucket|branch|config|document|file|image|key|model|module|package|repository|script))\\w*name$', '^(family|\\w*alias)$',
  '(schedule|scheduleexpression|timezone|window|zones?)$',
  '^(?!auth|(main|entry)\\w*class)\\w*(class|engine|format|mode|state|status|strategy|tier|type)$', '^(?!image)\\w*identifier$',
].join('|'), 'i');

/**
 * What the texts of resources that run code with a role name: the commands of a build or a task, the inline script of a notebook, the environment of a job, or the
 * definition of a workflow.
 */
export class ProgramTexts {
  private readonly locations: CodeLocations;
  private readonly stored: StoredValues;
  private readonly variables: GivenByName<ResolvedMap>;

  constructor(resources: StackResources) {
    this.locations = CodeLocations.ofPrograms(resources);
    this.stored = new StoredValues(resources);
    this.variables = variablesOfBuilds(resources);
  }

  /** The requests that change what a resource names, or read the token with which its source can be changed. */
  writesOf(resource: StackResource): CodeWrite[] {
    const objects = writesOfObjectsIn(resource.property(), resource.assets);
    const stored = textsOfCode(resource).flatMap(({ text }) => writesOfTaken(withoutTag(text)));
    const reads = [...readsOfTokens(resource, this.stored), ...readsOfRegistryCredentials(resource.property())];
    const started = this.asStarted(resource);
    const variables = writesOfVariables(started, this.stored);
    const served = writesAt(hostsOfProgram(started));
    const named = [...this.writesIn(started), ...objects, ...stored];
    return [...named, ...served, ...variables, ...reads, ...writesOfRegistryImages(resource.property())];
  }

  /** The properties of a resource; of a build with the variables that it gets from what starts it. */
  private asStarted(resource: StackResource): Resolved {
    const given = resource.type === 'AWS::CodeBuild::Project' ? this.variables.of(resource) : [];
    return given.length === 0 ? resource.property() : [resource.property(), given];
  }

  /** The requests that change what a value names: a script, a file, an image, or a connection to repositories. */
  writesIn(value: Resolved): CodeWrite[] {
    const texts = textsIn(value);
    const anything = texts.some(isUnread) ? this.locations.writesOfAnything : [];
    const images = formsOfValue(value).flatMap((form) => writesOfNames(form));
    return [...anything, ...this.locations.writesOf(value), ...texts.flatMap(writesOfConnection), ...images];
  }
}

const textsOfCode = (resource: StackResource): TextBelow[] => [
  ...textsBelow(resource.property(), [OF_CODE]),
  ...(resourceType(resource.type)?.program ? allTexts(resource.property(), undefined, OF_SETTINGS) : []),
];

/** An image without a tag that only the deployment knows: who decides about the tag gets another image of the same repository. */
function withoutTag(text: Text): Text {
  const [before, last] = text.parts.slice(-2);
  return typeof before === 'string' && /\/[\w.-]+:$/.test(before) && last instanceof Unknown ? Text.join(text.parts.slice(0, -1).map(Text.ofPart)) : text;
}

/** Whether a value is one that the proof does not read, such as the result of a macro. */
const isUnread = ({ parts: [first, ...others] }: Text): boolean => first instanceof Unknown && first.isUnread && others.length === 0;
