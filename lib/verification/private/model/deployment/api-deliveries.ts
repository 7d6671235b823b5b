import { ApiCallers, Callers, WITH_IAM } from './api-callers';
import { MACHINE } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { objectOf } from '../../values/json-text';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { splitText, wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textAfter, textOf, textsIn } from '../../values/text-parts';
import { Delivery } from '../events';
import { StackResource, StackResources } from '../stack-resources';

/**
 * What APIs hand on to services of AWS. Functions behind an API of Amazon API Gateway have a policy that says so.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
export function deliveriesOfApis(resources: StackResources): Delivery[] {
  const callers = new ApiCallers(resources);
  return [
    ...resources.ofType('AWS::ApiGateway::Method').flatMap((method) => ofMethod(method, callers)),
    ...resources.ofType('AWS::ApiGatewayV2::Integration').flatMap((integration) => ofIntegration(integration, callers)),
    ...resources.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').flatMap((api) => inDocument(objectOf(api.property('Body')))),
    ...resources.ofType('AWS::AppSync::DataSource').flatMap((source) => ofDataSource(source, resources, callers)),
  ];
}

const deliveries = (service: string, callers: Callers, receivers: readonly Text[]): Delivery[] =>
  receivers.map((to) => ({ to, service, ...callers && { requests: callers } }));

function ofMethod(method: StackResource, callers: ApiCallers): Delivery[] {
  const integration = method.property('Integration');
  const receivers = receiversIn(serviceOf(valueAt(integration, 'Uri')), integration);
  return receivers.length === 0 ? [] : deliveries('apigateway', callers.ofMethod(method), receivers);
}

function ofIntegration(integration: StackResource, callers: ApiCallers): Delivery[] {
  const [subtype = ''] = textOf(integration.property('IntegrationSubtype'))?.literal?.split('-') ?? [];
  const uri = integration.property('IntegrationUri');
  const service = Object.hasOwn(SUBTYPES, subtype) ? SUBTYPES[subtype] : serviceOf(uri);
  const receivers = receiversIn(service, [uri, integration.property('RequestParameters'), integration.property('RequestTemplates')]);
  return receivers.length === 0 ? [] : deliveries('apigateway', callers.ofIntegration(integration), receivers);
}

/** The first words of subtypes of integrations. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
const SUBTYPES: { readonly [name: string]: string } = { EventBridge: 'events', Kinesis: 'kinesis', SQS: 'sqs', StepFunctions: 'states' };

/** Of `arn:aws:apigateway:us-west-2:sqs:path/queue`. */
const serviceOf = (uri: Resolved): string | undefined => (uri instanceof Text ? splitText(uri, ':').known[4]?.literal : undefined);

/** What names in templates of requests are next to. */
const SEPARATORS = /[\s"'`,;(){}[\]=&]+/;

/** What an integration names: in its URI, in parameters, and in its templates of requests. Without a name, a bus is the default one. */
function receiversIn(service: string | undefined, integration: Resolved): Text[] {
  if (service === undefined || !hasNodes(service)) {
    return [];
  }
  const texts = textsIn(integration).map((text) => textAfter(text, `:${service}:path/`) ?? text);
  const words = texts.flatMap((text) => wordsOf(text, SEPARATORS)).filter(({ literal = 'a' }) => /^[\w.:/-]+$/.test(literal));
  return [...words, ...(service === 'events' ? [Text.of('default')] : [])].map((word) => namedNode(service, word));
}

const INTEGRATION = 'x-amazon-apigateway-integration';

/**
 * The integrations of an OpenAPI document.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
function inDocument(value: Resolved): Delivery[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(inDocument) : [];
  }
  const integration = value.get(INTEGRATION);
  const isSigned = isText(valueAt(value.get('x-amazon-apigateway-auth'), 'type'), 'AWS_IAM') === 'yes';
  const receivers = receiversIn(serviceOf(valueAt(integration, 'uri')), integration);
  return [...deliveries('apigateway', isSigned ? WITH_IAM : undefined, receivers), ...value.entries.flatMap(([, inner]) => inDocument(inner))];
}

/** The types of what a data source over HTTP sends to, whose resolvers name it in code that is not read. */
const TYPES: { readonly [service: string]: string } = {
  events: 'AWS::Events::EventBus', kinesis: 'AWS::Kinesis::Stream', sns: 'AWS::SNS::Topic', sqs: 'AWS::SQS::Queue', states: MACHINE,
};

/** @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers.html */
function ofDataSource(source: StackResource, resources: StackResources, callers: ApiCallers): Delivery[] {
  const service = textOf(source.property('HttpConfig', 'AuthorizationConfig', 'AwsIamConfig', 'SigningServiceName'))?.literal;
  const type = service && Object.hasOwn(TYPES, service) ? TYPES[service] : undefined;
  const table = textOf(source.property('DynamoDBConfig', 'TableName'));
  const receivers = [
    ...[['LambdaConfig', 'LambdaFunctionArn'], ['EventBridgeConfig', 'EventBusArn']].flatMap((path) => textOf(source.property(...path)) ?? []),
    ...(table ? [namedNode('dynamodb', table)] : []),
    ...(type ? resources.ofType(type).flatMap(({ arn }) => arn ?? []) : []),
    ...(service === 'events' ? [namedNode('events', Text.of('default'))] : []),
  ];
  return receivers.length === 0 ? [] : deliveries('appsync', callers.ofGraph(source), receivers);
}
