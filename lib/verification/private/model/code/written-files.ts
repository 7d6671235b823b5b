import { anyPart, arnOf, CodeWrite } from './code-write';
import { MountedFiles } from './mounted-files';
import { Text } from '../../values/text';

/** In place of an action: writes to a volume of pods, which needs no request. The ARN is that of a `PodVolume`. */
export const WRITE_VOLUME = 'volume:Write';

/** Writes to a file system of Amazon EFS. */
export const WRITE_FILES = 'elasticfilesystem:ClientWrite';

/** What changes files that something has mounted: whoever mounts them, and with Amazon EFS also whoever a policy allows to write to the file system. */
export function writesOfFiles(files: MountedFiles): CodeWrite[] {
  const { kind, system, part } = files;
  const inVolumes: CodeWrite = { action: WRITE_VOLUME, arn: system, files };
  if (kind !== 'efs') {
    return [inVolumes];
  }
  const write: CodeWrite = { action: WRITE_FILES, arn: arnOfFiles(system) };
  const key = 'elasticfilesystem:AccessPointArn';
  const points = part?.accessPoint ? [part.accessPoint, ...part.alsoThrough ?? []].map((id) => [ofEfs('access-point', id)]) : [];
  return [inVolumes, ...(points.length > 0 ? [[], ...points].map((given) => ({ ...write, given: { [key]: given } })) : [write])];
}

/** The ARN of a file system of Amazon EFS, by its ID. */
export const arnOfFiles = (id: Text): Text => ofEfs('file-system', id);

const ofEfs = (type: string, id: Text): Text => arnOf('elasticfilesystem', Text.join([Text.of(`${type}/`), id]), anyPart('Region'), anyPart('account'));
