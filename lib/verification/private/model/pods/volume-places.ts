import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { literalOf, textsIn } from '../../values/text-parts';
import { FileSystems } from '../code/file-systems';
import { MountedFiles } from '../code/mounted-files';

/** The names under which a volume, a driver or a class has the server or the file system with the files, whatever the driver is. */
const OF_SYSTEMS = /^(dns|fs|file_?system|host|monitors?|endpoints?|server|share|source|vol|volume)_?(id|name)?s?$/i;

/** The names under which it has a folder there, besides any value that is the path of one. */
const OF_FOLDERS = /^sub_?(dir(ectory)?|path)$/i;

/**
 * Where the files of a volume are, by what a template says to its driver: a server, as in `server: nfs.example.com` and `source: //files.example.com/share`, or the
 * name of a file system.
 *
 * @param value the attributes of a volume of CSI, the parameters of a class, or a volume of another kind.
 * @see https://github.com/kubernetes-csi/csi-driver-smb/blob/master/docs/driver-parameters.md
 * @see https://github.com/kubernetes-csi/csi-driver-nfs/blob/master/docs/driver-parameters.md
 * @see https://github.com/ceph/ceph-csi/blob/devel/docs/static-pvc.md
 */
export function placesOf(value: Resolved, systems: FileSystems): MountedFiles[] {
  const entries = value instanceof ResolvedMap ? value.entries.flatMap(([key, inner]) => listOf(inner).flatMap((item) =>
    (item instanceof Text ? [{ name: literalOf(key) ?? '', text: item }] : []))) : [];
  const isBelow = ({ name }: { readonly name: string }) => OF_FOLDERS.test(name); // a folder in the share, in whatever order the template writes them
  const within = entries.filter((entry) => isBelow(entry) || isPath(entry.text));
  const folders = [...within.filter((entry) => !isBelow(entry)), ...within.filter(isBelow)].flatMap(({ text }) => foldersIn(text));
  return entries.filter(({ name, text }) => OF_SYSTEMS.test(name) && !isPath(text)).map(({ text }) => {
    const [system = text, ...path] = [...(isLocation(text) ? foldersIn(text) : [text]), ...folders];
    return systems.ofServer(system, path.length > 0 ? Text.join([Text.EMPTY, ...path], '/') : undefined);
  });
}

/** Whether a class makes the same folder for all of its claims: it names one, without a variable for the claim. */
export const hasOneFolder = (parameters: Resolved): boolean => parameters instanceof ResolvedMap && parameters.entries.some(([key, inner]) =>
  OF_FOLDERS.test(literalOf(key) ?? '') && textsIn(inner).every((text) => !`${text}`.includes('${pvc.') && !`${text}`.includes('${pv.')));

/** Whether it has a server with folders in it, such as `//files.example.com/share`. */
const isLocation = ({ start }: Text): boolean => start.startsWith('//');

const isPath = (text: Text): boolean => text.start.startsWith('/') && !isLocation(text);

const foldersIn = (text: Text): Text[] => wordsOf(text, /\//).filter(({ parts }) => parts.length > 0);
