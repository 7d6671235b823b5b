import { parsePolicy } from '../../policies/parse-policy';
import { Policy } from '../../policies/policy';
import { Condition, Statement } from '../../policies/statement';
import { escapedForRegExp } from '../../values/escaped';
import { Interned } from '../../values/interned';
import { isOfEks, trustedIssuerOf } from '../../values/issuer-of-eks';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { OidcProvider } from '../oidc-provider';
import { SamlProvider } from '../roles/saml-providers';

/** What a statement of a trust policy asks of the identities of a provider that is not of AWS. */
export interface TrustedClaims {
  /** For messages: the issuer. */
  readonly provider: Text;
  /** What contains the host of the issuer. */
  readonly host?: RegExp;
  /** What names a repository, or the owner of one, of the identities. */
  readonly repositories: readonly RegExp[];
  readonly organizations: readonly RegExp[];
  /** Whether these are identities of SPIFFE. */
  readonly isSpiffe: boolean;
}

/** Providers of AWS, of whose identities it is asked elsewhere. */
const OF_AWS = /^(cognito-id(entity|p)[.-]|openid-license-manager\.|[\w-]+\.tokens\.sts\.)/;

/** The claims in a trust policy. Found once for all assignments of the conditions under which it is the same. */
export const trustedClaims = (trustPolicy: Policy, providers: readonly OidcProvider[]): readonly TrustedClaims[] =>
  known.of([trustPolicy, providers], () => parsePolicy(trustPolicy, 'trust').statements.filter(({ effect }) => effect !== 'Deny')
    .flatMap((statement) => issuersOf(statement, providers).map((issuer) => claimsOf(statement, issuer))));

const known = new Interned<readonly TrustedClaims[]>();

/** What SAML providers of the templates are asked for by a trust policy: only their hosts are known. */
export const trustedHosts = (trustPolicy: Policy, providers: readonly SamlProvider[]): TrustedClaims[] =>
  parsePolicy(trustPolicy, 'trust').statements.filter(({ effect }) => effect !== 'Deny').flatMap((statement) => {
    const named = federatedIn(statement);
    const trusted = providers.filter(({ arn }) => named.some((name) => equal(arn, name) === 'yes'));
    return trusted.flatMap(({ hosts }) => hosts).map((host) =>
      ({ provider: host, host: patternOf(`${host}`), repositories: [], organizations: [], isSpiffe: false }));
  });

/** The issuers of the identities that a trust policy admits, also those of clusters of Amazon EKS. */
export const trustedIssuers = (trustPolicy: Policy, providers: readonly OidcProvider[]): readonly Text[] =>
  knownIssuers.of([trustPolicy, providers], () => parsePolicy(trustPolicy, 'trust').statements.filter(({ effect }) => effect !== 'Deny')
    .flatMap((statement) => allIssuersOf(statement, providers)));

const knownIssuers = new Interned<readonly Text[]>();

const issuersOf = (statement: Statement, providers: readonly OidcProvider[]): Text[] =>
  allIssuersOf(statement, providers).filter((issuer) => isOfEks(issuer) === 'no');

/** The issuers of the providers that a statement names. Those that only the deployment knows are in the names of claims. */
function allIssuersOf(statement: Statement, providers: readonly OidcProvider[]): Text[] {
  const { conditions = [] } = statement;
  const ofTemplates = (name: Text) => providers.find(({ arn }) => equal(arn, name) === 'yes')?.issuer;
  const ofClaims = conditions.flatMap(({ key }) => (key.toString().endsWith(':sub') && key.literal ? [Text.of(key.literal.slice(0, -':sub'.length))] : []));
  return federatedIn(statement).flatMap((name) => {
    const issuer = ofTemplates(name) ?? trustedIssuerOf(name);
    return issuer?.start === '' && ofClaims.length > 0 ? ofClaims : issuer ? [issuer] : [];
  }).filter((issuer) => !OF_AWS.test(issuer.start));
}

const federatedIn = ({ principals }: Statement): Text[] =>
  (principals?.negated ? [] : (principals?.principals ?? []).filter(({ kind }) => kind === 'Federated').map(({ name }) => name));

const patternOf = (host: string): RegExp => new RegExp(`(?<![\\w.-])${escapedForRegExp(host)}(?![\\w-]|\\.\\w)`);

function claimsOf({ conditions = [] }: Statement, provider: Text): TrustedClaims {
  const [host] = provider.toString().split('/');
  const claims = conditions.filter(isAboutClaim).flatMap(({ values }) => values.map(withWildcards));
  const paths = claims.flatMap(pathsIn).map((path) => comparable(path, '*/*'));
  return {
    provider,
    host: patternOf(host),
    repositories: (paths.length > 0 ? paths : ['*']).flatMap((path) => repository(path, forgeOf(host))),
    organizations: [
      ...[...paths.map((path) => path.split('/')[0]), ...claims.flatMap(organizationsIn).map((name) => comparable(name, '*'))]
        .map((name) => new RegExp(`^${glob(name)}$`)),
      ...(claims.some((claim) => OF_ANYONE.test(claim)) ? [ANY_NAME] : []),
    ],
    isSpiffe: claims.some((claim) => claim.startsWith('spiffe://')),
  };
}

/** Claims of the repositories of every owner, and what they can be called: `acme`, `acme/infra`. */
const OF_ANYONE = /^(repo|repository|repository_owner|project_path):\*/;
const ANY_NAME = /^[\w-]+(\/[\w.-]+)?$/;

/** A pattern of a claim, or one of everything, if it takes too long to compare. Names of repositories and organizations are short. */
const comparable = (pattern: string, any: string): string => (pattern.length > LONGEST || pattern.split('*').length > MOST_WILDCARDS + 1 ? any : pattern);

const [LONGEST, MOST_WILDCARDS] = [500, 4];

/** Whether a condition says which claims are admitted. Those that exclude some, and those about the request, such as `aws:SourceIp`, do not. */
const isAboutClaim = ({ operator, key }: Condition): boolean => /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i.test(`${operator}`)
  && `${key}`.includes(':') && !/^(aws|sts):|:aud$/i.test(`${key}`);

/** A value in which anything that only the deployment knows is a wildcard. */
const withWildcards = ({ parts }: Text): string => parts.map((part) => (typeof part === 'string' ? part : '*')).join('');

/** The paths of repositories in a claim such as `repo:acme/infra:ref:refs/heads/main`. A workflow can be called from another repository of its owner. */
const pathsIn = (claim: string): string[] => (claim.includes('://') ? [] : claim.split(':'))
  .filter((piece) => piece.includes('/') && !/^(refs)?\//.test(piece)).map((path) => (path.includes('/.github/') ? `${path.split('/')[0]}/*` : path));

/** @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens */
const organizationsIn = (claim: string): string[] => /(?:^|:)organization:([^:]+)/.exec(claim)?.slice(1) ?? [];

/** The host of the URLs of repositories, which for GitHub is another one than that of the provider. */
const forgeOf = (host: string): string => (host.endsWith('githubusercontent.com') ? 'github.com' : host.split('.').slice(-2).join('.'));

/** The URL of a repository or of its owners, or its path alone. Of the rest of a URL, only the deployment may know something. */
function repository(path: string, forge: string): RegExp[] {
  const [owner, ...rest] = path.split('/').map(glob);
  const inner = rest.reduceRight((after, name) => `(?:/${name}${after})?`, '');
  const start = `(?:(?:https?|ssh|git)://|git@)(?:[^/\\s]+[.@])?${escapedForRegExp(forge)}[:/]`;
  const url = new RegExp(`${start}(?:(?:${owner}${inner}(?:\\.git)?/?|enterprises/[\\w-]+/?)(?![\\w./-])|(?:${owner}/)?\\$\\{)`);
  return [url, ...(rest.length > 0 ? [new RegExp(`^${owner}/${rest.join('/')}$`)] : [])];
}

const glob = (name: string): string => escapedForRegExp(name).replace(/\\\*/g, '[\\w./-]*').replace(/\\\?/g, '[\\w.-]');
