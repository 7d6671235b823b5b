import { deliveriesOfApis } from './api-deliveries';
import { readDeliveries } from './deliveries';
import { LogAgents } from './log-agents';
import { deliveriesOfMachines } from './machine-requests';
import { namedNode } from './named-nodes';
import { deliveriesOfRunbooks } from './runbooks';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn } from '../../values/text-parts';
import { EventRule, Events } from '../events';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** One graph of what hands events on to what, for all that asks who decides what something gets. */
export const readEvents = (resources: StackResources, objects: () => readonly KubernetesObject[]): Events => ({
  deliveries: [
    ...readDeliveries(resources, new LogAgents(objects, resources)),
    ...deliveriesOfApis(resources),
    ...deliveriesOfMachines(resources),
    ...deliveriesOfRunbooks(resources),
  ],
  rules: resources.ofType('AWS::Events::Rule').map(readRule),
});

/**
 * Nobody can send events in the name of a service of AWS.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
function readRule(rule: StackResource): EventRule {
  const given = rule.property('EventPattern');
  const pattern = objectOf(given);
  const sources = listOf(valueAt(pattern, 'source'));
  const names = sources.map((source) => literalOf(source) ?? '');
  const ofAws = names.filter((name) => name.startsWith('aws.'));
  const buckets = bucketsIn(pattern);
  return {
    arn: rule.attribute('Arn'),
    bus: textOf(rule.property('EventBusName')) ?? Text.of('default'),
    hasPattern: given !== undefined,
    services: names.length === 0 && isAboutObjects(pattern) ? ['s3'] : ofAws.map((name) => name.slice('aws.'.length)),
    isOnlyOfServices: names.length > 0 && ofAws.length === names.length && textsIn(sources).length === names.length,
    ...buckets && { buckets },
  };
}

/** Whether a pattern without sources is about objects of Amazon S3, to whose events keys belong that others choose. */
const isAboutObjects = (pattern: Resolved): boolean => listOf(valueAt(pattern, 'detail-type')).some((type) => literalOf(type)?.startsWith('Object '));

/** The buckets of a pattern that names them as they are, and not by a prefix or the like. */
function bucketsIn(pattern: Resolved): Text[] | undefined {
  const named = listOf(valueAt(pattern, 'detail', 'bucket', 'name'));
  const names = named.flatMap((name) => textOf(name) ?? []);
  return named.length > 0 && names.length === named.length ? names.map((name) => namedNode('s3', name)) : undefined;
}
