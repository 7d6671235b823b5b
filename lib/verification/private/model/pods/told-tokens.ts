import { mountsForGit } from './git-secrets';
import { isNameOfGitToken, variablesOfGit } from './git-variables';
import { Telling, ToldSecret, toldSecrets } from './named-secrets';
import { isNameOfPackageToken, packagesNamed } from './package-names';
import { isNameOfRegistryPassword, registryNamed } from './registry-names';
import { Text } from '../../values/text';
import { ANY_HOST } from '../code/git-repositories';
import { KubernetesObject } from '../kubernetes-object';

/** What lets change what others run. */
interface OfTokens extends Telling {
  readonly of: 'packages' | 'registry' | 'repository';
  /** What a name says that it is for. */
  readonly systemsNamed: (name: string) => readonly Text[];
}

const TOKENS: readonly OfTokens[] = [
  { of: 'packages', has: isNameOfPackageToken, systemsNamed: packagesNamed },
  { of: 'registry', has: isNameOfRegistryPassword, systemsNamed: (name) => (isNameOfRegistryPassword(name) ? [registryNamed(name)] : []) },
  { of: 'repository', has: isNameOfGitToken, usedIn: variablesOfGit, isMounted: mountsForGit, systemsNamed: () => [ANY_HOST] },
];

/** A Secret with tokens or passwords, and what these are for. */
interface ToldToken extends Pick<OfTokens, 'of'> {
  readonly told: ToldSecret;
  readonly systems: readonly Text[];
}

/** The Secrets with such tokens or passwords, as those who name them tell. */
export const toldTokens = (objects: readonly KubernetesObject[]): ToldToken[] => TOKENS.flatMap(({ of, systemsNamed, ...telling }) =>
  toldSecrets(telling, objects).map((told) => ({ of, told, systems: told.names.flatMap(systemsNamed) })));
