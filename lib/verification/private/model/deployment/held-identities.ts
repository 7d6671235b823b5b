import { trustedClaims, TrustedClaims } from './trusted-claims';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { HeldIdentity, KeyHolders } from '../identities';
import { Role } from '../model';
import { isGenerator } from '../objects/generators';
import { givenText, KubernetesObject } from '../objects/kubernetes-object';
import { OidcProvider } from '../oidc-provider';

/**
 * The roles whose trust policies admit identities of a provider that is not of AWS, and the objects of a cluster that name what such an identity is of: a runner of
 * GitHub names a repository, and what serves the provider itself names its host. Whoever is in these pods might have the identity, without a request to AWS.
 *
 * @see https://docs.github.com/en/actions/concepts/security/openid-connect
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 * @see https://spiffe.io/docs/latest/keyless/oidc-federation-aws/
 */
export function readHeldIdentities(
  roles: readonly Role[], providers: readonly OidcProvider[], objects: () => readonly KubernetesObject[],
): HeldIdentity[] {
  const trusted = roles.flatMap((role) => trustedClaims(role.trustPolicy, providers).map((claims) => ({ role, claims })));
  const naming = trusted.length === 0 ? [] : objects().filter((object) => !isSource(object));
  return trusted.flatMap(({ role: { arn }, claims }) => naming.flatMap((object) => {
    const name = nameIn(object, claims);
    return name === undefined ? []
      : [{ roleArn: arn, provider: claims.provider, where: whereOf(object), names: name, heldBy: holdersOf(object, claims) }];
  }));
}

/** What controllers only fetch objects from. The values in it are objects of their own. */
const isSource = (object: KubernetesObject): boolean => isGenerator(object) || /(^|\.)(argoproj\.io|toolkit\.fluxcd\.io)$/.test(object.group);

const whereOf = ({ kind, name }: KubernetesObject): string => `${kind} ${name ?? 'without a name'}`;

/** What of an identity an object names. */
function nameIn(object: KubernetesObject, { host, repositories, organizations, isSpiffe }: TrustedClaims): string | undefined {
  const texts = textsIn(object.at());
  if (isSpiffe && [object.group, object.kind, ...texts].some((text) => /spiffe/i.test(`${text}`))) {
    return 'SPIFFE';
  }
  if (host && texts.some((text) => host.test(text.toString()))) {
    return 'the provider';
  }
  return namesOf(object.at('spec') ?? object.at('data'), repositories, organizations);
}

/** Properties with images, whose names can be those of a repository with code. */
const OF_IMAGES = /^images?$/i;

const OF_ORGANIZATIONS = /^(org|organization|owner|group)$/i;

function namesOf(value: Resolved, repositories: readonly RegExp[], organizations: readonly RegExp[], property = ''): string | undefined {
  if (value instanceof Text) {
    const text = value.toString();
    return repositories.some((one) => one.test(text)) ? 'the repository'
      : OF_ORGANIZATIONS.test(property) && organizations.some((one) => one.test(text)) ? 'the organization' : undefined;
  }
  const entries = value instanceof ResolvedMap ? (value.get('tag') === undefined ? value.entries : [])
    : Array.isArray(value) ? value.map((item) => [Text.of(property), item] as const) : [];
  return first(entries.filter(([{ literal = '' }]) => !OF_IMAGES.test(literal)).map(([{ literal = '' }, inner]) => namesOf(inner, repositories, organizations, literal)));
}

const first = (names: ReadonlyArray<string | undefined>): string | undefined => names.find((name) => name !== undefined);

/** An agent of SPIFFE gives identities to pods of all namespaces, and so may what names another namespace. */
function holdersOf(object: KubernetesObject, { isSpiffe }: TrustedClaims): KeyHolders {
  const { cluster } = object;
  const namespace = givenText(object.at('metadata', 'namespace'));
  const isForOthers = isSpiffe || namespace === undefined || (object.group === 'helm.sh' && mentionsNamespace(object.at('spec')));
  return { cluster, ...!isForOthers && { namespace } };
}

const mentionsNamespace = (value: Resolved): boolean => (value instanceof ResolvedMap
  ? value.entries.some(([{ literal = '' }, inner]) => /namespace/i.test(literal) || mentionsNamespace(inner))
  : Array.isArray(value) ? value.some(mentionsNamespace) : value instanceof Text && /namespace/i.test(value.toString()));
