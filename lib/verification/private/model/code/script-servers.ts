import { apisIn, domainsOf, endpointsOf, integrationsOf } from './apis';
import { anyPart, arnOf, CodeWrite } from './code-write';
import { writesTo } from './code-writes';
import { changesOfApi, hostingServicesIn } from './hosting-services';
import { OF_BALANCING, recordsIn } from './hosts';
import { OtherNames } from './other-names';
import { groupsOf, LOAD_BALANCER } from './target-groups';
import { originsOf } from '../../values/origins';
import { listOf, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { FUNCTION } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const OF_FUNCTIONS = ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'];
const OF_ZONES = ['route53:ChangeResourceRecordSets', 'route53:CreateTrafficPolicyInstance'];

/**
 * What serves scripts and programs, besides buckets, and who decides what it serves: functions with a URL or behind an API, load balancers, services that host, what is
 * behind a distribution or a record of these, and whatever is at a host of a hosted zone.
 */
export function scriptServersIn(resources: StackResources): OtherNames[] {
  const own = [...functionUrls(resources), ...apis(resources), ...loadBalancers(resources), ...hostingServicesIn(resources)];
  const behind = (texts: readonly Text[]) =>
    own.filter(({ names }) => names.some((name) => texts.some((text) => refersTo(text, name)))).flatMap(({ writes }) => writes);
  return [
    ...own,
    ...resources.ofType('AWS::CloudFront::Distribution').map((distribution): OtherNames => ({
      type: distribution.type,
      names: [distribution.attribute('DomainName'), ...listOf(distribution.property('DistributionConfig', 'Aliases')).flatMap((alias) => textOf(alias) ?? [])],
      writes: behind(listOf(distribution.property('DistributionConfig', 'Origins')).flatMap((origin) => textOf(valueAt(origin, 'DomainName')) ?? [])),
    })),
    ...recordsIn(resources).map(({ name, target }): OtherNames => ({ type: 'AWS::Route53::RecordSet', names: hostsOf(name), writes: behind(target) })),
    ...resources.ofType('AWS::Route53::HostedZone').map((zone): OtherNames => ({
      type: zone.type,
      names: hostsOf(textOf(zone.property('Name'))).flatMap((name) => ['', '*.', '*.*.'].map((before) => Text.join([Text.of(before), name]))),
      writes: OF_ZONES.map((action) => ({ action, arn: arnOf('route53', Text.join([Text.of('hostedzone/'), zone.ref]), Text.EMPTY, Text.EMPTY) })),
    })),
  ].filter(({ names, writes }) => names.length > 0 && writes.length > 0);
}

/** A host with a dot at its end is the same. */
const hostsOf = (name: Text | undefined): Text[] => (literalOf(name) === undefined ? [] : [Text.of(literalOf(name)!.replace(/\.$/, ''))]);

/** Whether a text has what a resource returns, or a part of that. */
const refersTo = (text: Text, { key, unknowns: [first], parts }: Text): boolean =>
  (first !== undefined && parts.length === 1 ? originsOf(text).has(first.id) : text.key.includes(key));

const writesOfFunction = (arn: Text): CodeWrite[] => OF_FUNCTIONS.map((action) => ({ action, arn }));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
const functionUrls = (resources: StackResources): OtherNames[] => resources.ofType('AWS::Lambda::Url').map((url) => {
  const target = textOf(url.property('TargetFunctionArn')) ?? Text.EMPTY;
  const known = resources.ofType(FUNCTION).filter((one) => isNamedBy(one, target));
  const named = target.startsWith('arn:') ? target : arnOf('lambda', Text.join([Text.of('function:'), target]), anyPart('Region'), anyPart('account'));
  return { type: url.type, names: [url.attribute('FunctionUrl')], writes: (known.length > 0 ? known.flatMap(({ arn }) => arn ?? []) : [named]).flatMap(writesOfFunction) };
});

/** By its name, or by its ARN, to which a version can be added. */
const isNamedBy = ({ arn, ref }: StackResource, text: Text): boolean => text.key === ref.key || (arn !== undefined && refersTo(text, arn));

const apis = (resources: StackResources): OtherNames[] => {
  const all = apisIn(resources);
  const functions = all.length === 0 ? [] : resources.ofType(FUNCTION);
  return all.map((api) => {
    const texts = integrationsOf(api, resources);
    const own = functions.filter((one) => texts.some((text) => isNamedBy(one, text)));
    const names = [api.ref, ...endpointsOf(api), ...domainsOf(api, resources)];
    return { type: api.type, names, writes: [...own.flatMap(({ arn }) => (arn ? writesOfFunction(arn) : [])), ...changesOfApi(api)] };
  });
};

const loadBalancers = (resources: StackResources): OtherNames[] => resources.ofType(LOAD_BALANCER).map((balancer) => ({
  type: balancer.type,
  names: [balancer.attribute('DNSName')],
  writes: [...OF_BALANCING, ...groupsOf(balancer, resources).flatMap((group) => writesOfTargets(group, resources))],
}));

/** The requests that change a function or the tasks behind a target group, or open a shell in one of these. Most who update a service can also define a task. */
function writesOfTargets(group: StackResource, resources: StackResources): CodeWrite[] {
  const targets = textsIn(group.property('Targets'));
  const functions = targets.length === 0 ? [] : resources.ofType(FUNCTION).filter((one) => targets.some((target) => isNamedBy(one, target)));
  const services = resources.ofType('AWS::ECS::Service').filter((service) => textsIn(service.property('LoadBalancers')).some(({ key }) => key === group.ref.key));
  const tasks = services.map((service) => textOf(service.property('TaskDefinition'))?.key);
  const images = resources.ofType('AWS::ECS::TaskDefinition').filter(({ ref }) => tasks.includes(ref.key))
    .flatMap((task) => textsUnder(task.property('ContainerDefinitions'), /^Image$/));
  return [
    ...functions.flatMap(({ arn }) => (arn ? writesOfFunction(arn) : [])),
    ...images.flatMap(writesTo),
    ...services.map((service) => ({ action: 'ecs:UpdateService', arn: service.ref })),
    ...(services.length > 0 ? [IN_TASKS] : []),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
const IN_TASKS: CodeWrite = { action: 'ecs:ExecuteCommand', arn: arnOf('ecs', Text.join([Text.of('task/'), anyPart('task')]), anyPart('Region'), anyPart('account')) };
