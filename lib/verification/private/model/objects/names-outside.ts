import { namesLookedUp } from './looked-up';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsIn, withoutEnd, withoutPrefix } from '../../values/text-parts';
import { apisIn, domainsOf, endpointsOf, integrationsOf } from '../code/apis';
import { hostsOf } from '../code/fetched-hosts';
import { groupsOf, LISTENER, LOAD_BALANCER } from '../code/target-groups';
import { NameOutside } from '../name-outside';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The names by which the templates lead to other hosts, which can be those of pods: a distribution of Amazon CloudFront to its origins, a record of Amazon Route 53 to
 * its target, an API to what it integrates, a load balancer to its target groups, and an address that a custom resource gets of a Service.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
export const readNamesOutside = (resources: StackResources): NameOutside[] => [
  ...resources.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => {
    const config = distribution.property('DistributionConfig');
    const names = [distribution.attribute('DomainName'), ...textsIn(valueAt(config, 'Aliases'))];
    return pairs(names, listOf(valueAt(config, 'Origins')).flatMap((origin) => textsIn(valueAt(origin, 'DomainName'))));
  }),
  ...resources.ofType('AWS::Route53::RecordSet').flatMap((record) => ofRecord(record.property())),
  ...resources.ofType('AWS::Route53::RecordSetGroup').flatMap((group) => listOf(group.property('RecordSets')).flatMap(ofRecord)),
  ...namesLookedUp(resources),
  ...apisIn(resources).flatMap((api) => ofApi(api, resources)),
  ...resources.ofType(LOAD_BALANCER).flatMap((balancer) => ofBalancer(balancer, resources)),
  ...resources.ofType('AWS::ElasticLoadBalancing::LoadBalancer').map((balancer) => (
    { host: balancer.attribute('DNSName'), to: balancer.ref, ports: listOf(balancer.property('Listeners')).flatMap((listener) => textsIn(valueAt(listener, 'InstancePort'))) })),
];

/** Records of load balancers can have a prefix. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html */
function ofRecord(record: Resolved): NameOutside[] {
  const name = textOf(valueAt(record, 'Name'));
  const targets = [valueAt(record, 'AliasTarget', 'DNSName'), valueAt(record, 'ResourceRecords')].flatMap(textsIn);
  return name ? pairs([name], targets.map((target) => (target.startsWith(DUAL_STACK) ? withoutPrefix(target, DUAL_STACK) : target))) : [];
}

const DUAL_STACK = 'dualstack.';

/** Through a link to a VPC, the listener of a load balancer takes the place of an address. */
function ofApi(api: StackResource, resources: StackResources): NameOutside[] {
  const texts = integrationsOf(api, resources);
  const named = new Set(texts.map(({ key }) => key));
  const listeners = named.size === 0 ? [] : resources.ofType(LISTENER).filter(({ ref }) => named.has(ref.key));
  const ofListeners = new Set(listeners.flatMap((listener) => textOf(listener.property('LoadBalancerArn'))?.key ?? []));
  const balancers = ofListeners.size === 0 ? [] : resources.ofType(LOAD_BALANCER).filter(({ ref }) => ofListeners.has(ref.key));
  const targets = [...texts.filter(({ start }) => start.startsWith('http')).flatMap(hostsOf), ...balancers.map((balancer) => balancer.attribute('DNSName'))];
  const own = Text.join([api.ref, Text.of('execute-api'), api.pseudoParameter('Region'), api.pseudoParameter('URLSuffix')], '.');
  return targets.length === 0 ? [] : pairs([own, ...endpointsOf(api), ...domainsOf(api, resources)], targets);
}

/** A target can be another load balancer. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html */
const ofBalancer = (balancer: StackResource, resources: StackResources): NameOutside[] => groupsOf(balancer, resources).flatMap((group) => {
  const [host, targets] = [balancer.attribute('DNSName'), listOf(group.property('Targets'))];
  const ids = targets.flatMap((target) => textsIn(valueAt(target, 'Id')));
  const next = ids.length === 0 ? [] : resources.ofType(LOAD_BALANCER).filter(({ ref }) => ids.some(({ key }) => key === ref.key));
  const ports = [group.property('Port'), ...targets.map((target) => valueAt(target, 'Port'))].flatMap(textsIn);
  const isOfAddresses = group.property('TargetType') !== undefined && isText(group.property('TargetType'), 'instance') === 'no';
  return [{ host, to: group.ref, ports, isOfAddresses }, ...next.map((one) => ({ host, to: one.attribute('DNSName') }))];
});

const pairs = (names: readonly Text[], targets: readonly Text[]): NameOutside[] =>
  names.flatMap((name) => targets.map((target) => ({ host: withoutDot(name), to: withoutDot(target) })));

const withoutDot = (name: Text): Text => withoutEnd(name, /\.$/);
