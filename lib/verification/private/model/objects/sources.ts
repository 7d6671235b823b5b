import { isGenerator, mayGenerate, OF_KUBERNETES } from './generators';
import { namesOtherCluster } from './other-clusters';
import { readsOfClusterCredentials, readsOfRepositoryCredentials, writesOfValues } from './values-from';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf, textsIn, withoutPrefix } from '../../values/text-parts';
import { writesOfBucketAt } from '../code/bucket-addresses';
import { anyPart, CodeWrite } from '../code/code-write';
import { namesRegistry, writesOfRepository, writesTo } from '../code/code-writes';
import { ANY_HOST, writesOfConnection, writesOfGitHost, writesOfGitUrl } from '../code/git-repositories';
import { ObjectSource } from '../code/object-source';
import { isOpenWord } from '../code/unknown-names';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Objects from which controllers apply others, and which say where these come from: a bucket, a repository of charts, or a repository of AWS CodeCommit. Flux also
 * writes the newest tag of an `ImageRepository` into them. A source of Flux does not say which objects of Flux use it, and for which cluster.
 * Objects of other controllers count if they name a repository of AWS CodeCommit, or one behind a connection. Images that they name are read elsewhere. What
 * fills in the values that an object takes from others is a source, too. Which cluster the credentials of a controller are for, no object says.
 *
 * @param all also those in others, which may exist.
 * @param objects those from which they may take values.
 * @see https://fluxcd.io/flux/components/source/
 * @see https://fluxcd.io/flux/guides/image-update/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export function readSources(all: readonly KubernetesObject[], objects: readonly KubernetesObject[]): ObjectSource[] {
  const ofFlux = all.filter(({ group }) => group.endsWith('.toolkit.fluxcd.io'));
  const isFluxForOthers = ofFlux.some(namesOtherCluster);
  return all.filter((object) => isKnownSource(object) || !OF_KUBERNETES.test(object.group)).flatMap((object) => {
    const label = `${object.kind} ${object.name ?? 'without a name'}`;
    const source = {
      cluster: object.cluster,
      mayBeForOthers: ofFlux.includes(object) ? isFluxForOthers : namesOtherCluster(object),
      way: `change the objects of ${label}, which a controller applies to the cluster`,
      code: [...writesOf(object), ...writesOfValues(object, objects)],
    };
    const pushed = { ...source, way: `push to the repository of ${label}, whose objects a controller applies to the cluster`, code: readsOfRepositoryCredentials(object, objects) };
    const code = readsOfClusterCredentials(object, objects);
    return [source, pushed, { cluster: object.cluster, mayBeForOthers: true, way: `sign in to the cluster as the controller of ${label}`, code }];
  }).filter(({ code }) => code.length > 0);
}

const OF_FLUX = ['source.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io'];
const isSourceOfFlux = ({ group }: KubernetesObject): boolean => OF_FLUX.includes(group);

const isKnownSource = (object: KubernetesObject): boolean => isSourceOfFlux(object) || mayGenerate(object);

/** The URLs of these kinds are those of a repository. To others, the name of a chart can be added. */
const OF_REPOSITORIES = ['OCIRepository', 'ImageRepository'];

function writesOf(object: KubernetesObject): CodeWrite[] {
  const bucket = isSourceOfFlux(object) ? textOf(object.at('spec', 'bucketName')) : undefined;
  const locations = textsIn(object.at('spec')).map((text) => withoutPrefix(text, 'oci://'));
  return [
    ...locations.flatMap(writesOfCodeCommit),
    ...locations.flatMap(writesOfConnection),
    ...(isKnownSource(object) ? urlsIn(object.at('spec')) : []).filter(({ start }) => start === '').flatMap((url) => [...writesOfRepository(ANY), ...writesTo(url)]),
    ...(isKnownSource(object) ? urlsIn(object.at('spec')).flatMap((url) => (mayBeOfGit(object, url) ? writesOfGitHost(ANY_HOST) : writesOfGitUrl(url))) : []),
    ...(isKnownSource(object) ? locations.flatMap((url) => writesOfBucketAt(withoutPrefix(url, 'https://'))) : []),
    ...(isKnownSource(object) ? [
      ...(bucket ? [Text.join([Text.of('s3:/'), bucket, anyPart('key')], '/')] : []),
      ...locations.filter(isInRegistry).flatMap((url) => (OF_REPOSITORIES.includes(object.kind) ? [url] : [url, Text.join([url, anyPart('chart')], '/')])),
    ] : []).flatMap(writesTo),
  ];
}

const ANY = anyPart('repository');

/** Sources of Flux that are no Git repositories. */
const OTHERS = ['Bucket', 'HelmRepository', ...OF_REPOSITORIES];

/** Whether only the deployment knows the URL of a source, which may then be that of any Git repository. */
const mayBeOfGit = ({ kind }: KubernetesObject, url: Text): boolean => !OTHERS.includes(kind) && isOpenWord(url);

/** Properties with the URL of a source. */
const OF_URLS = /^(repo|repoURL|repositoryURL|url)$/;

/** The URLs of sources, without the prefix of OCI registries. One whose start only the deployment knows may be that of any repository. */
const urlsIn = (value: Resolved): Text[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? item.entries.flatMap(([{ literal = '' }, inner]) => (OF_URLS.test(literal) && inner instanceof Text ? [withoutPrefix(inner, 'oci://')] : urlsIn(inner)))
  : Array.isArray(item) ? urlsIn(item) : []));

/** Properties with what a source fills in, or applies itself. */
const OF_VALUES = /^(values|valuesObject|manifest|base|set|parameters|patches)$/;

/** Others with the URL of a repository, of an API that tells which ones there are, or of a file. */
const OF_PLACES = new RegExp(`${OF_URLS.source}|^(api|chart|image|repository|valueFiles)$`);

/** The URLs of the repositories of charts and objects that a known source names, besides the values that it has for them. */
export const repositoriesOf = (object: KubernetesObject): Text[] => (isSourceOfFlux(object) || isGenerator(object)
  ? [...placesIn(object.at('spec')), ...(isSourceOfFlux(object) ? endpointOf(object) : [])] : []);

/** The server of a bucket, without a scheme. @see https://fluxcd.io/flux/components/source/buckets/#endpoint */
const endpointOf = (object: KubernetesObject): Text[] => textsIn(object.at('spec', 'endpoint')).map((endpoint) => Text.join([Text.of('https://'), endpoint]));

const placesIn = (value: Resolved): Text[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? item.entries.filter(([{ literal = '' }]) => !OF_VALUES.test(literal))
    .flatMap(([{ literal = '' }, inner]) => [...(OF_PLACES.test(literal) ? listOf(inner).filter((place) => place instanceof Text) : []), ...placesIn(inner)])
  : Array.isArray(item) ? placesIn(item) : []));

const isInRegistry = (location: Text): boolean =>
  location.startsWith('s3://') || namesRegistry(location);

function writesOfCodeCommit(location: Text): CodeWrite[] {
  const repository = location.startsWith('codecommit::') ? textAfter(location, '://') : textAfter(location, '/v1/repos/');
  return repository ? writesOfRepository(repository) : [];
}
