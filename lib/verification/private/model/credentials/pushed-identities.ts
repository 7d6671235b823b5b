import { TokensOf } from './named-tokens';
import { heldAs, readsOf, RepositoryTokens } from './repository-tokens';
import { ofProvider } from './system-tokens';
import { trustedClaims } from './trusted-claims';
import { Interned } from '../../values/interned';
import { Text } from '../../values/text';
import { writesOfAnyConnection } from '../code/code-connections';
import { CodeWrite } from '../code/code-write';
import { HeldIdentity } from '../identities';
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
 * @param withCopies adds the requests about what is copied to the same places.
 * @see https://docs.github.com/en/actions/concepts/security/openid-connect
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 */
export function readPushedIdentities(
  roles: readonly Role[], providers: readonly OidcProvider[], resources: StackResources, tokens: () => RepositoryTokens,
  tokensOf: TokensOf, withCopies: (write: CodeWrite) => CodeWrite[],
): PushedIdentities {
  const trusting = roles.flatMap((role) => trustedClaims(role.trustPolicy, providers).filter(({ isSpiffe }) => !isSpiffe)
    .map(({ provider }): Trusting => ({ role, provider })));
  if (trusting.length === 0) {
    return { programs: [], held: [] };
  }
  const { reads, held } = tokens();
  const ofProviders = (provider: Text) => resources.once(`tokens of ${provider.key}`, () => tokensOf(ofProvider(provider)));
  const codeFor = (provider: Text) => resources.once(`pushes for ${provider.key}`, () =>
    [...writesOfAnyConnection(), ...reads, ...ofProviders(provider).flatMap(readsOf)].flatMap(withCopies));
  return {
    programs: [...new Set(trusting.map(({ role, provider }) => programWith(role, codeFor(provider))))],
    held: trusting.flatMap(({ role, provider }) => [...held, ...ofProviders(provider).flatMap((one) => heldAs(one, 'a token of the provider'))]
      .map((one) => ({ ...one, roleArn: role.arn, provider }))),
  };
}

const programWith = ({ arn, place }: Role, code: readonly CodeWrite[]): Program =>
  programs.of([arn, code], () => ({ arns: [], startedBy: [], takeovers: [], code, roleArn: arn, place }));

const programs = new Interned<Program>();
