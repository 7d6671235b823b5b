import { ApiRequest, requestsOfApis } from './api-requests';
import { MACHINE } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { Resolved, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { textAfter, textOf, textsIn } from '../../values/text-parts';
import { Delivery } from '../events';
import { StackResources } from '../stack-resources';

/**
 * What APIs hand on to services of AWS, and who may call them. Functions behind an API of Amazon API Gateway have a policy that says so.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
export const deliveriesOfApis = (resources: StackResources): Delivery[] => requestsOfApis(resources).flatMap((request) => {
  const { by: service, callers } = request;
  const receivers = service === 'appsync' ? receiversOfSource(request, resources) : receiversIn(request);
  return receivers.map((to) => ({ to, service, ...callers && { requests: callers } }));
});

/** What names in templates of requests are next to. */
const SEPARATORS = /[\s"'`,;(){}[\]=&]+/;

/** What an integration names: in its URI, in parameters, and in its templates of requests. Without a name, a bus is the default one. */
function receiversIn({ service, settings }: ApiRequest): Text[] {
  if (service === undefined || !hasNodes(service)) {
    return [];
  }
  const texts = textsIn(settings).map((text) => textAfter(text, `:${service}:path/`) ?? text);
  const words = texts.flatMap((text) => wordsOf(text, SEPARATORS)).filter(({ literal = 'a' }) => /^[\w.:/-]+$/.test(literal));
  return [...words, ...defaultBus(service)].map((word) => namedNode(service, word));
}

const defaultBus = (service?: string): Text[] => (service === 'events' ? [Text.of('default')] : []);

/** The types of what a data source over HTTP sends to, whose resolvers name it in code that is not read. */
const TYPES: { readonly [service: string]: string } = {
  events: 'AWS::Events::EventBus', kinesis: 'AWS::Kinesis::Stream', sns: 'AWS::SNS::Topic', sqs: 'AWS::SQS::Queue', states: MACHINE,
};

/** @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers.html */
function receiversOfSource({ service, settings }: ApiRequest, resources: StackResources): Text[] {
  const named = (...path: string[]): Resolved => valueAt(settings, ...path);
  const table = textOf(named('DynamoDBConfig', 'TableName'));
  const isOverHttp = named('HttpConfig') !== undefined;
  const type = isOverHttp && service !== undefined && Object.hasOwn(TYPES, service) ? TYPES[service] : undefined;
  return [
    ...[['LambdaConfig', 'LambdaFunctionArn'], ['EventBridgeConfig', 'EventBusArn']].flatMap((path) => textOf(named(...path)) ?? []),
    ...(table ? [namedNode('dynamodb', table)] : []),
    ...(type ? resources.ofType(type).flatMap(({ arn }) => arn ?? []) : []),
    ...(isOverHttp ? defaultBus(service).map((bus) => namedNode('events', bus)) : []),
  ];
}
