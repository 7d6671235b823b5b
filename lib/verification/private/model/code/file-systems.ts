import { anyPart } from './code-write';
import { FilesPart, MountedFiles, mayNest } from './mounted-files';
import { equal } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textAfter, textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** An access point of Amazon EFS in the templates. */
interface AccessPoint {
  readonly names: readonly Text[];
  readonly id: Text;
  readonly system: Text;
  /** Undefined if it is not known. */
  readonly path?: Text;
  readonly isRoot: boolean;
}

/** What returns the address of a file system, and not its ID. */
const ADDRESSES: { readonly [type: string]: MountedFiles['kind'] } = {
  'AWS::EFS::MountTarget': 'efs',
  'AWS::FSx::FileSystem': 'other',
  'AWS::FSx::StorageVirtualMachine': 'other',
};

/** What names of file systems stand for. */
export class FileSystems {
  private readonly accessPoints: readonly AccessPoint[];

  constructor(resources: StackResources) {
    this.accessPoints = resources.ofType('AWS::EFS::AccessPoint').map(accessPoint);
  }

  /** The files of a file system of Amazon EFS below a path, or of one of its access points. */
  ofEfs(system: Text, path: Resolved, id: Resolved): MountedFiles {
    const at = textOf(id);
    return at && at.parts.length > 0 ? this.ofAccessPoint(at, system) : { kind: 'efs', system, ...partOf(path) };
  }

  /** By its ID or its ARN. */
  ofAccessPoint(name: Text, system: Text = anyPart('file system')): MountedFiles {
    const known = this.accessPoints.find(({ names }) => names.some((one) => equal(one, name) === 'yes'));
    const part = {
      accessPoint: known?.id ?? textAfter(name, ':access-point/') ?? name,
      ...known?.path && { path: known.path },
      ...known && { alsoThrough: this.overlapping(known).map(({ id }) => id) },
    };
    return { kind: 'efs', system: known?.system ?? system, ...!known?.isRoot && { part } };
  }

  private overlapping(point: AccessPoint): AccessPoint[] {
    return this.accessPoints.filter((one) => one !== point && equal(one.system, point.system) !== 'no'
      && (one.isRoot || !one.path || !point.path || mayNest(one.path, point.path)));
  }

  /**
   * By the handle of a volume: `fs-…:/path` or `fs-…::fsap-…`.
   *
   * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/examples/kubernetes/access_points/README.md
   */
  ofHandle(handle: Text): MountedFiles {
    const [system, path, id] = wordsOf(handle, /:/);
    return this.ofEfs(system, path, id);
  }

  /** By the name of a server. */
  ofServer(server: Text, path: Resolved): MountedFiles {
    const [ofEfs, ofFsx] = ['.efs.', '.fsx.'].map((infix) => before(server, infix));
    const [type] = server.unknowns.flatMap(({ resourceType = '' }) => (Object.hasOwn(ADDRESSES, resourceType) ? [resourceType] : []));
    return type ? { kind: ADDRESSES[type], system: anyPart('file system'), ...partOf(path) }
      : { kind: ofEfs ? 'efs' : 'other', system: ofEfs ?? ofFsx ?? server, ...partOf(path) };
  }
}

/** @see https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html */
function accessPoint(resource: StackResource): AccessPoint {
  const path = resource.property('RootDirectory', 'Path');
  return {
    names: [resource.ref, ...(resource.arn ? [resource.arn] : [])],
    id: resource.ref,
    system: textOf(resource.property('FileSystemId')) ?? anyPart('file system'),
    path: textOf(path),
    isRoot: resource.property('RootDirectory') === undefined || isRoot(path),
  };
}

const partOf = (path: Resolved): { readonly part?: FilesPart } => (isRoot(path) ? {} : { part: { path: textOf(path) ?? anyPart('path') } });

const isRoot = (path: Resolved): boolean => path === undefined || ['', '/'].some((root) => isText(path, root) === 'yes');

/** The part of a server's name that is the ID of a file system, which for an SVM follows its own. */
function before(server: Text, infix: string): Text | undefined {
  const i = server.parts.findIndex((part) => typeof part === 'string' && part.includes(infix));
  return i < 0 ? undefined
    : wordsOf(Text.join([...server.parts.slice(0, i), `${server.parts[i]}`.split(infix)[0]].map(Text.ofPart)), /\./).at(-1);
}
