import { Resolved, ResolvedMap } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { FileSystems } from '../code/file-systems';
import { MountedFiles } from '../code/mounted-files';
import { StackResource } from '../stack-resource';

/** Properties whose values have the ARN of an access point. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html */
const OF_ACCESS_POINTS = /^(FileSystemConfigs|EfsAccessPoint)$/;

/** Properties with a file system of Amazon FSx. */
const OF_FSX = /FSx|Lustre/i;

/** The property of a build with the addresses of file systems. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectFileSystemLocation.html */
const OF_BUILDS = 'FileSystemLocations';

/**
 * The files that a resource mounts, as a function, a task, a job or a domain does. Whatever the kind of the resource, a property names the file system.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/efs-volumes.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-custom-file-system.html
 */
export const filesOfProgram = (resource: StackResource, systems: FileSystems): MountedFiles[] => [
  ...filesIn(resource.property(), systems),
  ...(resource.type === 'AWS::SageMaker::Domain' ? [{ kind: 'efs', system: resource.attribute('HomeEfsFileSystemId') } as const] : []),
];

function filesIn(value: Resolved, systems: FileSystems, property = ''): MountedFiles[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => filesIn(item, systems, property));
  }
  if (!(value instanceof ResolvedMap)) {
    return [];
  }
  const id = textOf(value.get('FileSystemId') ?? value.get('FilesystemId'));
  const accessPoint = OF_ACCESS_POINTS.test(property) ? textOf(value.get('Arn') ?? value.get('AccessPointArn')) : undefined;
  const [server, path] = property === OF_BUILDS ? wordsOf(textOf(value.get('Location')) ?? Text.EMPTY, /:/) : [];
  return [
    ...(id ? [ofSystem(id, value, property, systems)] : []),
    ...(server ? [systems.ofServer(server, path)] : []),
    ...(accessPoint ? [systems.ofAccessPoint(accessPoint)] : []),
    ...value.entries.flatMap(([{ literal = '' }, inner]) => filesIn(inner, systems, literal)),
  ];
}

function ofSystem(id: Text, value: ResolvedMap, property: string, systems: FileSystems): MountedFiles {
  const path = value.get('RootDirectory') ?? value.get('FileSystemPath');
  return OF_FSX.test(property) ? { kind: 'other', system: id } : systems.ofEfs(id, path, value.at('AuthorizationConfig', 'AccessPointId'));
}
