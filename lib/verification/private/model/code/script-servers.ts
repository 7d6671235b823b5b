import { anyPart, arnOf, CodeWrite } from './code-write';
import { writesTo } from './code-writes';
import { OF_BALANCING, recordsIn } from './hosts';
import { OtherNames } from './other-names';
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
 * What serves scripts and programs, besides buckets, and who decides what it serves: functions with a URL or behind an API, load balancers, what is behind a distribution
 * or a record of these, and whatever is at a host of a hosted zone.
 */
export function scriptServersIn(resources: StackResources): OtherNames[] {
  const own = [...functionUrls(resources), ...apis(resources), ...loadBalancers(resources)];
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

/** What integrates something with an API names both. */
const INTEGRATIONS = ['AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Integration'];

const apis = (resources: StackResources): OtherNames[] => {
  const integrations = resources.ofType(...INTEGRATIONS).map((one) => textsIn(one.property()));
  const functions = integrations.length === 0 ? [] : resources.ofType(FUNCTION);
  return resources.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').map((api) => {
    const texts = integrations.filter((all) => all.some((text) => text.key === api.ref.key)).flat();
    const own = functions.filter((one) => texts.some((text) => isNamedBy(one, text)));
    const endpoints = api.type === 'AWS::ApiGatewayV2::Api' ? [api.attribute('ApiEndpoint')] : [];
    const names = [api.ref, ...endpoints, ...domainsOf(api, resources)];
    return { type: api.type, names, writes: own.flatMap(({ arn }) => (arn ? writesOfFunction(arn) : [])) };
  });
};

/** What maps a domain name to an API. */
const MAPPINGS = ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping'];
const DOMAINS = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];

/** The domain names of an API, and those to which their records lead. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html */
const domainsOf = (api: StackResource, resources: StackResources): Text[] => resources.ofType(...MAPPINGS)
  .filter((mapping) => ['ApiId', 'RestApiId'].some((property) => textOf(mapping.property(property))?.key === api.ref.key))
  .flatMap((mapping) => textOf(mapping.property('DomainName')) ?? []).flatMap((name) => {
    const domain = resources.ofType(...DOMAINS).find((one) => one.ref.key === name.key || textOf(one.property('DomainName'))?.key === name.key);
    const attributes = domain ? ['DistributionDomainName', 'RegionalDomainName'].map((part) => domain.attribute(part)) : [];
    return [textOf(domain?.property('DomainName')) ?? name, ...attributes];
  });

const loadBalancers = (resources: StackResources): OtherNames[] => resources.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').map((balancer) => ({
  type: balancer.type,
  names: [balancer.attribute('DNSName')],
  writes: [...OF_BALANCING, ...groupsOf(balancer, resources).flatMap((group) => writesOfTargets(group, resources))],
}));

/** The target groups to which the listeners of a load balancer, and their rules, forward requests. */
function groupsOf(balancer: StackResource, resources: StackResources): StackResource[] {
  const listeners = resources.ofType('AWS::ElasticLoadBalancingV2::Listener')
    .filter((listener) => textOf(listener.property('LoadBalancerArn'))?.key === balancer.ref.key);
  const keys = new Set(listeners.map(({ ref }) => ref.key));
  const rules = listeners.length === 0 ? [] : resources.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter((rule) => keys.has(textOf(rule.property('ListenerArn'))?.key ?? ''));
  const named = new Set([...listeners.map((one) => one.property('DefaultActions')), ...rules.map((one) => one.property('Actions'))].flatMap(textsIn).map(({ key }) => key));
  return named.size === 0 ? [] : resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter(({ ref }) => named.has(ref.key));
}

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
