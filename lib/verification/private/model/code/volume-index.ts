import { ANY_HOST } from './git-repositories';
import { HostIndex } from './host-index';
import { withoutPort } from './host-names';
import { mayShare, MountedFiles, WrittenFiles } from './mounted-files';
import { isOnNode, onNode, portsOfNodeAt } from './node-hosts';
import { ANY_REGISTRY } from './registries';
import { addTo } from '../../values/add-to';

/** The volumes of pods by what is mounted, so that the work to compare them grows with their number, and not with its square. */
export class VolumeIndex {
  private readonly bySystem = new Map<string, WrittenFiles[]>();
  private readonly served = new HostIndex<WrittenFiles>();
  private readonly onNodes = new Map<string, WrittenFiles[]>();

  constructor(private readonly all: readonly WrittenFiles[]) {
    for (const volume of all) {
      new Set(volume.files.map(systemKey)).forEach((key) => addTo(this.bySystem, key, volume));
      volume.files.filter(({ kind }) => kind === 'host').forEach(({ system }) => (isOnNode(system) ? addTo(this.onNodes, system.key, volume) : this.served.add(system, volume)));
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

  /** Who may serve at the host of files. Nobody serves at a registry or a Git provider of which nothing is known. */
  private serving({ kind, system, onlyIfSame }: MountedFiles): readonly WrittenFiles[] {
    const host = withoutPort(system);
    const isAsked = AT_HOSTS.includes(kind) && !ANY.includes(system.key);
    const ports = isAsked ? portsOfNodeAt(system, true) : [];
    const onNodes = ports.length === 0 ? [] : [...ports, onNode()].flatMap(({ key }) => this.onNodes.get(key) ?? []);
    return !isAsked ? [] : [...onNodes, ...(onlyIfSame ? this.served.exactlyAt(host) : this.served.at(host))];
  }
}

const AT_HOSTS: ReadonlyArray<MountedFiles['kind']> = ['host', 'registry', 'repository'];

const ANY: readonly string[] = [ANY_HOST.key, ANY_REGISTRY.key];

const systemKey = ({ kind, system: { literal } }: MountedFiles): string => (literal === undefined ? '' : `${kind} ${literal}`);
