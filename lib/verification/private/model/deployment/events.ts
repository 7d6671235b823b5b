import { parseJson } from '../../values/json-text';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn } from '../../values/text-parts';
import { Delivery, EventRule, Events } from '../events';
import { StackResource, StackResources } from '../stack-resources';

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 */
export const readEvents = (resources: StackResources): Events => ({
  deliveries: [
    ...resources.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => deliveries(mapping.property('EventSourceArn'), mapping.property('FunctionName'))),
    ...resources.ofType('AWS::Pipes::Pipe').flatMap((pipe) => ['Enrichment', 'Target'].flatMap((name) => deliveries(pipe.property('Source'), pipe.property(name)))),
    ...resources.ofType('AWS::Events::Rule').flatMap((rule) => targetsOf(rule).flatMap((target) => deliveries(rule.attribute('Arn'), target))),
  ],
  rules: resources.ofType('AWS::Events::Rule').map(readRule),
});

const deliveries = (from: Resolved, to: Resolved): Delivery[] => (to instanceof Text ? [{ to, ...from instanceof Text && { from } }] : []);

const targetsOf = (rule: StackResource): Resolved[] =>
  listOf(rule.property('Targets')).map((target) => valueAt(target, 'Arn'));

/** Nobody can send events in the name of a service of AWS. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
export function readRule(rule: StackResource): EventRule {
  const given = rule.property('EventPattern');
  const parsed = given instanceof Text ? parseJson(given) : { value: given };
  const sources = 'value' in parsed && parsed.value instanceof ResolvedMap ? listOf(parsed.value.get('source')) : [];
  const names = sources.map((source) => literalOf(source) ?? '');
  const isOfAws = names.length > 0 && names.every((name) => name.startsWith('aws.')) && textsIn(sources).length === names.length;
  return {
    arn: rule.attribute('Arn'),
    bus: textOf(rule.property('EventBusName')) ?? Text.of('default'),
    hasPattern: given !== undefined,
    ...isOfAws && { services: names.map((name) => name.slice('aws.'.length)) },
  };
}
