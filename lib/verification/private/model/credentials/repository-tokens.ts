import { OF_GIT, TokensOf } from './named-tokens';
import { readRepositoryCredentials, RepositoryCredentials } from './repository-credentials';
import { readsOfTokens } from './source-tokens';
import { StoredValues } from './stored-values';
import { ANY_RESOURCE } from '../../values/wildcards';
import { CodeWrite } from '../code/code-write';
import { HeldIdentity, KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { StackResources } from '../stack-resources';

export type Held = Omit<HeldIdentity, 'roleArn' | 'provider'>;

/** What lets others push to the repositories of Git providers, or start runs there. */
export interface RepositoryTokens {
  /** The requests that read it. */
  readonly reads: readonly CodeWrite[];
  /** The pods that have it, or can mount it. */
  readonly held: readonly Held[];
}

/**
 * All tokens that the templates show. For which repositories they are is not asked, because the credentials of a Git provider are often for several.
 *
 * @param ofPods the requests that read those which the containers of pods have.
 */
export function readRepositoryTokens(
  resources: StackResources, objects: readonly KubernetesObject[], tokensOf: TokensOf, ofPods: readonly CodeWrite[],
): RepositoryTokens {
  const [credentials, tokens] = [readRepositoryCredentials(objects), tokensOf(OF_GIT)];
  return {
    reads: [...readsOfSources(resources), ...credentials.flatMap(({ reads }) => reads), ...tokens.flatMap(readsOf), ...ofPods],
    held: [...credentials.map(heldByMounting), ...tokens.flatMap((token) => heldAs(token))],
  };
}

/** The services whose resources take sources from Git providers. */
const WITH_SOURCES = /^AWS::(Amplify|Code\w+|SageMaker)::/;

function readsOfSources(resources: StackResources): CodeWrite[] {
  const stored = new StoredValues(resources);
  return resources.ofTypes((type) => WITH_SOURCES.test(type)).flatMap((resource) => readsOfTokens(resource, stored));
}

/** The requests that read where a token is. */
export const readsOf = ({ reads = [] }: KeyCopy): CodeWrite[] => reads.map((read) => ({ ...read, arn: read.arn ?? ANY_RESOURCE }));

const heldByMounting = ({ object: { cluster, kind, name, namespace } }: RepositoryCredentials): Held =>
  ({ where: `${kind} ${name ?? 'without a name'}`, names: 'the credentials of a repository', heldBy: { cluster, namespace } });

/** The pods that have one. */
export const heldAs = ({ where, heldBy }: KeyCopy, names = 'a token of a Git provider'): Held[] =>
  (heldBy && heldBy !== 'everyone' ? [{ where, names, heldBy }] : []);
