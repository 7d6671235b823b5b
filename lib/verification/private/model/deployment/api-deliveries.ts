import { MACHINE } from './machine-requests';
import { hasNodes, namedNode } from './named-nodes';
import { objectOf } from '../../values/json-text';
import { mayBeEqual } from '../../values/may-be-equal';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { splitText, wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textAfter, textOf, textsIn } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { changingRequests } from '../changing-requests';
import { CodeWrite } from '../code-writes';
import { Delivery } from '../events';
import { namesPool, poolsWithoutSignUp } from '../roles/user-pools';
import { StackResource, StackResources } from '../stack-resources';

/**
 * What APIs hand on to services of AWS, and who may call them. Functions behind an API of Amazon API Gateway have a policy that says so.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
export const deliveriesOfApis = (resources: StackResources): Delivery[] => [
  ...resources.ofType('AWS::ApiGateway::Method').flatMap((method) => ofMethod(method, resources)),
  ...resources.ofType('AWS::ApiGatewayV2::Integration').flatMap((integration) => ofIntegration(integration, resources)),
  ...resources.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').flatMap((api) => inDocument(objectOf(api.property('Body')))),
  ...resources.ofType('AWS::AppSync::DataSource').flatMap((source) => ofDataSource(source, resources)),
];

/** What may call an API: undefined for everyone. */
type Callers = readonly CodeWrite[] | undefined;

const WITH_IAM: Callers = [{ action: 'execute-api:Invoke', arn: ANY_RESOURCE }];

const deliveries = (service: string, callers: Callers, receivers: readonly Text[]): Delivery[] =>
  receivers.map((to) => ({ to, service, ...callers && { requests: callers } }));

function ofMethod(method: StackResource, resources: StackResources): Delivery[] {
  const integration = method.property('Integration');
  const isOpened = () => resources.ofType('AWS::ApiGateway::RestApi')
    .some((api) => api.property('Policy') !== undefined && isNamed(api.ref, method.property('RestApiId')));
  const type = method.property('AuthorizationType');
  const callers = isText(type, 'AWS_IAM') === 'yes' ? (isOpened() ? undefined : WITH_IAM)
    : isText(type, 'COGNITO_USER_POOLS') === 'yes' ? usersOf('AWS::ApiGateway::Authorizer', method, ['ProviderARNs'], resources) : undefined;
  return deliveries('apigateway', callers, receiversIn(serviceOf(valueAt(integration, 'Uri')), integration));
}

/** Those of some routes. One that no route of the templates has might have others. */
function ofIntegration(integration: StackResource, resources: StackResources): Delivery[] {
  const [subtype] = textOf(integration.property('IntegrationSubtype'))?.literal?.split('-') ?? [];
  const service = (subtype && SUBTYPES[subtype]) ?? serviceOf(integration.property('IntegrationUri'));
  const receivers = receiversIn(service, integration.property());
  const routes = receivers.length === 0 ? [] : resources.ofType('AWS::ApiGatewayV2::Route').filter((route) => isNamed(integration.ref, route.property('Target')));
  const callers = routes.map((route) => callersOf(route, resources));
  return deliveries('apigateway', callers.length === 0 || callers.includes(undefined) ? undefined : callers.flatMap((some) => some ?? []), receivers);
}

function callersOf(route: StackResource, resources: StackResources): Callers {
  const type = route.property('AuthorizationType');
  return isText(type, 'AWS_IAM') === 'yes' ? WITH_IAM
    : isText(type, 'JWT') === 'yes' ? usersOf('AWS::ApiGatewayV2::Authorizer', route, ['JwtConfiguration', 'Issuer'], resources) : undefined;
}

/** What adds users to the pools of an authorizer. In other pools, everyone might sign up, and of other providers, no template shows the users. */
function usersOf(type: string, resource: StackResource, path: readonly string[], resources: StackResources): Callers {
  const authorizer = resources.ofType(type).find(({ ref }) => isNamed(ref, resource.property('AuthorizerId')));
  const providers = authorizer ? textsIn(authorizer.property(...path)) : [];
  const closed = poolsWithoutSignUp(resources);
  const pools = providers.map((provider) => closed.find((pool) => namesPool(provider, pool)));
  return pools.length === 0 || pools.includes(undefined) ? undefined
    : pools.flatMap((pool) => (pool ? changingRequests('cognito-idp').map((action) => ({ action, arn: pool.attribute('Arn') })) : []));
}

const isNamed = (ref: Text, name: Resolved): boolean => name instanceof Text && (mayBeEqual(ref, name) || mayBeEqual(ref, textAfter(name, '/') ?? name));

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
  const words = texts.flatMap((text) => wordsOf(text, SEPARATORS)).filter(({ literal }) => literal !== '');
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
function ofDataSource(source: StackResource, resources: StackResources): Delivery[] {
  const service = textOf(source.property('HttpConfig', 'AuthorizationConfig', 'AwsIamConfig', 'SigningServiceName'))?.literal;
  const type = service && Object.hasOwn(TYPES, service) ? TYPES[service] : undefined;
  const table = textOf(source.property('DynamoDBConfig', 'TableName'));
  const receivers = [
    ...[['LambdaConfig', 'LambdaFunctionArn'], ['EventBridgeConfig', 'EventBusArn']].flatMap((path) => textOf(source.property(...path)) ?? []),
    ...(table ? [namedNode('dynamodb', table)] : []),
    ...(type ? resources.ofType(type).flatMap(({ arn }) => arn ?? []) : []),
    ...(service === 'events' ? [namedNode('events', Text.of('default'))] : []),
  ];
  const api = receivers.length === 0 ? undefined : resources.ofType('AWS::AppSync::GraphQLApi').find((one) => isNamed(one.attribute('ApiId'), source.property('ApiId')));
  const types = api ? [api.property('AuthenticationType'), ...listOf(api.property('AdditionalAuthenticationProviders')).map((other) => valueAt(other, 'AuthenticationType'))] : [];
  const isSigned = types.length > 0 && types.every((one) => isText(one, 'AWS_IAM') === 'yes');
  return deliveries('appsync', isSigned ? [{ action: 'appsync:GraphQL', arn: ANY_RESOURCE }] : undefined, receivers);
}
