import { mayBeEqual } from '../../values/may-be-equal';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textAfter, textsIn } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { changingRequests } from '../changing-requests';
import { CodeWrite } from '../code-writes';
import { namesPool, poolsWithoutSignUp } from '../roles/user-pools';
import { StackResource, StackResources } from '../stack-resources';

/** The requests with which others call an API, or become its users: undefined if everyone may call it. */
export type Callers = readonly CodeWrite[] | undefined;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html */
export const WITH_IAM: Callers = [{ action: 'execute-api:Invoke', arn: ANY_RESOURCE }];

export function callersOfMethod(method: StackResource, resources: StackResources): Callers {
  const isOpened = () => resources.ofType('AWS::ApiGateway::RestApi')
    .some((api) => api.property('Policy') !== undefined && isNamed(api.ref, method.property('RestApiId')));
  const type = method.property('AuthorizationType');
  return isText(type, 'AWS_IAM') === 'yes' ? (isOpened() ? undefined : WITH_IAM)
    : isText(type, 'COGNITO_USER_POOLS') === 'yes' ? usersOf('AWS::ApiGateway::Authorizer', method, ['ProviderARNs'], resources) : undefined;
}

/** Those of some routes. One that no route of the templates has might have others. */
export function callersOfIntegration(integration: StackResource, resources: StackResources): Callers {
  const routes = resources.ofType('AWS::ApiGatewayV2::Route').filter((route) => isNamed(integration.ref, route.property('Target')));
  return routes.length === 0 ? undefined : allOf(routes.map((route) => callersOfRoute(route, resources)));
}

function callersOfRoute(route: StackResource, resources: StackResources): Callers {
  const type = route.property('AuthorizationType');
  return isText(type, 'AWS_IAM') === 'yes' ? WITH_IAM
    : isText(type, 'JWT') === 'yes' ? usersOf('AWS::ApiGatewayV2::Authorizer', route, ['JwtConfiguration', 'Issuer'], resources) : undefined;
}

/** @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html */
export function callersOfGraph(source: StackResource, resources: StackResources): Callers {
  const api = resources.ofType('AWS::AppSync::GraphQLApi').find((one) => isNamed(one.attribute('ApiId'), source.property('ApiId')));
  return api && allOf([api.property(), ...listOf(api.property('AdditionalAuthenticationProviders'))].map((provider) => callersWith(provider, resources)));
}

function callersWith(provider: Resolved, resources: StackResources): Callers {
  const type = valueAt(provider, 'AuthenticationType');
  return isText(type, 'AWS_IAM') === 'yes' ? [{ action: 'appsync:GraphQL', arn: ANY_RESOURCE }]
    : isText(type, 'AMAZON_COGNITO_USER_POOLS') === 'yes' ? usersIn(textsIn(valueAt(provider, 'UserPoolConfig', 'UserPoolId')), resources) : undefined;
}

const allOf = (some: readonly Callers[]): Callers => (some.includes(undefined) ? undefined : some.flatMap((callers) => callers ?? []));

function usersOf(type: string, resource: StackResource, path: readonly string[], resources: StackResources): Callers {
  const authorizer = resources.ofType(type).find(({ ref }) => isNamed(ref, resource.property('AuthorizerId')));
  return usersIn(authorizer ? textsIn(authorizer.property(...path)) : [], resources);
}

/** What adds users to some pools. In other pools, everyone might sign up, and of other providers, no template shows the users. */
function usersIn(providers: readonly Text[], resources: StackResources): Callers {
  const closed = poolsWithoutSignUp(resources);
  const pools = providers.map((provider) => closed.find((pool) => namesPool(provider, pool)));
  return pools.length === 0 || pools.includes(undefined) ? undefined
    : pools.flatMap((pool) => (pool ? changingRequests('cognito-idp').map((action) => ({ action, arn: pool.attribute('Arn') })) : []));
}

const isNamed = (ref: Text, name: Resolved): boolean => name instanceof Text && (mayBeEqual(ref, name) || mayBeEqual(ref, textAfter(name, '/') ?? name));
