import { objectOf } from '../../values/json-text';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { endsWithSlash, isText, textOf, textsIn } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { writesBelow, writesOfObject, writesOfRepository, writesOfTag, writesTo } from '../code/code-writes';
import { hostsOf, writesAt } from '../code/fetched-hosts';
import { ANY_HOST, writesOfGitHost, writesOfGitUrl, writesOfSomeConnection } from '../code/git-repositories';
import { readsOfSecret } from '../code/stored-writes';
import { isOpenWord } from '../code/unknown-names';
import { StackResource } from '../stack-resource';

const PROJECT = 'AWS::CodeBuild::Project';
const PIPELINE = 'AWS::CodePipeline::Pipeline';

/** The requests that change the sources of a build or a pipeline, what it makes of them, or its cache. Builds run what these say. */
export const writesOfSources = (resource: StackResource): CodeWrite[] =>
  (resource.type === PROJECT ? ofProject(resource) : resource.type === PIPELINE ? ofPipeline(resource)
    : REPOSITORIES.flatMap((property) => textsIn(resource.property(property))).filter(isOpenWord).flatMap(() => writesOfGitHost(ANY_HOST)));

/**
 * Properties with repositories that a build of AWS Amplify gets, or a notebook of Amazon SageMaker.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amplify-app.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-notebookinstance.html
 */
const REPOSITORIES = ['Repository', 'DefaultCodeRepository', 'AdditionalCodeRepositories'];

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-codebuild-project-source.html */
function ofProject(project: StackResource): CodeWrite[] {
  const sources = objectsIn(project.property('Source'), project.property('SecondarySources'));
  const caches = objectsIn(project.property('Cache')).filter((cache) => mayBe(valueAt(cache, 'Type'), 'S3')).map((cache) => textOf(valueAt(cache, 'Location')));
  return [...sources.flatMap(ofSource), ...caches.flatMap((location) => (location ? writesBelow(location) : []))];
}

/** Types of sources at a host that is not one of a Git provider itself, and whose URLs need no `.git`. */
const SELF_MANAGED = ['GITHUB_ENTERPRISE', 'GITLAB_SELF_MANAGED'];

/** The types of sources at a Git provider, with its host. */
const OF_PROVIDERS: { readonly [type: string]: string } = { BITBUCKET: 'bitbucket.org', GITHUB: 'github.com', GITLAB: 'gitlab.com' };

/**
 * In place of the URL of a repository, if the webhook is for all of an organization.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/github-global-organization-webhook.html
 */
const OF_WEBHOOK = 'CODEBUILD_DEFAULT_WEBHOOK_SOURCE_LOCATION';

/** The type says where a repository is of which only the deployment, or the webhook, knows which one it is. */
const writesOfProvider = (type: Resolved, { literal = OF_WEBHOOK }: Text): CodeWrite[] => (literal !== OF_WEBHOOK ? []
  : Object.entries(OF_PROVIDERS).flatMap(([name, host]) => (mayBe(type, name) ? writesOfGitHost(Text.of(host)) : [])));

/** The same of one source of a build, which has a type and a location. */
export function ofSource(source: Resolved): CodeWrite[] {
  const [type, location, buildspec] = [valueAt(source, 'Type'), textOf(valueAt(source, 'Location')), textOf(valueAt(source, 'BuildSpec'))];
  const [authType, auth] = [valueAt(source, 'Auth', 'Type'), textOf(valueAt(source, 'Auth', 'Resource'))];
  return [
    ...(location && mayBe(type, 'S3') ? (endsWithSlash(location) ? writesBelow(location) : writesOfObject(location)) : []),
    ...(location ? [...writesOfGitUrl(location), ...writesOfProvider(type, location)] : []),
    ...(location && SELF_MANAGED.some((name) => mayBe(type, name)) ? writesAt(hostsOf(location)) : []),
    ...(location && mayBe(type, 'CODECOMMIT') ? writesOfRepository(location) : []),
    ...(buildspec?.start.startsWith('arn:') ? writesTo(buildspec) : []),
    ...(auth && mayBe(authType, 'CODECONNECTIONS') ? writesOfSomeConnection(auth) : []),
    ...(auth && mayBe(authType, 'SECRETS_MANAGER') ? readsOfSecret(auth) : []), // it has a token with which one can push, too
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html */
function ofPipeline(pipeline: StackResource): CodeWrite[] {
  const stores = objectsIn(pipeline.property('ArtifactStore'), ...objectsIn(pipeline.property('ArtifactStores')).map((store) => valueAt(store, 'ArtifactStore')));
  const artifacts = stores.map((store) => textOf(valueAt(store, 'Location'))).flatMap((bucket) => (bucket ? writesBelow(bucket) : []));
  return [
    ...artifacts,
    ...namedIn(pipeline, 'CodeCommit', 'RepositoryName').flatMap(([repository]) => writesOfRepository(repository)),
    ...namedIn(pipeline, 'CodeStarSourceConnection', 'ConnectionArn').flatMap(([arn]) => writesOfSomeConnection(arn)),
    ...(namedIn(pipeline, 'GitHub', 'Repo').length > 0 ? writesOfGitHost(ANY_HOST) : []),
    ...namedIn(pipeline, 'ECR', 'RepositoryName').flatMap(([repository]) => writesOfTag(repository)),
    ...namedIn(pipeline, 'S3', 'S3Bucket', 'S3ObjectKey').flatMap((parts) => writesOfObject(Text.join(parts, '/'))),
  ];
}

/** The names of the projects that a pipeline runs. */
export const projectsOf = (pipeline: StackResource): Text[] => namedIn(pipeline, 'CodeBuild', 'ProjectName').flat();

/** What the actions of a provider name, each all of some properties. */
function namedIn(pipeline: StackResource, provider: string, ...properties: string[]): Text[][] {
  const actions = objectsIn(...objectsIn(pipeline.property('Stages')).map((stage) => valueAt(stage, 'Actions')));
  const ofProvider = actions.filter((action) => mayBe(valueAt(action, 'ActionTypeId', 'Provider'), provider));
  return ofProvider.flatMap((action) => objectsIn(valueAt(action, 'Configuration')))
    .map((configuration) => properties.flatMap((property) => textOf(valueAt(configuration, property)) ?? []))
    .filter((texts) => texts.length === properties.length);
}

/** What is in some values: objects, or texts of them. */
const objectsIn = (...values: Resolved[]): Resolved[] => values.flatMap(listOf).map(objectOf);

/** Whether a value is a literal, or might be. */
const mayBe = (value: Resolved, literal: string): boolean => isText(value, literal) !== 'no';
