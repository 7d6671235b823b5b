import { anyPart, arnOf, CodeWrite } from './code-write';
import { writesOfOrigins } from './other-names';
import { originsOf, unknownsOf } from '../../values/origins';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf, textsIn } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Requests that decide where a load balancer of Elastic Load Balancing sends requests. */
const OF_LOAD_BALANCERS = ['CreateListener', 'CreateRule', 'ModifyListener', 'ModifyRule', 'RegisterTargets', 'SetRulePriorities']
  .map((name) => `elasticloadbalancing:${name}`);

/**
 * The requests that decide what answers at the host of an address, without `https://`: from a bucket behind a distribution of Amazon CloudFront, or
 * behind a load balancer to which a record of the templates leads. Requests of Amazon CloudFront itself are not reviewed, and are unknown anyway.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html
 */
export function writesBehind(address: Text, resources: StackResources): CodeWrite[] {
  const [host] = address.start.split('/');
  const distributions = resources.ofType('AWS::CloudFront::Distribution').filter((distribution) => answersAt(distribution, host, address));
  const records = recordsIn(resources).filter(({ name, target }) => isHost(name, host) && leadsToLoadBalancer(target));
  return [
    ...distributions.flatMap(writesOfOrigins),
    ...(records.length > 0 ? OF_BALANCING : []),
  ];
}

/** The same for any load balancer. */
export const OF_BALANCING: readonly CodeWrite[] = OF_LOAD_BALANCERS.map((action) =>
  ({ action, arn: arnOf('elasticloadbalancing', anyPart('load balancer'), anyPart('Region'), anyPart('account')) }));

const answersAt = (distribution: StackResource, host: string, address: Text): boolean =>
  listOf(distribution.property('DistributionConfig', 'Aliases')).some((alias) => isHost(textOf(alias), host))
  || [...originsOf(distribution.attribute('DomainName'))].some((id) => originsOf(address).has(id));

/** Where the templates send requests for a name. */
export interface DnsRecord { readonly name?: Text; readonly target: readonly Text[] }

export const recordsIn = (resources: StackResources): DnsRecord[] => [
  ...resources.ofType('AWS::Route53::RecordSet').map((record) => ({ name: textOf(record.property('Name')), target: textsIn(record.property()) })),
  ...resources.ofType('AWS::Route53::RecordSetGroup').flatMap((group) =>
    listOf(group.property('RecordSets')).map((record) => ({ name: textOf(valueAt(record, 'Name')), target: textsIn(record) }))),
];

const isHost = (name: Text | undefined, host: string): boolean => host !== '' && (isText(name, host) !== 'no' || isText(name, `${host}.`) !== 'no');

const leadsToLoadBalancer = (target: readonly Text[]): boolean => target.some((text) => text.toString().includes('.elb.')
  || [...unknownsOf(text)].some(({ resourceType = '' }) => resourceType.startsWith('AWS::ElasticLoadBalancing')));
