import { ApiCallers, Callers, ofSignedRequests } from './api-callers';
import { AccessPlace } from '../../../access-reason';
import { objectOf } from '../../values/json-text';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isText, literalOf, textAfter, textOf } from '../../values/text-parts';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What an API requests of a service of AWS as others call it. */
export interface ApiRequest {
  readonly by: 'apigateway' | 'appsync';
  readonly callers: Callers;
  /** As its URI or the type of its data source names it; undefined if that is not known. */
  readonly service?: string;
  /** The only request, such as `PutItem`, if the caller does not decide about it. */
  readonly name?: string;
  /** The role with which the API signs it. */
  readonly roleArn?: Text;
  /** What says what the request is about. */
  readonly settings: Resolved;
  readonly place: AccessPlace;
}

/** The requests of integrations of Amazon API Gateway and of data sources of AWS AppSync. */
export const requestsOfApis = (resources: StackResources): readonly ApiRequest[] => resources.once('requests of APIs', () => {
  const callers = new ApiCallers(resources);
  return [
    ...resources.ofType('AWS::ApiGateway::Method').flatMap((method) =>
      ofIntegration(method.property('Integration'), OF_METHODS, () => callers.ofMethod(method), method.place())),
    ...resources.ofType('AWS::ApiGatewayV2::Integration').flatMap((integration) =>
      ofIntegration(integration.property(), OF_INTEGRATIONS, () => callers.ofIntegration(integration), integration.place())),
    ...resources.ofType(...APIS).flatMap((api) => inDocument(objectOf(api.property('Body')), api)),
    ...resources.ofType('AWS::AppSync::DataSource').flatMap((source) => ofDataSource(source, callers)),
  ];
});

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** Those whose integrations the templates do not show. */
export const apisOfOtherDocuments = (resources: StackResources): StackResource[] => resources.ofType(...APIS)
  .filter((api) => api.property('BodyS3Location') !== undefined || objectOf(api.property('Body')) instanceof Text);

/** How the properties of an integration are called. */
interface Names { readonly [name: string]: string }

const OF_REQUESTS = { parameters: 'RequestParameters', templates: 'RequestTemplates' };
const OF_METHODS: Names = { ...OF_REQUESTS, type: 'Type', uri: 'Uri', subtype: 'IntegrationSubtype', credentials: 'Credentials' };
const OF_INTEGRATIONS: Names = { ...OF_REQUESTS, type: 'IntegrationType', uri: 'IntegrationUri', subtype: 'IntegrationSubtype', credentials: 'CredentialsArn' };
const OF_DOCUMENTS: Names = {
  parameters: 'requestParameters', templates: 'requestTemplates', type: 'type', uri: 'uri', subtype: 'integrationSubtype', credentials: 'credentials',
};

/** Types of integrations that make no requests of AWS, as those without a URI do not. */
const OF_OTHERS = /^(http|http_proxy|mock)$/i;

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
function ofIntegration(integration: Resolved, names: Names, callers: () => Callers, place: AccessPlace): ApiRequest[] {
  const given = (name: string) => valueAt(integration, names[name]);
  if ((given('uri') ?? given('subtype')) === undefined || OF_OTHERS.test(literalOf(given('type')) ?? '')) {
    return [];
  }
  const roleArn = textOf(given('credentials'));
  const called = ofSubtype(given('subtype')) ?? ofUri(given('uri'));
  const settings = ['uri', 'parameters', 'templates'].map(given);
  return [{ by: 'apigateway', callers: callers(), ...called, ...roleArn && !isOfCaller(roleArn) && { roleArn }, settings, place }];
}

/** `arn:aws:iam::*:user/*` stands for the credentials of the caller. */
const isOfCaller = (roleArn: Text): boolean => textAfter(roleArn, ':user/') !== undefined;

type Called = Pick<ApiRequest, 'service' | 'name'>;

/** The first words of subtypes of integrations. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
const SUBTYPES: { readonly [name: string]: string } = { AppConfig: 'appconfig', EventBridge: 'events', Kinesis: 'kinesis', SQS: 'sqs', StepFunctions: 'states' };

/** Such as `SQS-SendMessage`. */
function ofSubtype(subtype: Resolved): Called | undefined {
  const [product, name] = literalOf(subtype)?.split('-') ?? [];
  return product !== undefined && Object.hasOwn(SUBTYPES, product) ? { service: SUBTYPES[product], name } : undefined;
}

/** Services that also take the name of a request from a form, or from the method and the headers. */
const NAMED_ELSEWHERE = ['s3', 'sns', 'sqs'];

/**
 * Of `arn:aws:apigateway:us-west-2:sqs:path/queue`, whose service can have a host before it, or `arn:aws:apigateway:us-west-2:dynamodb:action/PutItem`. A function has
 * its request in the path.
 */
function ofUri(uri: Resolved): Called {
  const last = uri instanceof Text ? splitText(uri, ':').known[4]?.parts.at(-1) : undefined;
  const service = typeof last === 'string' ? last.split('.').at(-1) : undefined;
  const name = uri instanceof Text && service && !NAMED_ELSEWHERE.includes(service) ? textAfter(uri, `${service}:action/`)?.start.split(/[&/?]/)[0] : undefined;
  const invokes = service === 'lambda' && uri instanceof Text && `${uri}`.endsWith('/invocations') && !`${uri}`.includes('{');
  return { ...service && { service }, ...(invokes ? { name: 'InvokeFunction' } : name && { name }) };
}

const INTEGRATION = 'x-amazon-apigateway-integration';

/**
 * The integrations of an OpenAPI document.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
function inDocument(value: Resolved, api: StackResource): ApiRequest[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => inDocument(item, api)) : [];
  }
  const isSigned = isText(valueAt(value.get('x-amazon-apigateway-auth'), 'type'), 'AWS_IAM') === 'yes';
  const own = ofIntegration(value.get(INTEGRATION), OF_DOCUMENTS, () => (isSigned ? ofSignedRequests(api) : undefined), api.place());
  return [...own, ...value.entries.flatMap(([, inner]) => inDocument(inner, api))];
}

/** What data sources call, by their types. @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_DataSource.html */
const SOURCES: { readonly [type: string]: Called } = {
  AMAZON_DYNAMODB: { service: 'dynamodb' },
  AMAZON_ELASTICSEARCH: { service: 'es' },
  AMAZON_EVENTBRIDGE: { service: 'events', name: 'PutEvents' },
  AMAZON_OPENSEARCH_SERVICE: { service: 'es' },
  AWS_LAMBDA: { service: 'lambda', name: 'InvokeFunction' },
  RELATIONAL_DATABASE: { service: 'rds-data' },
};

/** Resolvers, whose code is not read, say what it requests. @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-http-resolvers.html */
function ofDataSource(source: StackResource, callers: ApiCallers): ApiRequest[] {
  const type = literalOf(source.property('Type')) ?? '';
  const signing = source.property('HttpConfig', 'AuthorizationConfig', 'AwsIamConfig');
  if (source.property('Type') === undefined || type === 'NONE' || (type === 'HTTP' && signing === undefined)) {
    return [];
  }
  const service = literalOf(valueAt(signing, 'SigningServiceName'));
  const called = Object.hasOwn(SOURCES, type) ? SOURCES[type] : { ...service && { service } };
  const roleArn = textOf(source.property('ServiceRoleArn'));
  return [{ by: 'appsync', callers: callers.ofGraph(source), ...called, ...roleArn && { roleArn }, settings: source.property(), place: source.place() }];
}
