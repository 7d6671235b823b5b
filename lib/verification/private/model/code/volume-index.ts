import { withoutPort, withWildcards } from './host-names';
import { mayShare, MountedFiles, WrittenFiles } from './mounted-files';
import { addTo } from '../../values/add-to';

/** The volumes of pods by what is mounted, so that the work to compare them grows with their number, and not with its square. */
export class VolumeIndex {
  private readonly bySystem = new Map<string, WrittenFiles[]>();

  constructor(private readonly all: readonly WrittenFiles[]) {
    for (const volume of all) {
      new Set(volume.files.map(systemKey)).forEach((key) => addTo(this.bySystem, key, volume));
    }
  }

  /** Those that may have some of the files. A name that only the deployment knows may be that of any. */
  sharing(files: MountedFiles): readonly WrittenFiles[] {
    return [...this.mounting(files), ...this.serving(files)];
  }

  private mounting(files: MountedFiles): WrittenFiles[] {
    const isKnown = files.system.literal !== undefined;
    const candidates = files.kind === 'host' ? [] : isKnown ? [...new Set([systemKey(files), ''].flatMap((key) => this.bySystem.get(key) ?? []))] : this.all;
    return candidates.filter((volume) => volume.files.some((one) => mayShare(one, files)));
  }

  /** Who serves at the host of files, also as one of those with a wildcard. Nobody serves at a host of which nothing is known. */
  private serving({ kind, system }: MountedFiles): WrittenFiles[] {
    return AT_HOSTS.includes(kind) ? withWildcards(withoutPort(`${system}`)).flatMap((host) => this.bySystem.get(`host ${host}`) ?? []) : [];
  }
}

const AT_HOSTS: ReadonlyArray<MountedFiles['kind']> = ['host', 'registry', 'repository'];

const systemKey = ({ kind, system: { literal } }: MountedFiles): string => (literal === undefined ? '' : `${kind} ${literal}`);
