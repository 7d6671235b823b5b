import { isCustomResource } from '../../resource-types/custom-resources';
import { unknownsOf } from '../../values/origins';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { withoutEnd } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CLUSTER_TYPES } from '../cluster-ids';

/** A host without its port. */
export const withoutPort = (host: Text): Text => withoutEnd(host, /:\d+$/);

/** How long a name in DNS can be. @see https://datatracker.ietf.org/doc/html/rfc1035#section-2.3.4 */
const LONGEST = 253;

/** A host, and those with a wildcard that stand for it, such as `*.example.com`. No name of a longer text can be asked for. */
export const withWildcards = (host: string): string[] => [
  host, ...(host.length > LONGEST ? [] : host.split('.').slice(1)).map((_, i, parts) => ['*', ...parts.slice(i)].join('.')),
];

/** Domains of services in which nobody else can change records, or has hosts of his own choice. */
const OF_SERVICES = new RegExp(`(^|\\.)(${[
  'amazonaws\\.com(\\.cn)?', 'api\\.aws', 'azurecr\\.io', 'bitbucket\\.org', 'circleci\\.com', 'docker\\.(com|io)', 'ecr\\.aws', 'gcr\\.io', 'ghcr\\.io', 'github\\.com',
  'githubusercontent\\.com', 'gitlab\\.com', 'google(apis)?\\.com', 'k8s\\.io', 'mcr\\.microsoft\\.com', 'npmjs\\.org', 'nvcr\\.io', 'pkg\\.dev', 'pypi\\.org',
  'pythonhosted\\.org', 'quay\\.io', 'terraform\\.io', 'windows\\.net',
].join('|')})$`);

/** Whether a host, without a port, is certainly that of such a service. */
export function isOfService({ parts, literal }: Text): boolean {
  const last = parts.at(-1);
  return typeof last !== 'string' ? last?.label === 'AWS::URLSuffix' : OF_SERVICES.test(literal ?? last.replace(/^[^.]*/, ''));
}

/**
 * Whether requests for a host may be for one that is known, because only the deployment knows one of them. What a resource of the templates returns is no other value,
 * and nobody gives an app a name of a service that everyone uses.
 *
 * @param known also one with a wildcard.
 */
export const mayBeHost = (known: Text, host: Text): boolean => known.key === host.key
  || ((!isOfService(host) || isOfService(known)) && returnedIn(known) === returnedIn(host) && Pattern.glob(known).matches(host) !== 'no');

/** Types that return a name that they are given, or values that others have decided. */
const OPEN_TYPES = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName', 'AWS::CloudFormation::Stack', 'AWS::Route53::RecordSet'];

const isOpen = ({ resourceType = '', storedAs }: Unknown): boolean =>
  storedAs !== undefined || OPEN_TYPES.includes(resourceType) || (isCustomResource(resourceType) && !CLUSTER_TYPES.includes(resourceType));

const returnedIn = (host: Text): string => (host.literal === undefined
  ? [...unknownsOf(host)].filter((unknown) => unknown.resource !== undefined && !isOpen(unknown)).map(({ id }) => id).sort().join() : '');
