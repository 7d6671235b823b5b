import { LogAgents } from './log-agents';
import { hasNodes, namedNode } from './named-nodes';
import { BY_LOGS, BY_METRICS, groupOf, hasLogsOfPods } from './observed-pods';
import { actionNames } from '../../aws-data/actions';
import { mayBeEqual } from '../../values/may-be-equal';
import { textsIn, textsUnder } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { Delivery } from '../events';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const ALARM = 'AWS::CloudWatch::Alarm';

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html for alarms and the default policy of a topic */
export const deliveriesOfAlarms = (resources: StackResources, agents: LogAgents): Delivery[] => [ALARM, 'AWS::CloudWatch::CompositeAlarm']
  .flatMap((type) => resources.ofType(type)).flatMap((alarm) => ofAlarm(alarm, resources, agents));

/** A topic lets the alarms of its account send to it by default, whatever its policy. What makes the values of its metrics raises an alarm, but does not decide what it says. */
function ofAlarm(alarm: StackResource, resources: StackResources, agents: LogAgents): Delivery[] {
  const receivers = ['AlarmActions', 'InsufficientDataActions', 'OKActions'].flatMap((name) => textsIn(alarm.property(name)));
  const raised = receivers.length === 0 ? [] : alarm.type === ALARM ? raisedBy(alarm, resources, agents) : raisedByAny(resources, agents);
  return receivers.flatMap((to) => [{ service: 'cloudwatch', to }, ...raised.map((by) => ({ ...by, to, isFixed: true }))]);
}

/** What raises an alarm. */
type Raising = Omit<Delivery, 'to'>;

/** A composite alarm names others in an expression, which is not read. */
const raisedByAny = (resources: StackResources, agents: LogAgents): readonly Raising[] =>
  resources.once('what raises alarms', () => resources.ofType(ALARM).flatMap((alarm) => raisedBy(alarm, resources, agents)));

/**
 * The log groups, the queues and the like whose messages become the values of the metrics of an alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
 */
function raisedBy(alarm: StackResource, resources: StackResources, agents: LogAgents): Raising[] {
  const metrics = textsUnder(alarm.property(), /^MetricName$/);
  const filters = resources.ofType('AWS::Logs::MetricFilter').filter((filter) =>
    textsUnder(filter.property('MetricTransformations'), /^MetricName$/).some((name) => metrics.some((metric) => mayBeEqual(name, metric))));
  const ofFilters = filters.flatMap((filter) => [{ from: groupOf(filter) }, ...(hasLogsOfPods(filter, agents.groups) ? [BY_LOGS] : [])]);
  return [...ofFilters, ...namespacesIn(alarm).flatMap((namespace) => ofNamespace(namespace, alarm))];
}

/** Those of metrics, and of queries of them. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html */
function namespacesIn(alarm: StackResource): Array<string | undefined> {
  const expressions = textsUnder(alarm.property('Metrics'), /^Expression$/).map(({ literal = '' }) => literal);
  const queried = expressions.flatMap((text) => [...text.matchAll(/\bFROM\s+(?:SCHEMA\s*\(\s*)?"?([\w./-]+)/gi)].map(([, name]) => name));
  return [...new Set([...textsUnder(alarm.property(), /^Namespace$/).map(({ literal }) => literal), ...queried])];
}

/** Namespaces of AWS, and those of the agents that watch pods. All others have the values that somebody sends with `cloudwatch:PutMetricData`. */
const OF_OTHERS = /^(AWS\/|ContainerInsights|ApplicationSignals|CWAgent)/;

/** Values of services that only take signed requests come from these. Pods make those of others by what they use and how they fail. */
function ofNamespace(namespace: string | undefined, alarm: StackResource): Raising[] {
  if (namespace !== undefined && !OF_OTHERS.test(namespace)) {
    return [];
  }
  const name = namespace?.replace('AWS/', '').toLowerCase();
  const service = name === undefined ? undefined : prefixOf(name) ?? name;
  if (service === undefined || !TAKING_SIGNED.includes(service)) {
    return [BY_METRICS];
  }
  const named = textsUnder(alarm.property(), /^Value$/);
  return service === 'sqs' && named.length > 0 ? named.map((queue) => ({ from: namedNode(service, queue) })) : [
    { service, requests: actionNames().filter((action) => action.startsWith(`${service}:`)).map((action) => ({ action, arn: ANY_RESOURCE })) },
    ...(hasNodes(service) ? named : []).map((node) => ({ from: namedNode(service, node) })),
  ];
}

const TAKING_SIGNED = ['dynamodb', 'kinesis', 'sqs', 'sns', 'states'];
