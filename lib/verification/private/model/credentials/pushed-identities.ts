import { pushingTokens } from './pushing-tokens';
import { readRepositoryCredentials, RepositoryCredentials } from './repository-credentials';
import { readsOfTokens } from './source-tokens';
import { StoredValues } from './stored-values';
import { trustedClaims } from './trusted-claims';
import { Interned } from '../../values/interned';
import { Text } from '../../values/text';
import { ANY_RESOURCE } from '../../values/wildcards';
import { writesOfAnyConnection } from '../code/code-connections';
import { CodeWrite } from '../code/code-write';
import { HeldIdentity, KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Role } from '../model';
import { OidcProvider } from '../oidc-provider';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/** What may be done by pushing to a repository. */
export interface PushedIdentities {
  /** What runs with roles, and the requests with which others push to repositories, or read what lets them do so. */
  readonly programs: readonly Program[];
  /** The pods that can mount the credentials of a repository. */
  readonly held: readonly HeldIdentity[];
}

interface Trusting {
  readonly role: Role;
  readonly provider: Text;
}

/**
 * How others may get the roles that trust a system for CI/CD: whoever pushes to a repository decides what its workflows run, and these get the identity. Whether the
 * role trusts those of this repository is not asked, because the credentials of a Git provider are often for several.
 *
 * @see https://docs.github.com/en/actions/concepts/security/openid-connect
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 */
export function readPushedIdentities(
  roles: readonly Role[], providers: readonly OidcProvider[], resources: StackResources, objects: () => readonly KubernetesObject[],
  ofTemplates: () => readonly Program[],
): PushedIdentities {
  const trusting = roles.flatMap((role) => trustedClaims(role.trustPolicy, providers).filter(({ isSpiffe }) => !isSpiffe)
    .map(({ provider }): Trusting => ({ role, provider })));
  if (trusting.length === 0) {
    return { programs: [], held: [] };
  }
  const credentials = () => resources.once('repository credentials', () => readRepositoryCredentials(objects()));
  const tokens = () => resources.once('pushing tokens', () => pushingTokens(resources, ofTemplates(), objects()));
  const code = resources.once('pushes', () =>
    [...writesOfAnyConnection(), ...readsOfSources(resources), ...credentials().flatMap(({ reads }) => reads), ...tokens().flatMap(readsOf)]);
  return {
    programs: [...new Set(trusting.map(({ role }) => role))].map((role) => programWith(role, code)),
    held: trusting.flatMap(({ role, provider }) =>
      [...credentials().map(heldByMounting), ...tokens().flatMap(heldAs)].map((held) => ({ ...held, roleArn: role.arn, provider }))),
  };
}

/** The services whose resources take sources from Git providers. */
const WITH_SOURCES = /^AWS::(Amplify|Code\w+|SageMaker)::/;

function readsOfSources(resources: StackResources): CodeWrite[] {
  const stored = new StoredValues(resources);
  return resources.all.filter(({ type }) => WITH_SOURCES.test(type)).flatMap((resource) => readsOfTokens(resource, stored));
}

const programWith = ({ arn, place }: Role, code: readonly CodeWrite[]): Program =>
  programs.of([arn, code], () => ({ arns: [], startedBy: [], takeovers: [], code, roleArn: arn, place }));

const programs = new Interned<Program>();

const readsOf = ({ reads = [] }: KeyCopy): CodeWrite[] => reads.map((read) => ({ ...read, arn: read.arn ?? ANY_RESOURCE }));

type Held = Omit<HeldIdentity, 'roleArn' | 'provider'>;

const heldByMounting = ({ object: { cluster, kind, name, namespace } }: RepositoryCredentials): Held =>
  ({ where: `${kind} ${name ?? 'without a name'}`, names: 'the credentials of a repository', heldBy: { cluster, namespace } });

const heldAs = ({ where, heldBy }: KeyCopy): Held[] => (heldBy && heldBy !== 'everyone' ? [{ where, names: 'a token of a Git provider', heldBy }] : []);
