import { TrustedClaims, trustedClaims, trustedHosts } from './trusted-claims';
import { Interned } from '../../values/interned';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { HeldIdentity, KeyHolders } from '../identities';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { Role } from '../model';
import { isGenerator } from '../objects/generators';
import { mentionsNamespace } from '../objects/mentioned-namespaces';
import { OidcProvider } from '../oidc-provider';
import { SamlProvider } from '../roles/saml-providers';

/**
 * The roles whose trust policies admit identities of a provider that is not of AWS, and the objects of a cluster that name what such an identity is of: a runner of
 * GitHub names a repository, and what serves the provider itself names its host. Whoever is in these pods might have the identity, without a request to AWS.
 *
 * @see https://docs.github.com/en/actions/concepts/security/openid-connect
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 * @see https://spiffe.io/docs/latest/keyless/oidc-federation-aws/
 */
export function readHeldIdentities(
  roles: readonly Role[], providers: readonly OidcProvider[], samlProviders: readonly SamlProvider[], objects: () => readonly KubernetesObject[],
): HeldIdentity[] {
  const claimsOf = ({ trustPolicy }: Role) => [...trustedClaims(trustPolicy, providers), ...trustedHosts(trustPolicy, samlProviders)];
  const trusted = roles.flatMap((role) => claimsOf(role).map((claims) => ({ role, claims })));
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
  const texts = read.of([object], () => readTexts(object));
  if (isSpiffe && texts.isSpiffe) {
    return 'SPIFFE';
  }
  if (host?.test(texts.all)) {
    return 'the provider';
  }
  const names = texts.named.map(({ text, isOwner }) => (repositories.some((one) => one.test(text)) ? 'the repository'
    : isOwner && organizations.some((one) => one.test(text)) ? 'the organization' : undefined));
  return names.find((name) => name !== undefined);
}

/** What of an object is compared with names. */
interface ObjectTexts {
  /** All texts, in lines. */
  readonly all: string;
  readonly isSpiffe: boolean;
  /** What can name a repository or, by its property, the owner of one. */
  readonly named: ReadonlyArray<{ readonly text: string; readonly isOwner: boolean }>;
}

/** Found once for the claims of all roles. */
const read = new Interned<ObjectTexts>();

function readTexts(object: KubernetesObject): ObjectTexts {
  const all = textsIn(object.at()).join('\n');
  return { all, isSpiffe: /spiffe/i.test([object.group, object.kind, all].join('\n')), named: namesIn(object.at('spec') ?? object.at('data')) };
}

/** Properties with images, whose names can be those of a repository with code. */
const OF_IMAGES = /^images?$/i;

const OF_ORGANIZATIONS = /^(org|organization|owner|group|repo|repository)$/i;

/** Paths and URLs, and what is in properties for owners. */
function namesIn(value: Resolved, property = ''): ObjectTexts['named'] {
  if (value instanceof Text) {
    const [text, isOwner] = [value.toString(), OF_ORGANIZATIONS.test(property)];
    return isOwner || /[/@]/.test(text) ? [{ text, isOwner }] : [];
  }
  const entries = value instanceof ResolvedMap ? (value.get('tag') === undefined ? value.entries : [])
    : Array.isArray(value) ? value.map((item) => [Text.of(property), item] as const) : [];
  return entries.filter(([{ literal = '' }]) => !OF_IMAGES.test(literal)).flatMap(([{ literal = '' }, inner]) => namesIn(inner, literal));
}

/** An agent of SPIFFE gives identities to pods of all namespaces, and so may what names another namespace. */
function holdersOf(object: KubernetesObject, { isSpiffe }: TrustedClaims): KeyHolders {
  const { cluster } = object;
  const namespace = givenText(object.at('metadata', 'namespace'));
  const isForOthers = isSpiffe || namespace === undefined || (object.group === 'helm.sh' && mentionsNamespace(object.at('spec')));
  return { cluster, ...!isForOthers && { namespace } };
}
