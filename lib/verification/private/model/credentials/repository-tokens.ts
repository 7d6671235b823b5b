import { KINDS } from './kinds';
import { NamedValues } from './named-values';
import { readRepositoryCredentials, RepositoryCredentials } from './repository-credentials';
import { readsOfTokens } from './source-tokens';
import { StoredValues } from './stored-values';
import { ON_INSTANCES } from '../../resource-types/instance-requests';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { HeldIdentity, KeyCopy, KeyRead } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { PodVolume } from '../model';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

export type Held = Omit<HeldIdentity, 'roleArn' | 'provider'>;

/** What lets others push to the repositories of Git providers, or start runs there. */
export interface RepositoryTokens {
  /** The requests that read it. */
  readonly reads: readonly CodeWrite[];
  /** The pods that have it, or can mount it. */
  readonly held: readonly Held[];
}

/** What the containers of pods have, and the requests that read it. */
export interface TokensOfPods { readonly podVolumes: readonly PodVolume[]; readonly readsOfPodTokens: readonly CodeWrite[] }

/** All tokens that the templates show. For which repositories they are is not asked, because the credentials of a Git provider are often for several. */
export function readRepositoryTokens(
  resources: StackResources, objects: readonly KubernetesObject[], programs: readonly Program[], { podVolumes, readsOfPodTokens }: TokensOfPods,
): RepositoryTokens {
  const credentials = readRepositoryCredentials(objects);
  const tokens = new NamedValues(KINDS.gitToken, resources).copies(programs, () => objects);
  const ofPods = podVolumes.filter(isOfRepositories).flatMap(heldByPods);
  return {
    reads: [...readsOfSources(resources), ...credentials.flatMap(({ reads }) => reads), ...tokens.flatMap(readsOf), ...readsOfPodTokens],
    held: [...credentials.map(heldByMounting), ...tokens.flatMap((token) => heldAs(token)), ...ofPods],
  };
}

/** Whether containers have a token. What only gives it to those who read a Secret counts where the Secret is. */
const isOfRepositories = ({ files, secret }: PodVolume): boolean => !secret && files.some(({ kind }) => kind === 'repository');

const heldByPods = ({ heldBy }: PodVolume): Held[] => heldBy.map((holders) => {
  const { namespace, workload } = holders;
  return { where: `${workload?.kind} ${namespace}/${workload?.name ?? 'without a name'}`, names: OF_GIT, heldBy: holders };
});

const OF_GIT = 'a token of a Git provider';

/** The services whose resources take sources from Git providers. */
const WITH_SOURCES = /^AWS::(Amplify|Code\w+|SageMaker)::/;

function readsOfSources(resources: StackResources): CodeWrite[] {
  const stored = new StoredValues(resources);
  return resources.ofTypes((type) => WITH_SOURCES.test(type)).flatMap((resource) => readsOfTokens(resource, stored));
}

/** The requests that read where a token is, or run commands there. */
export function readsOf({ reads = [], isOnInstances = false }: KeyCopy): CodeWrite[] {
  const commands = isOnInstances ? ON_INSTANCES.map((action): KeyRead => ({ action })) : [];
  return [...reads, ...commands].map((read) => ({ ...read, arn: read.arn ?? ANY_RESOURCE }));
}

const heldByMounting = ({ object: { cluster, kind, name, namespace } }: RepositoryCredentials): Held =>
  ({ where: `${kind} ${name ?? 'without a name'}`, names: 'the credentials of a repository', heldBy: { cluster, namespace } });

/** The pods that have one. */
export const heldAs = ({ where, heldBy }: KeyCopy, names = OF_GIT): Held[] =>
  (heldBy && heldBy !== 'everyone' ? [{ where, names, heldBy }] : []);
