import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { endsWithSlash, literalOf, textOf } from '../../values/text-parts';
import { CodeWrite, writesBelow, writesOfObject, writesOfRepository, writesOfTag, writesTo } from '../code-writes';
import { StackResource } from '../stack-resources';

const PROJECT = 'AWS::CodeBuild::Project';
const PIPELINE = 'AWS::CodePipeline::Pipeline';

/** The requests that change the sources of a build or a pipeline, what it makes of them, or its cache. Builds run what these say. */
export const writesOfSources = (resource: StackResource): CodeWrite[] =>
  (resource.type === PROJECT ? ofProject(resource) : resource.type === PIPELINE ? ofPipeline(resource) : []);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-source.html */
function ofProject(project: StackResource): CodeWrite[] {
  const sources = mapsIn(project.property('Source'), project.property('SecondarySources'));
  const caches = mapsIn(project.property('Cache')).filter((cache) => mayBe(cache.get('Type'), 'S3')).map((cache) => textOf(cache.get('Location')));
  return [...sources.flatMap(ofSource), ...caches.flatMap((location) => (location ? writesBelow(location) : []))];
}

function ofSource(source: ResolvedMap): CodeWrite[] {
  const [type, location, buildspec] = [source.get('Type'), textOf(source.get('Location')), textOf(source.get('BuildSpec'))];
  return [
    ...(location && mayBe(type, 'S3') ? (endsWithSlash(location) ? writesBelow(location) : writesOfObject(location)) : []),
    ...(location && mayBe(type, 'CODECOMMIT') ? writesOfRepository(location) : []),
    ...(buildspec?.start.startsWith('arn:') ? writesTo(buildspec) : []),
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html */
function ofPipeline(pipeline: StackResource): CodeWrite[] {
  const stores = mapsIn(pipeline.property('ArtifactStore'), ...mapsIn(pipeline.property('ArtifactStores')).map((store) => store.get('ArtifactStore')));
  const artifacts = stores.map((store) => textOf(store.get('Location'))).flatMap((bucket) => (bucket ? writesBelow(bucket) : []));
  return [
    ...artifacts,
    ...namedIn(pipeline, 'CodeCommit', 'RepositoryName').flatMap(([repository]) => writesOfRepository(repository)),
    ...namedIn(pipeline, 'ECR', 'RepositoryName').flatMap(([repository]) => writesOfTag(repository)),
    ...namedIn(pipeline, 'S3', 'S3Bucket', 'S3ObjectKey').flatMap((parts) => writesOfObject(Text.join(parts, '/'))),
  ];
}

/** The names of the projects that a pipeline runs. */
export const projectsOf = (pipeline: StackResource): Text[] => namedIn(pipeline, 'CodeBuild', 'ProjectName').flat();

/** What the actions of a provider name, each all of some properties. */
function namedIn(pipeline: StackResource, provider: string, ...properties: string[]): Text[][] {
  const actions = mapsIn(...mapsIn(pipeline.property('Stages')).map((stage) => stage.get('Actions')));
  const ofProvider = actions.filter((action) => mapsIn(action.get('ActionTypeId')).some((type) => mayBe(type.get('Provider'), provider)));
  return ofProvider.flatMap((action) => mapsIn(action.get('Configuration')))
    .map((configuration) => properties.flatMap((property) => textOf(configuration.get(property)) ?? []))
    .filter((texts) => texts.length === properties.length);
}

const mapsIn = (...values: Resolved[]): ResolvedMap[] => values.flatMap(listOf).flatMap((value) => (value instanceof ResolvedMap ? [value] : []));

/** Whether a value is a literal, or might be. */
const mayBe = (value: Resolved, literal: string): boolean => value !== undefined && (literalOf(value) ?? literal) === literal;
