import { isGenerator } from './generators';
import { KubernetesObject } from './kubernetes-object';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf, withoutPrefix } from '../../values/text-parts';
import { anyPart, arnOf, CodeWrite, writeOf } from '../code-writes';
import { ObjectSource } from '../object-source';

/** Requests that change a branch of a repository. @see https://docs.aws.amazon.com/codecommit/latest/userguide/auth-and-access-control-permissions-reference.html */
const OF_CODECOMMIT = [
  'codecommit:GitPush', 'codecommit:CreateCommit', 'codecommit:PutFile', 'codecommit:MergeBranchesByFastForward', 'codecommit:MergeBranchesBySquash',
  'codecommit:MergeBranchesByThreeWay', 'codecommit:MergePullRequestByFastForward', 'codecommit:MergePullRequestBySquash',
  'codecommit:MergePullRequestByThreeWay',
];

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
      ...bucket ? [Text.join([Text.of('s3:/'), bucket, anyPart('key')], '/')] : [],
      ...locations.filter(isInRegistry).flatMap((url) => (object.kind === 'OCIRepository' ? [url] : [url, Text.join([url, anyPart('chart')], '/')])),
    ].flatMap((location) => writeOf(location) ?? []),
  ];
}

const isInRegistry = (location: Text): boolean => location.startsWith('s3://') || textAfter(location, '.dkr.ecr.') !== undefined;

function writesOfCodeCommit(location: Text): CodeWrite[] {
  const repository = location.startsWith('codecommit::') ? textAfter(location, '://') : textAfter(location, '/v1/repos/');
  return repository ? OF_CODECOMMIT.map((action) => ({ action, arn: arnOf('codecommit', repository, anyPart('Region'), anyPart('account')) })) : [];
}

const textsIn = (value: Resolved): Text[] => (value instanceof Text ? [value]
  : value instanceof ResolvedMap ? value.entries.flatMap(([, inner]) => textsIn(inner))
    : Array.isArray(value) ? value.flatMap(textsIn) : []);
