import { admin, decisionOf, trusted } from './code-apps';
import { allow, arnOf, objects, role } from '../templates';

const FUNCTIONS = {
  Worker: role(trusted('lambda')),
  Login: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'login', Role: arnOf('Worker') } },
  Other: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'other', Role: arnOf('Worker') } },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Login' } } },
};
const API = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'login' } },
  OtherApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'other' } },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', Integration: { Type: 'AWS_PROXY', Uri: arnOf('Login') } } },
};
const server = (IdentityProviderType: string, IdentityProviderDetails: object) => ({
  ...admin('transfer'), ...FUNCTIONS, ...API, Server: { Type: 'AWS::Transfer::Server', Properties: { IdentityProviderType, IdentityProviderDetails } },
});
const asking = (Function: unknown) => server('AWS_LAMBDA', { Function });
const requesting = (Url: unknown) => server('API_GATEWAY', { Url, InvocationRole: arnOf('Worker') });
const LOGIN = 'arn:aws:lambda:us-west-2:111122223333:function:login';
const OUTSIDE = 'arn:aws:lambda:us-west-2:111122223333:function:outside';
const OF_API = { 'Fn::Sub': 'https://${Api}.execute-api.us-west-2.amazonaws.com/prod' };
const HOST = 'https://login.example.com/prod';

test.each<[string, object, object, string]>([
  ['the code of the function', asking(arnOf('Login')), allow('lambda:UpdateFunctionCode', arnOf('Login')), 'UNKNOWN'],
  ['its settings', asking(arnOf('Login')), allow('lambda:UpdateFunctionConfiguration', arnOf('Login')), 'UNKNOWN'],
  ['the code of the function of a version', asking({ Ref: 'Version' }), allow('lambda:UpdateFunctionCode', arnOf('Login')), 'UNKNOWN'],
  ['the code of a function by its ARN', asking(LOGIN), allow('lambda:UpdateFunctionCode', LOGIN), 'UNKNOWN'],
  ['the code of a function outside the templates', asking(OUTSIDE), allow('lambda:UpdateFunctionCode'), 'UNKNOWN'],
  ['the code of a function by a parameter', asking({ Ref: 'Script' }), allow('lambda:UpdateFunctionCode'), 'UNKNOWN'],
  ['the code of another function', asking(arnOf('Login')), allow('lambda:UpdateFunctionCode', arnOf('Other')), 'DENIED'],
  ['the code of a function that no server asks', server('SERVICE_MANAGED', {}), allow('lambda:UpdateFunctionCode', arnOf('Login')), 'DENIED'],
  ['nothing: it only starts the function', asking(arnOf('Login')), allow('lambda:InvokeFunction', arnOf('Login')), 'DENIED'],
  ['the code of the function behind an API', requesting(OF_API), allow('lambda:UpdateFunctionCode', arnOf('Login')), 'UNKNOWN'],
  ['the code of another function than that behind an API', requesting(OF_API), allow('lambda:UpdateFunctionCode', arnOf('Other')), 'DENIED'],
  ['the integration of an API', requesting(OF_API), allow('apigateway:PATCH', { 'Fn::Sub': 'arn:aws:apigateway:us-west-2::/restapis/${Api}/*' }), 'UNKNOWN'],
  ['the integration of another API', requesting(OF_API), allow('apigateway:PATCH', { 'Fn::Sub': 'arn:aws:apigateway:us-west-2::/restapis/${OtherApi}/*' }), 'DENIED'],
  ['an API outside the templates', requesting('https://a1b2c3.execute-api.us-west-2.amazonaws.com/prod'), allow('apigateway:PATCH', 'arn:aws:apigateway:us-west-2::/restapis/a1b2c3/*'), 'UNKNOWN'],
  ['an API by a parameter', requesting({ Ref: 'Script' }), allow('apigateway:PATCH', 'arn:aws:apigateway:us-west-2::/restapis/*'), 'UNKNOWN'],
  ['the server', server('SERVICE_MANAGED', {}), allow('transfer:UpdateServer'), 'UNKNOWN'],
  ['a server of its own', admin('transfer'), allow('transfer:CreateServer'), 'UNKNOWN'],
  ['no server: it only starts one', server('SERVICE_MANAGED', {}), allow('transfer:StartServer'), 'DENIED'],
])('whether a pod decides which role a server of AWS Transfer Family gives, if it may change %s', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test('a role that AWS Transfer Family does not get stays out of reach', () => {
  expect(decisionOf({ ...asking(arnOf('Login')), ...admin('states') }, allow('lambda:UpdateFunctionCode', arnOf('Login'))).outcome).toBe('DENIED');
});

const labels = { app: 'login' };
const served = (host: string) => objects(
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'login', namespace: 'default' }, spec: { template: { metadata: { labels }, spec: { serviceAccountName: 'app', containers: [{ name: 'it', image: 'busybox' }] } } } },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'login', namespace: 'default' }, spec: { selector: labels } },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'login', namespace: 'default' }, spec: { rules: [{ host, http: { paths: [{ path: '/', backend: { service: { name: 'login' } } }] } }] } },
);

test.each([['login.example.com', 'UNKNOWN'], ['shop.example.com', 'DENIED']])('pods that answer at %s, while a server asks login.example.com: %s', (host, outcome) => {
  expect(decisionOf({ ...requesting(HOST), Served: served(host) }, allow('sqs:ListQueues')).outcome).toBe(outcome);
});
