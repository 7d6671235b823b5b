import { isGenerator } from './generators';
import { KubernetesObject } from './kubernetes-object';
import { Text } from '../../values/text';
import { textAfter, textOf, textsIn, withoutPrefix } from '../../values/text-parts';
import { anyPart, CodeWrite, REGISTRIES, writesOfRepository, writesTo } from '../code-writes';
import { ObjectSource } from '../object-source';

/**
 * Objects from which controllers apply others, and which say where these come from: a bucket, a repository of charts, or a repository of AWS CodeCommit.
 *
 * @see https://fluxcd.io/flux/components/source/
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
export const readSources = (objects: readonly KubernetesObject[]): ObjectSource[] => objects
  .filter((object) => isOfFlux(object) || isGenerator(object))
  .map((object) => ({ cluster: object.cluster, label: `${object.kind} ${object.name ?? 'without a name'}`, code: writesOf(object) }))
  .filter(({ code }) => code.length > 0);

const isOfFlux = ({ group }: KubernetesObject): boolean => group === 'source.toolkit.fluxcd.io';

/** The URL of an `OCIRepository` is that of the repository. To others, the name of a chart can be added. */
function writesOf(object: KubernetesObject): CodeWrite[] {
  const bucket = isOfFlux(object) ? textOf(object.at('spec', 'bucketName')) : undefined;
  const locations = textsIn(object.at('spec')).map((text) => withoutPrefix(text, 'oci://'));
  return [
    ...locations.flatMap(writesOfCodeCommit),
    ...[
      ...(bucket ? [Text.join([Text.of('s3:/'), bucket, anyPart('key')], '/')] : []),
      ...locations.filter(isInRegistry).flatMap((url) => (object.kind === 'OCIRepository' ? [url] : [url, Text.join([url, anyPart('chart')], '/')])),
    ].flatMap(writesTo),
  ];
}

const isInRegistry = (location: Text): boolean =>
  location.startsWith('s3://') || REGISTRIES.some((registry) => textAfter(location, registry) !== undefined);

function writesOfCodeCommit(location: Text): CodeWrite[] {
  const repository = location.startsWith('codecommit::') ? textAfter(location, '://') : textAfter(location, '/v1/repos/');
  return repository ? writesOfRepository(repository) : [];
}
