import { isCustomResource } from '../../resource-types/custom-resources';
import { Interned } from '../../values/interned';
import { unknownsOf } from '../../values/origins';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { withoutEnd } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CLUSTER_TYPES } from '../cluster-ids';

/** A host without its port. */
export const withoutPort = (host: Text): Text => withoutEnd(host, /:\d+$/);

/** How long a name in DNS can be. @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
export const LONGEST = 253;

/** A host, and those with a wildcard that stand for it, such as `*.example.com`. No name of a longer text can be asked for. */
export const withWildcards = (host: string): string[] => [
  host, ...(host.length > LONGEST ? [] : host.split('.').slice(1)).map((_, i, parts) => ['*', ...parts.slice(i)].join('.')),
];

/** Hosts and domains of services in which nobody else can change records, or runs servers, such as those that most images and packages are from. */
const SERVICES = [
  'alpinelinux.org', 'amazonaws.com(.cn)?', 'api.aws', 'azurecr.io', 'bitbucket.org', 'centos.org', 'charts.jetstack.io', 'circleci.com',
  'cr.fluentbit.io', 'cr.l5d.io', 'crates.io', 'debian.org', 'docker.(com|io)', 'docker.elastic.co', 'ecr.aws', 'fedoraproject.org', 'gcr.io',
  'get.helm.sh', 'ghcr.io', 'github.com', 'github.io', 'githubusercontent.com', 'gitlab.com', 'go.dev', 'golang.org', 'google(apis)?.com',
  'helm.elastic.co', 'k8s.io', 'kernel.org', 'mcr.microsoft.com', 'nodejs.org', 'npmjs.org', 'nvcr.io', 'oci.external-secrets.io',
  'packages.elastic.co', 'packages.microsoft.com', 'packagist.org', 'pkg.dev', 'pypi.org', 'pythonhosted.org', 'quay.io', 'reg.kyverno.io',
  'registry.access.redhat.com', 'registry.redhat.io', 'releases.hashicorp.com', 'repo.maven.apache.org', 'repo1.maven.org', 'rubygems.org',
  'rust-lang.org', 'sh.rustup.rs', 'terraform.io', 'ubuntu.com', 'windows.net', 'xpkg.crossplane.io', 'xpkg.upbound.io', 'yarnpkg.com',
].join('|').replaceAll('.', '\\.');

const HOSTS_OF_SERVICES = new RegExp(`(^|\\.)(${SERVICES})$`);

/** Whether a host, without a port, is certainly that of such a service. */
export function isOfService({ parts, literal }: Text): boolean {
  const last = parts.at(-1);
  return typeof last !== 'string' ? last?.label === 'AWS::URLSuffix' : HOSTS_OF_SERVICES.test(literal ?? last.replace(/^[^.]*/, ''));
}

/**
 * Whether requests for a host may be for one that is known, because only the deployment knows one of them. What a resource of the templates returns is no other value,
 * and nobody gives an app a name of a service that everyone uses.
 *
 * @param known also one with a wildcard.
 */
export const mayBeHost = (known: Text, host: Text): boolean => known.key === host.key
  || ((!isOfService(host) || isOfService(known)) && returnedIn(known) === returnedIn(host) && patterns.of([known], () => Pattern.glob(known)).matches(host) !== 'no');

const patterns = new Interned<Pattern>();

/** Types that return a name that they are given, or values that others have decided. */
const OPEN_TYPES = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName', 'AWS::CloudFormation::Stack', 'AWS::Route53::RecordSet'];

const mayReturnAnyName = ({ resourceType = '', storedAs }: Unknown): boolean =>
  storedAs !== undefined || OPEN_TYPES.includes(resourceType) || (isCustomResource(resourceType) && !CLUSTER_TYPES.includes(resourceType));

/** What resources of the templates return in a host. Two hosts are only equal if the same is returned in them. */
export const returnedIn = (host: Text): string => (host.literal !== undefined ? '' : returned.of([host], () =>
  [...unknownsOf(host)].filter((unknown) => unknown.resource !== undefined && !mayReturnAnyName(unknown)).map(({ id }) => id).sort().join()));

const returned = new Interned<string>();

/** Whether only the deployment knows a host, and a literal may be its value. */
export const mayBeLiteral = (host: Text): boolean => host.literal === undefined && returnedIn(host) === '';

/** What a host certainly ends with, after what only the deployment knows, and after a wildcard. Longer ends than a name in DNS tell no more. */
export function endOf({ parts }: Text): string {
  const last = parts.at(-1);
  return typeof last === 'string' ? last.slice(Math.max(last.lastIndexOf('*'), last.lastIndexOf('?')) + 1).slice(-LONGEST) : '';
}
