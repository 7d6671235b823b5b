import { addTo } from '../../values/add-to';
import { objectOf } from '../../values/json-text';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textAfter, textOf, textsIn } from '../../values/text-parts';
import { ANY_RESOURCE } from '../../values/wildcards';
import { changingRequests } from '../changing-requests';
import { CodeWrite } from '../code/code-write';
import { clientsWithSecret, namesPool, poolsWithoutSignUp } from '../roles/user-pools';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The requests that call an API, or add users who may. Undefined if everyone might call it. */
export type Callers = readonly CodeWrite[] | undefined;

const WITH_IAM: Callers = [{ action: 'execute-api:Invoke', arn: ANY_RESOURCE }];
const WITH_IAM_OF_GRAPHS: Callers = [{ action: 'appsync:GraphQL', arn: ANY_RESOURCE }];

/** Those of methods that take signed requests only. The policy of an API can let in everyone who signs them. */
export const ofSignedRequests = (api: StackResource): Callers =>
  ((api.property('Policy') ?? valueAt(objectOf(api.property('Body')), 'x-amazon-apigateway-policy')) === undefined ? WITH_IAM : undefined);

/**
 * Who may call the APIs of the templates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export class ApiCallers {
  /** Routes by the key of the integration that they name. */
  private routes?: Map<string, StackResource[]>;
  private known = new Map<string, ReadonlyMap<string, StackResource>>();
  private closed?: readonly StackResource[];

  constructor(private readonly resources: StackResources) {}

  ofMethod(method: StackResource): Callers {
    const type = method.property('AuthorizationType');
    if (isText(type, 'AWS_IAM') === 'yes') {
      const api = this.named('AWS::ApiGateway::RestApi', method.property('RestApiId'));
      return api && ofSignedRequests(api);
    }
    return isText(type, 'COGNITO_USER_POOLS') === 'yes' ? this.usersOf('AWS::ApiGateway::Authorizer', method, 'ProviderARNs') : undefined;
  }

  /** Those of its routes. One that no route certainly names might have any. */
  ofIntegration({ ref }: StackResource): Callers {
    this.routes ??= routesIn(this.resources);
    const callers = (this.routes.get(ref.key) ?? []).map((route) => this.ofRoute(route));
    return callers.length === 0 ? undefined : allOf(callers);
  }

  ofGraph(source: StackResource): Callers {
    const api = this.named('AWS::AppSync::GraphQLApi', source.property('ApiId'), 'ApiId');
    return api && allOf([api.property(), ...listOf(api.property('AdditionalAuthenticationProviders'))].map((provider) => this.ofProvider(provider)));
  }

  /** Those with a token of its issuer. */
  ofGateway(gateway: StackResource): Callers {
    return this.usersIn(textsIn(gateway.property('AuthorizerConfiguration', 'CustomJWTAuthorizer', 'DiscoveryUrl')));
  }

  private ofProvider(provider: Resolved): Callers {
    const type = valueAt(provider, 'AuthenticationType');
    return isText(type, 'AWS_IAM') === 'yes' ? WITH_IAM_OF_GRAPHS
      : isText(type, 'AMAZON_COGNITO_USER_POOLS') === 'yes' ? this.usersIn(textsIn(valueAt(provider, 'UserPoolConfig', 'UserPoolId'))) : undefined;
  }

  private ofRoute(route: StackResource): Callers {
    const type = route.property('AuthorizationType');
    return isText(type, 'AWS_IAM') === 'yes' ? WITH_IAM
      : isText(type, 'JWT') === 'yes' ? this.usersOf('AWS::ApiGatewayV2::Authorizer', route, 'JwtConfiguration', 'Issuer') : undefined;
  }

  private usersOf(type: string, resource: StackResource, ...path: string[]): Callers {
    return this.usersIn(textsIn(this.named(type, resource.property('AuthorizerId'))?.property(...path)));
  }

  /** What adds users to some pools. In other pools, everyone might sign up, and of other providers, no template shows the users. */
  private usersIn(providers: readonly Text[]): Callers {
    this.closed ??= poolsWithoutSignUp(this.resources);
    const { closed } = this;
    const pools = providers.map((provider) => closed.find((pool) => namesPool(provider, pool)));
    return pools.length === 0 ? undefined : allOf(pools.map((pool) => pool && this.requestsOn(pool)));
  }

  /** The requests that add users to a pool, or return the secret with which a program signs in. */
  private requestsOn(pool: StackResource): CodeWrite[] {
    const reads = clientsWithSecret(pool, this.resources).length > 0 ? ['cognito-idp:DescribeUserPoolClient'] : [];
    return [...changingRequests('cognito-idp'), ...reads].map((action) => ({ action, arn: pool.attribute('Arn') }));
  }

  /** The resource of a type that a property names, by what `Ref` or an attribute returns. */
  private named(type: string, name: Resolved, attribute?: string): StackResource | undefined {
    const known = this.known.get(type)
      ?? new Map(this.resources.ofType(type).map((one) => [(attribute === undefined ? one.ref : one.attribute(attribute)).key, one]));
    this.known.set(type, known);
    return name instanceof Text ? known.get(name.key) : undefined;
  }
}

/** All of them, or everyone if some are. */
const allOf = (callers: readonly Callers[]): Callers => (callers.includes(undefined) ? undefined : callers.flatMap((some) => some ?? []));

function routesIn(resources: StackResources): Map<string, StackResource[]> {
  const routes = new Map<string, StackResource[]>();
  for (const route of resources.ofType('AWS::ApiGatewayV2::Route')) {
    const target = textOf(route.property('Target'));
    addTo(routes, (target && textAfter(target, '/') ? textAfter(target, '/') : target)?.key ?? '', route);
  }
  return routes;
}
